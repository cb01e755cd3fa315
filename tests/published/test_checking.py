"""A record against itself: what its own rows make is what it must say."""

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.measured import CountedRow
from kpicli.published.checking import counted_rows, problem_of
from kpicli.published.record import Record
from kpicli.published.rows.columns import FigureRows, ListedRow
from support.frozen_project import FrozenProject
from support.small_project import Project

Raw = dict[str, Any]
VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,2025/6/1"]


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a record of two voices, and of an entered figure."""
    folder = tmp_path_factory.mktemp("frozen")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPICLI_SECRET_FILE", str(tmp_path_factory.mktemp("secret") / "secret"))
        small = Project(folder).export("voices", VOICES)
        small.toml('[entered.nps]\ntitle = "NPS"\nunit = "点"')
        (folder / "published").mkdir()
        (folder / "published" / "nps.csv").write_text(
            "period,kpi,value,source,entered_on\n2025H1,nps,45,保険会社A,2025-10-05\n",
            encoding="utf-8",
        )
        FrozenProject.of(small).freeze()
    return Path(folder / "published" / "2025H1.json").read_text(encoding="utf-8")


def problem(content: str, kpi: str, change: Callable[[Raw], object]) -> str | None:
    """Return what is wrong with a record of which a KPI was edited."""
    raw = json.loads(content)
    change(next(each for each in raw["kpis"] if each["id"] == kpi))
    return problem_of(Record.model_validate(raw))


def first(**fields: object) -> Callable[[Raw], object]:
    """Return an edit of the first figure."""
    return lambda kpi: kpi["figures"][0].update(fields)


def without_rows(kpi: Raw) -> None:
    """Take out what could tell how many rows there are."""
    kpi.update(source=None, rows=[], states="", columns=[])
    kpi["figures"] = [{**kpi["figures"][0], "value": 999}]


@pytest.mark.parametrize("kpi", ["voices", "nps"])
def test_a_record_as_it_was_frozen(kpi: str, content: str) -> None:
    """Nothing is wrong with it."""
    assert problem(content, kpi, lambda _: None) is None


@pytest.mark.parametrize(
    "change",
    [
        first(value=999),
        first(value=999, status="provisional"),
        first(value=999, status="no_data"),
        first(numerator=1, denominator=2),
        without_rows,
        lambda kpi: kpi.update(measure="entered") or first(value=999)(kpi),
        lambda kpi: kpi.update(measure="distinct") or first(value=999)(kpi),
        lambda kpi: kpi["rows"].pop(),
        lambda kpi: kpi["rows"][0].__setitem__(1, []),
    ],
)
def test_a_total_that_the_rows_do_not_make(change: Callable[[Raw], object], content: str) -> None:
    """A total is held against the rows whatever state, measure or source it is given."""
    found = problem(content, "voices", change)
    assert found is not None
    assert found.startswith("kpis.voices.figures.0: the rows make another number")


def test_an_entered_value_has_no_rows(content: str) -> None:
    """What was entered is what it says; the seal alone can tell that it was edited."""
    assert problem(content, "nps", first(value=46)) is None
    found = problem(content, "nps", lambda kpi: kpi["figures"][0]["origin"].update(kind="computed"))
    assert found == "kpis.nps.figures.0: the rows make another number"


@given(
    rows=st.lists(
        st.tuples(
            st.integers(0, 9),
            st.just((0,)),
            st.tuples(st.sampled_from(["1", "2.5", "-3"]), st.sampled_from(["生保", None])),
            st.booleans(),
            st.sampled_from(["ab" * 12, "cd" * 12, None]),
        )
    )
)
def test_rows_that_are_alike_are_read_as_each_alone(content: str, rows: list[ListedRow]) -> None:
    """What a figure needs of each row depends on nothing but that row."""
    raw = json.loads(content)
    kpi = next(each for each in Record.model_validate(raw).kpis if each.id == "voices")
    kpi = kpi.model_copy(update={"amount": "amount"})
    counted = counted_rows(kpi, ("amount", "line"), FigureRows.of_list(rows, 2))
    expected = [
        CountedRow(numerator, who, Decimal(str(values[0])), None, None)
        for _, _, values, numerator, who in rows
    ]
    assert [counted.distinct[code] for code in counted.codes.tolist()] == expected
    assert counted.every.times == counted.of_figure(0).times == Counter(expected)
