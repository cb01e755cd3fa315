"""Ratios whose numerator stands in another source: who is qualified among those in service."""

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from support.command_line import process
from support.small_project import Project

SETTINGS = """
[source.people]
title = "在籍者"
key = "staff"
rhythm = "register"
in_force = ["joined_on", "left_on"]
until = "last_day_in"
[source.people.columns]
staff = { headers = "職員番号", type = "id", required = true }
joined_on = { headers = "入社日", type = "date", required = true }
left_on = { headers = "退社日", type = "date" }
team = { headers = "班", type = "code", codes = "teams" }
[source.licences]
title = "資格"
key = ["staff", "licence"]
rhythm = "register"
in_force = ["got_on", "lost_on"]
until = "first_day_out"
[source.licences.columns]
staff = { headers = "職員番号", type = "id", required = true }
licence = { headers = "資格名", type = "code", codes = "licences" }
got_on = { headers = "取得日", type = "date", required = true }
lost_on = { headers = "失効日", type = "date" }
[codes.teams.values]
"東" = []
"西" = []
[codes.licences]
open = true
[kpi.qualified]
title = "専門資格の保有割合"
source = "people"
measure = "ratio"
numerator_in = { source = "licences", by = "staff", where = { licence = ["AFP", "CFP"] } }
unit = "名"
"""
PEOPLE = [
    "S001,2020/4/1,,東",
    "S002,2020/4/1,2025/8/31,東",
    "S003,2025/9/30,,西",
    "S004,2021/1/1,,西",
]
LICENCES = [
    "S001,AFP,2021/1/1,",
    "S001,CFP,2023/1/1,",  # two of them are one person
    "S002,CFP,2022/1/1,",  # has left
    "S003,AFP,2020/1/1,2025/9/30",  # lost on the day
    "S004,FP2,2020/1/1,",  # another licence
    "S009,AFP,2020/1/1,",  # nobody in service
]


def project(
    folder: Path, people: Sequence[str] = PEOPLE, licences: Sequence[str] = LICENCES
) -> Project:
    """Return a project with people and licences, both registers."""
    own = Project(folder).export("people", people, header="職員番号,入社日,退社日,班", covers=None)
    own.export("licences", licences, header="職員番号,資格名,取得日,失効日", covers=None)
    return own.toml(SETTINGS)


def test_those_are_counted_who_stand_in_both(tmp_path: Path) -> None:
    """Of those in service at the end, the ones with a licence in force on that day."""
    own = project(tmp_path)
    result = own.summarize("qualified")
    value = result.value()
    assert (value.numerator, value.denominator, value.status) == (1, 3, Status.OK)
    assert [a.source for a in result.summary.accounting] == ["people", "licences"]
    month = own.summarize("qualified", by="month")
    numbers = [f.value.numerator for f in month.summary.figures if f.group is not None]
    assert numbers == [2, 2, 2, 2, 2, 1]
    parts = own.summarize("qualified", by="team")
    assert {f.group: f.value.numerator for f in parts.summary.figures if f.group} == {
        "東": 1,
        "西": 0,
    }


def test_a_licence_in_doubt_puts_its_holder_in_doubt(tmp_path: Path) -> None:
    """One whose day cannot be read makes one person undetermined, an unreadable id all others."""
    licences = [*LICENCES, "S004,CFP,2020/13/1,"]
    result = project(tmp_path, licences=licences).summarize("qualified")
    value = result.value()
    assert (value.numerator, value.denominator, value.faulty_rows) == (1, 2, 1)
    assert value.status is Status.PROVISIONAL


def test_both_sides_are_shown_and_counted_again(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """`rows` lists denominator, numerator and the rows elsewhere; freeze and diff name them."""
    own = project(tmp_path)
    _ = own.config
    shown = process("rows", "qualified", "--period", "2025H1", "-f", "csv", folder=tmp_path)
    roles = [line.split(",")[5] for line in shown.text.splitlines()[1:]]
    assert (shown.code, sorted(roles)) == (
        0,
        ["denominator"] * 2 + ["elsewhere"] * 4 + ["numerator"],
    )
    secret = str(tmp_path_factory.mktemp("own") / "secret")
    frozen = process(
        "freeze",
        "--period",
        "2025H1",
        folder=tmp_path,
        KPICLI_SECRET_FILE=secret,
    )
    assert frozen.code == 0, frozen.err
    rows = [line.replace("S004,FP2", "S004,CFP") for line in LICENCES]
    (tmp_path / "licences0.csv").write_text(
        "\n".join(["職員番号,資格名,取得日,失効日", *rows, ""]), encoding="utf-8"
    )
    moved = process("diff", "2025H1", folder=tmp_path, KPICLI_SECRET_FILE=secret)
    assert moved.code == 0, moved.err
    assert ",effect,,,33.3,added,1,1,0," in moved.text  # one row, one more in the numerator
    assert ",licences,licences0.csv,6," in moved.text


def test_words_name_the_other_source(tmp_path: Path) -> None:
    """The definition says where the numerator stands, and under which filter."""
    catalog = read_settings(project(tmp_path).config).catalog
    lines = [line.ja for line in define(catalog.kpi["qualified"], catalog)]
    assert (
        "数え方: 比率(職員番号 の重複を除いた数)。分子は 資格にもあるもの(資格名 が AFP・CFP)、"
        "分母は対象の行すべて" in lines
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('source = "licences", by', 'source = "licence", by', "no source 'licence'"),
        ('by = "staff"', 'by = "staf"', "no column 'staf'"),
        ("where = { licence = ", "where = { licenc = ", "no column 'licenc'"),
        ("numerator_in =", 'numerator = { team = "東" }\nnumerator_in =', "either `numerator` or"),
        ("numerator_in =", 'of = "team"\nnumerator_in =', "distinct values of its `by`"),
    ],
)
def test_what_is_no_other_source_is_refused(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    """A slip in `numerator_in` is an error that names the key and the nearest name."""
    own = project(tmp_path)
    own.top = own.top.replace(old, new)
    with pytest.raises(SettingsError) as error:
        own.summarize("qualified")
    assert message in str(error.value)


DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 31))
LIVES = st.lists(st.tuples(st.integers(1, 9), DAYS, st.none() | st.integers(0, 200)), max_size=25)


@settings(max_examples=40, deadline=None)
@given(LIVES, LIVES)
def test_ratios_agree_with_a_count_by_hand(
    people: list[tuple[int, date, int | None]], licences: list[tuple[int, date, int | None]]
) -> None:
    """Counted again with sets: people in service whose licence is in force on the last day."""
    end = date(2025, 9, 30)
    people = list({who: (who, start, days) for who, start, days in people}.values())

    def line(number: int, row: tuple[int, date, int | None], cell: str) -> str:
        who, start, days = row
        last = "" if days is None else str(start + timedelta(days=days))
        return f"S{who:03},{cell.format(number)}{start},{last}"

    serving = {w for w, s, d in people if s <= end and (d is None or s + timedelta(days=d) >= end)}
    valid = {w for w, s, d in licences if s <= end and (d is None or s + timedelta(days=d) > end)}
    with tempfile.TemporaryDirectory() as folder:
        own = Project(Path(folder)).export(
            "people",
            [f"{line(n, row, '')},東" for n, row in enumerate(people)],
            header="職員番号,入社日,退社日,班",
            covers=None,
        )
        own.export(
            "licences",
            [line(n, row, "L{},") for n, row in enumerate(licences)],
            header="職員番号,資格名,取得日,失効日",
            covers=None,
        )
        own.toml(SETTINGS.replace(', where = { licence = ["AFP", "CFP"] }', ""))
        value = own.summarize("qualified", today=date(2027, 1, 1)).value()
    assert (value.numerator or 0, value.denominator or 0) == (len(serving & valid), len(serving))
