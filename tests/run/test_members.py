"""Targets that every member of a register is held to."""

import json
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.model.judgements import Reached, TargetJudgement
from kpicli.settings.settings import read_settings
from support.command_line import Run, process
from support.frozen_project import FrozenProject
from support.shops_project import EACH, SESSIONS, SHOPS, shops_project
from support.small_project import Project

LATER = date(2026, 12, 1)


def judged(project: Project, period: str = "2025H1", today: date = LATER) -> TargetJudgement:
    """Return how the one target of the sessions stands."""
    (target,) = project.summarize("study", period, today=today).figure().targets
    return target


def counts(reached: Reached) -> tuple[str, int | None, int, int, int]:
    """Return span, members, how many reached it, are undecided, and the rows of nobody."""
    return (
        reached.span.name,
        reached.members,
        reached.reached,
        reached.undecided,
        reached.others,
    )


def test_a_member_without_rows_has_missed(tmp_path: Path) -> None:
    """名古屋 closed in June: two shops were open at the end of the half, and both had a session."""
    target = judged(shops_project(tmp_path))
    assert (target.status.value, list(map(counts, target.reached))) == (
        "met",
        [("2025H1", 2, 2, 0, 0)],
    )
    target = judged(shops_project(tmp_path / "next"), "2025H2")
    assert (target.status.value, list(map(counts, target.reached))) == (
        "missed",
        [("2025H2", 3, 0, 0, 0)],
    )
    assert [name.ja for name in target.reached[0].missing] == ["大阪", "東京", "福岡"]
    assert [span.name for span in target.missed] == ["2025H2"]


def test_every_span_of_a_period_is_told(tmp_path: Path) -> None:
    """Of a year both halves, each with who was there at its end; one missed is a target missed."""
    target = judged(shops_project(tmp_path), "2025")
    assert list(map(counts, target.reached)) == [("2025H1", 2, 2, 0, 0), ("2025H2", 3, 0, 0, 0)]
    assert (target.status.value, [span.name for span in target.missed]) == ("missed", ["2025H2"])


def test_rows_of_nobody_in_force_are_told(tmp_path: Path) -> None:
    """A shop that is not in the register, one that has closed, and a blank: three rows."""
    more = ("M4,2025-04-01,京都", "M5,2025-04-01,名古屋", "M6,2025-04-01,")
    target = judged(shops_project(tmp_path, sessions=(*SESSIONS, *more)))
    assert list(map(counts, target.reached)) == [("2025H1", 2, 2, 0, 3)]


@pytest.mark.parametrize(
    ("shops", "expected"),
    [
        (None, None),  # not exported
        ((*SHOPS, "札幌,不明日,"), None),  # nobody knows whether 札幌 was open
        (("東京,2020-01-01,2024-12-31",), None),  # nobody was
    ],
)
def test_a_register_that_cannot_tell_leaves_it_open(
    shops: tuple[str, ...] | None, expected: int | None, tmp_path: Path
) -> None:
    """Where it is not known who is in force the target is pending; the figure stands."""
    project = shops_project(tmp_path, shops=shops)
    result = project.summarize("study", today=LATER)
    (target,) = result.figure().targets
    assert (result.number(), target.status.value) == (3, "pending")
    assert (target.reached[0].members or None) is expected


def test_a_member_in_doubt_leaves_it_open(tmp_path: Path) -> None:
    """A row without a readable day may be of the half: 大阪 may have had its session."""
    rows = ("M1,2025-04-10,東京", "M2,2025-13-10,大阪")
    target = judged(shops_project(tmp_path, sessions=rows))
    assert (target.status.value, counts(target.reached[0])) == ("pending", ("2025H1", 2, 1, 1, 0))


def test_a_span_that_goes_on_tells_how_far_it_got(tmp_path: Path) -> None:
    """In May only 大阪 has not had a session yet; a month beside the half is under way."""
    project = shops_project(tmp_path, sessions=SESSIONS[:1])
    target = judged(project, today=date(2025, 5, 1))
    assert (target.status.value, counts(target.reached[0])) == ("ongoing", ("2025H1", 3, 1, 0, 0))
    target = judged(shops_project(tmp_path / "month"), "2025-05")
    assert target.status.value == "ongoing"
    assert counts(target.reached[0]) == ("2025-04..2025-05", 3, 2, 0, 0)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ('each = { source = "shop", by = "shop" }', "no source 'shop' (did you mean 'shops'?)"),
        ('each = { source = "sessions", by = "shop" }', "from when to when it is in force"),
        ('each = { source = "shops", by = "shops" }', "has no column 'shops'"),
        ('each = { source = "shops", by = "opened_on" }', "has no column 'opened_on'"),
        ('each = { source = "licences", by = "licence" }', "has no column 'licence'"),
        ('each = "shops"', "write each = {"),
        ('each_part = true, each = { source = "shops", by = "shop" }', "write one"),
    ],
)
def test_what_is_no_register_is_refused(target: str, message: str, tmp_path: Path) -> None:
    """A slip is an error that says what to write."""
    targets = f'targets = [{{ at_least = 1, per = "half", {target} }}]'
    with pytest.raises(SettingsError) as error:
        shops_project(tmp_path, targets).summarize("study")
    assert message in str(error.value)


def test_persons_are_never_named(tmp_path: Path) -> None:
    """Who of the staff did not reach it is for `--by` with leave."""
    targets = EACH.replace('"shops", by = "shop"', '"licences", by = "staff"')
    sessions, header = ("M1,2025-04-10,東京,S001",), "番号,開催日,店舗,担当"
    project = shops_project(tmp_path, targets, sessions=sessions, header=header)
    target = judged(project)
    assert (target.status.value, counts(target.reached[0])) == ("missed", ("2025H1", 2, 1, 0, 0))
    assert target.reached[0].missing == ()


def test_every_answer_tells_how_many_and_names_on_request(tmp_path: Path, run_in: Run) -> None:
    """Table, text, JSON, page, workbook and definition; names with --show-values alone."""
    config = shops_project(tmp_path, sessions=SESSIONS[:1]).config
    asked = ("--config", str(config), "summarize", "-p", "2025H1", "-k", "study", "--no-cache")
    for form in ("table", "text", "markdown", "html"):
        plain = run_in(tmp_path, *asked, "-f", form).text
        assert "2 のうち 1 が達成" in plain.replace("\n", "").replace("  ", "")
        assert "大阪" not in plain
        assert "未達: 大阪" in "".join(
            run_in(tmp_path, *asked, "-f", form, "--show-values").text.split("\n")
        ).replace("  ", "")
    english = process("--lang", "en", *asked, "-f", "text", folder=tmp_path).text
    assert "each of Shops: at least 1 time a half-year: missed" in " ".join(english.split())
    content = json.loads(run_in(tmp_path, *asked, "-f", "json").out)
    (target,) = content["kpis"][0]["figures"]["total"]["targets"]
    assert target["each"] == {"source": "shops", "by": "shop", "title": "店舗"}
    (reached,) = target["reached"]
    assert reached | {"span": None} == {
        "span": None,
        "members": 2,
        "reached": 1,
        "undecided": 0,
        "not_reached": [],
        "rows_of_no_member": 0,
    }
    content = json.loads(run_in(tmp_path, *asked, "-f", "json", "--show-values").out)
    (target,) = content["kpis"][0]["figures"]["total"]["targets"]
    assert target["reached"][0]["not_reached"] == ["大阪"]
    assert ">=1/half each shops" in run_in(tmp_path, *asked, "-f", "csv").text
    assert run_in(tmp_path, *asked, "-f", "csv", "--fail-on", "target").code == 6
    catalog = read_settings(config).catalog
    lines = [line.ja for line in define(catalog.kpi["study"], catalog)]
    assert "目標: 店舗ごとに、半期に1回以上" in lines


def test_a_report_names_them_inside_alone(tmp_path: Path, run_in: Run) -> None:
    """The public page tells how many reached it, the internal one who did not."""
    config = shops_project(tmp_path, sessions=SESSIONS[:1]).config
    (tmp_path / "narrative").mkdir()
    (tmp_path / "narrative" / "2025H1.md").write_text("# 報告\n", encoding="utf-8")
    for edition, named in (("public", False), ("internal", True)):
        page = tmp_path / f"{edition}.html"
        asked = ("report", "-p", "2025H1", "--edition", edition, "-o", str(page))
        outcome = run_in(tmp_path, "--config", str(config), *asked)
        assert outcome.code == 0, outcome.err
        text = page.read_text(encoding="utf-8")
        assert ("2 のうち 1 が達成" in text, "大阪" in text) == (True, named)


def test_a_cluster_and_the_cache_say_the_same(
    tmp_path: Path, run_in: Run, cache_folder: Path
) -> None:
    """The bytes are the same whoever reads, and once the answer is kept."""
    config = shops_project(tmp_path, sessions=SESSIONS[:1]).config
    asked = ("--config", str(config), "summarize", "-p", "2025", "-f", "json", "--show-values")
    first = run_in(tmp_path, *asked)
    assert list(cache_folder.iterdir())
    assert run_in(tmp_path, *asked).out == first.out
    assert run_in(tmp_path, *asked, "--no-cache", "--engine", "dask").out == first.out


def test_another_verdict_is_told_by_diff(tmp_path: Path) -> None:
    """A shop that the register gained since makes the frozen verdict another one."""
    frozen = FrozenProject.of(shops_project(tmp_path))
    frozen.freeze()
    assert frozen.diff().kpis == ()
    frozen.edit("shops0.csv", lambda lines: [*lines, "札幌,2020-01-01,"])
    (kpi,) = frozen.diff().kpis
    assert [note.ja for note in kpi.notes] == ["目標の判定(全体): 達成 => 未達"]
    assert kpi.moves == ()


NAMES = st.sampled_from(["A", "B", "C", "D", ""])
DAYS = st.dates(date(2025, 2, 1), date(2026, 4, 30))


@settings(max_examples=40)
@given(
    sessions=st.lists(st.tuples(NAMES, DAYS), max_size=14),
    shops=st.dictionaries(
        st.sampled_from(["A", "B", "C"]), st.tuples(DAYS, st.none() | DAYS), max_size=3
    ),
    least=st.integers(1, 3),
    period=st.sampled_from(["2025H1", "2025H2", "2025"]),
)
def test_members_agree_with_a_count_by_hand(
    sessions: list[tuple[str, date]],
    shops: dict[str, tuple[date, date | None]],
    least: int,
    period: str,
) -> None:
    """Who is open on the last day of each half, and how many sessions each of them had in it."""
    rows = [f"M{number},{day},{shop}" for number, (shop, day) in enumerate(sessions)]
    register = [f"{name},{start},{end or ''}" for name, (start, end) in shops.items()]
    targets = EACH.replace("at_least = 1", f"at_least = {least}")
    with TemporaryDirectory() as folder:
        project = shops_project(Path(folder), targets, sessions=rows, shops=register)
        target = judged(project, period)
    halves = {
        "2025H1": (date(2025, 4, 1), date(2025, 9, 30)),
        "2025H2": (date(2025, 10, 1), date(2026, 3, 31)),
    }
    expected, statuses = [], []
    for name, (first, last) in halves.items():
        if not name.startswith(period):
            continue
        open_ = {
            shop
            for shop, (start, end) in shops.items()
            if start <= last and (end is None or end >= last)
        }
        held = [shop for shop, day in sessions if first <= day <= last]
        reached = sum(held.count(shop) >= least for shop in open_)
        expected.append((name, len(open_), reached, 0, sum(shop not in open_ for shop in held)))
        statuses.append("pending" if not open_ else "met" if reached == len(open_) else "missed")
    assert list(map(counts, target.reached)) == expected
    worst = next(each for each in ("missed", "pending", "met") if each in statuses)
    assert target.status.value == worst
