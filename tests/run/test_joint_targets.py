"""Targets that any of several KPIs reaches."""

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

import kpicli
from kpicli.base.errors import SettingsError
from kpicli.mail.writing.concerns import concerns
from kpicli.model.judgements import JointTarget
from kpicli.model.summary import Summary
from kpicli.settings.settings import read_settings
from support.command_line import Run, process
from support.frozen_project import FrozenProject
from support.shops_project import SESSIONS, STAFF, shops_project
from support.small_project import Project

ANY = """
[target.expertise]
any = [{ kpi = "licensed", equal = 100 }, { kpi = "study", at_least = 4 }]
per = "year"
"""
TITLED = ANY + 'title = { ja = "専門性", en = "Expertise" }\n'
HALF = TITLED.replace('"year"', '"half"')
LATER = date(2026, 12, 1)
FOURTH = ("M4,2025-11-10,福岡",)


def summary(project: Project, period: str = "2025", today: date = LATER) -> Summary:
    """Return all figures of a period."""
    return kpicli.summarize(period, config=project.config, today=today)


def told(target: JointTarget) -> list[tuple[str, str, list[tuple[object, str]]]]:
    """Return span, status, and each KPI's value with how it stands."""
    return [
        (
            (each.so_far or each.span).name,
            each.status.value,
            [(option.value.number, option.status.value) for option in each.options],
        )
        for each in target.spans
    ]


def test_one_of_two_is_enough(tmp_path: Path) -> None:
    """One of two is licensed, but four sessions were held in the year: met; with three: missed."""
    project = shops_project(tmp_path, "", sessions=(*SESSIONS, *FOURTH), more=ANY)
    (target,) = summary(project).joint_targets
    half = Decimal("50.0")
    assert told(target) == [("2025", "met", [(half, "missed"), (4, "met")])]
    (target,) = summary(shops_project(tmp_path / "three", "", more=ANY)).joint_targets
    assert told(target) == [("2025", "missed", [(half, "missed"), (3, "missed")])]
    assert target.title.ja == "資格者または勉強会"
    all_licensed = shops_project(tmp_path / "all", "", staff=STAFF[:1], more=ANY)
    (target,) = summary(all_licensed).joint_targets
    assert told(target) == [("2025", "met", [(Decimal("100.0"), "met"), (3, "missed")])]


def test_a_half_of_a_year_is_under_way(tmp_path: Path) -> None:
    """Beside a half the year goes on, with what it came to; so does a year that is not over."""
    project = shops_project(tmp_path, "", sessions=(*SESSIONS, *FOURTH), more=ANY)
    half = Decimal("50.0")
    (target,) = summary(project, "2025H1").joint_targets
    assert told(target) == [("2025H1", "ongoing", [(half, "ongoing"), (3, "ongoing")])]
    (target,) = summary(project, "2025-11").joint_targets
    assert told(target)[0][2][1] == (4, "ongoing")
    (target,) = summary(project, "2025", date(2026, 1, 10)).joint_targets
    assert target.status.value == "ongoing"


def test_every_span_is_judged_and_the_worst_stands(tmp_path: Path) -> None:
    """Four sessions in the first half, one in the second."""
    rows = (*SESSIONS, "M5,2025-09-30,東京", *FOURTH)
    project = shops_project(tmp_path, "", sessions=rows, more=HALF)
    (target,) = summary(project).joint_targets
    assert [(span, status) for span, status, _ in told(target)] == [
        ("2025H1", "met"),
        ("2025H2", "missed"),
    ]
    assert target.status.value == "missed"


def test_a_doubt_leaves_it_open_unless_another_reaches_it(tmp_path: Path) -> None:
    """A session without a readable day may be the fourth; all licensed need no fourth."""
    rows = (*SESSIONS, "M4,2025-13-10,福岡")
    (target,) = summary(shops_project(tmp_path, "", sessions=rows, more=ANY)).joint_targets
    assert target.status.value == "pending"
    project = shops_project(tmp_path / "all", "", sessions=rows, staff=STAFF[:1], more=ANY)
    (target,) = summary(project).joint_targets
    assert target.status.value == "met"


def test_what_begins_later_and_what_is_over(tmp_path: Path) -> None:
    """From the year after on it is the next target; before that it was none."""
    project = shops_project(tmp_path, "", more=ANY + "since = 2026-04-01\n")
    (target,) = summary(project).joint_targets
    assert (target.status.value, target.spans[0].span.name) == ("next", "2026")
    assert summary(project, "2024").joint_targets == ()


def test_it_is_judged_where_all_its_kpis_are(tmp_path: Path) -> None:
    """A run of one of the KPIs does not judge it; an entered one is judged by what was entered."""
    other = ANY.replace('"licensed", equal = 100', '"nps", above = 40')
    entered = f'[entered.nps]\ntitle = "NPS"\n{other}'
    project = shops_project(tmp_path, "", more=entered)
    (tmp_path / "published").mkdir()
    (tmp_path / "published" / "nps.csv").write_text(
        "period,kpi,item,value,source,entered_on\n2025,nps,,41,保険会社,2026-04-05\n",
        encoding="utf-8",
    )
    (target,) = summary(project).joint_targets
    assert told(target) == [("2025", "met", [(41, "met"), (3, "missed")])]
    assert project.summarize("study", "2025", today=LATER).summary.joint_targets == ()


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (ANY.replace('"study"', '"stduy"'), "no KPI 'stduy' (did you mean 'study'?)"),
        (ANY.replace("at_least = 4", "at_least = 4, below = 9"), "exactly one of"),
        (ANY.replace("equal = 100 }, {", "equal = 100 }] # {"), "any"),
        (ANY.replace('"year"', '"fortnight"'), "2023-09..2024-03"),
        (ANY.replace("per =", "pre ="), "no key 'pre'"),
    ],
)
def test_what_is_no_target_is_refused(written: str, message: str, tmp_path: Path) -> None:
    """A slip is an error that says what to write."""
    with pytest.raises(SettingsError) as error:
        summary(shops_project(tmp_path, "", more=written))
    assert message in str(error.value)


def test_every_answer_tells_it(tmp_path: Path, run_in: Run, cache_folder: Path) -> None:
    """Table, text, Markdown, page, JSON, workbook, explain; the same from cache and cluster."""
    config = shops_project(tmp_path, "", more=HALF).config
    asked = ("--config", str(config), "summarize", "-p", "2025H1", "-f")
    for form in ("table", "text", "markdown", "html"):
        shown = run_in(tmp_path, *asked, form, "--no-cache").text
        assert "専門性 2025年度上期" in shown
        assert "半期に4回以上" in shown
    english = process("--lang", "en", *asked, "text", folder=tmp_path).text
    assert "Expertise FY2025H1" in english
    assert "at least 4 times a half-year" in " ".join(english.split())
    first = run_in(tmp_path, *asked, "json")
    (target,) = json.loads(first.out)["targets"]
    assert (target["id"], target["title"], target["status"]) == ("expertise", "専門性", "missed")
    (span,) = target["spans"]
    values = [(each["kpi"], each["value"], each["target_status"]) for each in span["any"]]
    assert values == [("licensed", "50.0", "missed"), ("study", 3, "missed")]
    assert list(cache_folder.iterdir())
    assert run_in(tmp_path, *asked, "json").out == first.out
    assert run_in(tmp_path, *asked, "json", "--no-cache", "--engine", "dask").out == first.out
    book = load_workbook(BytesIO(run_in(tmp_path, *asked, "xlsx").out))
    rows = list(book["目標"].iter_rows(values_only=True))
    assert rows[2:] == [
        ("専門性 2025年度上期", None, None, "未達"),
        ("  資格者", "半期ごとに100%", "1/2名 50.0%", "未達"),
        ("  勉強会", "半期に4回以上", "3回", "未達"),
    ]
    assert run_in(tmp_path, *asked, "csv", "--fail-on", "target").code == 6
    line = "目標: 「専門性」はいずれか: 資格者が半期ごとに100%、勉強会が半期に4回以上"
    explained = ("--config", str(config), "explain", "study", "-p", "2025H1")
    assert line in run_in(tmp_path, *explained).text


def test_reports_and_mails_tell_it_in_their_verdict(tmp_path: Path, run_in: Run) -> None:
    """Page, Markdown and workbook have the target; a mail names what was missed first."""
    project = shops_project(tmp_path, "", more=HALF)
    (tmp_path / "narrative").mkdir()
    (tmp_path / "narrative" / "2025H1.md").write_text("# 報告\n", encoding="utf-8")
    for name in ("report.html", "report.md", "report.xlsx"):
        command = ("--config", str(project.config), "report", "-p", "2025H1", "-o", name)
        outcome = run_in(tmp_path, *command)
        assert outcome.code == 0, outcome.err
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "いずれかで達成する目標" in page
    text = (tmp_path / "report.md").read_text(encoding="utf-8")
    assert "× 未達 1項目 専門性" in text
    sheet = load_workbook(tmp_path / "report.xlsx").worksheets[0]
    names = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert names[names.index("いずれかで達成する目標") :][:4] == [
        "いずれかで達成する目標",
        "専門性 2025年度上期",
        "資格者",
        "勉強会",
    ]
    catalog = read_settings(project.config).catalog
    found = concerns(summary(project, "2025H1"), catalog, "ja")
    assert (found.missed, "未達: 専門性" in found.lines) == (("専門性",), True)


def test_a_kpi_that_is_not_public_takes_its_target_along(tmp_path: Path, run_in: Run) -> None:
    """Nobody reads from a target what is not published."""
    project = shops_project(tmp_path, "public = false", more=HALF)
    (tmp_path / "narrative").mkdir()
    (tmp_path / "narrative" / "2025H1.md").write_text("# 報告\n", encoding="utf-8")
    command = ("--config", str(project.config), "report", "-p", "2025H1", "--edition")
    for edition, shown in (("public", False), ("internal", True)):
        outcome = run_in(tmp_path, *command, edition, "-o", f"{edition}.md")
        assert outcome.code == 0, outcome.err
        assert ("専門性" in (tmp_path / f"{edition}.md").read_text(encoding="utf-8")) is shown


def test_another_verdict_is_told_by_diff(tmp_path: Path) -> None:
    """What was frozen as missed is met once a fourth session is found; a record reads anew."""
    frozen = FrozenProject.of(shops_project(tmp_path, "", more=HALF))
    record = frozen.freeze().record
    assert [(each.id, each.status.value) for each in record.targets] == [("expertise", "missed")]
    assert frozen.diff().notes == ()
    frozen.edit("sessions0.csv", lambda lines: [*lines, "M9,2025-09-30,東京"])
    assert "目標の判定(専門性): 未達 => 達成" in [note.ja for note in frozen.diff().notes]


DAYS = st.dates(date(2025, 2, 1), date(2026, 4, 30))


@settings(max_examples=30)
@given(
    days=st.lists(DAYS, max_size=8),
    licensed=st.lists(st.booleans(), max_size=4),
    least=st.integers(1, 4),
    period=st.sampled_from(["2025H1", "2025H2", "2025"]),
)
def test_it_agrees_with_a_count_by_hand(
    days: list[date], licensed: list[bool], least: int, period: str
) -> None:
    """Sessions of each half are counted anew, and the staff, who are all there all the time."""
    rows = [f"M{number},{day},東京" for number, day in enumerate(days)]
    staff = [f"S{n:03},2020-04-01,,{'有' if own else '無'}" for n, own in enumerate(licensed)]
    more = HALF.replace("at_least = 4", f"at_least = {least}")
    with TemporaryDirectory() as folder:
        project = shops_project(Path(folder), "", sessions=rows, staff=staff, more=more)
        (target,) = summary(project, period).joint_targets
    halves = {"2025H1": ("2025-04-01", "2025-09-30"), "2025H2": ("2025-10-01", "2026-03-31")}
    expected = []
    for name, (first, last) in halves.items():
        if name.startswith(period):
            held = sum(first <= day.isoformat() <= last for day in days)
            met = held >= least or (bool(licensed) and all(licensed))
            expected.append((name, "met" if met else "missed" if licensed else "pending", held))
    assert [(name, status, options[1][0]) for name, status, options in told(target)] == expected
