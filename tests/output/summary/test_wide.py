"""Figures in columns: the same numbers as the tidy rows, once each; frames hold them too."""

import csv
import io
from decimal import Decimal

import pandas as pd
import pytest

import kpicli
from kpicli.model.summary import Summary
from kpicli.output.summary.wide import wide_records
from support.command_line import process
from support.root import ROOT

CONFIG = ROOT / "kpicli.toml"
HALVES = ["2024H1", "2024H2", "2025H1"]


@pytest.fixture(scope="module")
def trend() -> Summary:
    """Return three halves of a count with parts and of a percentage."""
    kpis = ["voices", "renewal_talks"]
    return kpicli.summarize("2025H1", kpis=kpis, trend=3, config=CONFIG)


def test_periods_are_columns(trend: Summary) -> None:
    """A row a figure, named as in csv; every number of the tidy rows stands in it once."""
    wide, tidy = kpicli.to_frame(trend, wide=True), kpicli.to_frame(trend)
    assert list(wide) == ["kpi", "title", "part", "item", "unit", *HALVES, "status"]
    assert wide.dtypes.map(str).to_dict()["2025H1"] == "float64"
    names = ["kpi", "part", "item", "period", "value"]
    long = wide.melt(["kpi", "part", "item"], HALVES, "period", "value")[names]
    assert set(long.fillna("").itertuples(index=False)) == set(
        tidy[names].fillna("").itertuples(index=False)
    )
    assert len(long) == len(tidy)


def test_what_a_number_cannot_say_stands_last(trend: Summary) -> None:
    """Published and entered values are marked by their period; those of the run are not."""
    rows = {(row[0], row[3]): row for row in wide_records(trend, "en").rows}
    assert rows["voices", None][-1] is None
    assert rows["renewal_talks", None][-1] == "2024H1: [entered]"
    assert rows["renewal_talks", None][4:8] == ("%", *map(Decimal, ("58.5", "64.5", "70.6")))


def test_groups_are_columns() -> None:
    """A column a month and their total, which is the sum; a percentage has `whole`."""
    counted = kpicli.summarize("2025H1", kpis="voices", by="month", config=CONFIG)
    frame = kpicli.to_frame(counted, wide=True)
    months = [f"2025-0{month}" for month in range(4, 10)]
    assert list(frame) == ["kpi", "title", "part", "item", "unit", *months, "total", "status"]
    pd.testing.assert_series_equal(frame[months].sum(axis=1), frame["total"], check_names=False)
    ratio = kpicli.summarize("2025H1", kpis="renewal_talks", by="month", config=CONFIG)
    assert "whole" in kpicli.to_frame(ratio, wide=True)


@pytest.mark.parametrize(
    "asked", [{}, {"by": "month", "trend": 2}, {"by": "month", "compare": "previous"}]
)
def test_one_thing_goes_into_columns(asked: dict[str, object]) -> None:
    """Neither groups nor periods, or both, is refused with what to ask for."""
    summary = kpicli.summarize("2025H1", kpis="voices", config=CONFIG, **asked)  # type: ignore[arg-type]
    with pytest.raises(kpicli.KpicliError) as refused:
        kpicli.to_frame(summary, wide=True)
    assert "--trend" in str(refused.value.hint)


def test_the_command_line_has_periods_side_by_side() -> None:
    """The same cells as the frame, as csv and tsv."""
    asked = ("summarize", "-p", "2024H1,2025H1", "-k", "voices", "--wide")
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        done = process(*asked, "-f", form, folder=ROOT)
        rows = list(csv.reader(io.StringIO(done.text), delimiter=delimiter))
        assert rows[0] == ["kpi", "title", "part", "item", "unit", "2024H1", "2025H1", "status"]
        assert rows[1][5:7] == ["260", "841"]
