"""A program of a user's, for type checkers: every public name with the type that it is known by.

It is checked and never run. The refusals at its end are meant: a checker that took them would call
their comments unused.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import assert_type

import pandas as pd

import kpicli
from kpicli import Dataset, Fault, Figure, FiscalYear, KpicliError, Period, Status, Summary, Value

FISCAL = FiscalYear(starts=10, named_by="last")
PERIOD = Period.parse("2025H1", fiscal=FISCAL, today=date(2025, 11, 1))

assert_type(kpicli.__version__, str)
assert_type(PERIOD, Period)
assert_type(PERIOD.start, date)
assert_type(PERIOD.previous(), Period)


def summarized() -> Summary:
    """Return a summary, asked for in every way that is understood."""
    kpicli.summarize("2025H1", kpis="voices", by="month", compare="previous", as_of="2025-09-30")
    kpicli.summarize(PERIOD, kpis=("voices",), compare=["previous", "year-ago"], today="2025-11-01")
    kpicli.summarize("2025H1", kpis={"voices"}, as_of=date(2025, 9, 30), config=Path("kpicli.toml"))
    kpicli.summarize("2025H1", engine="dask", scheduler="tcp://host:8786", config="kpicli.toml")
    kpicli.summarize("2025H1", show_personal=True, recompute=True, allow_definition_change=True)
    return kpicli.summarize("2025H1", today=date(2025, 11, 1))


def read(summary: Summary) -> None:
    """Use what a summary holds."""
    assert_type(summary.period, Period)
    assert_type(summary.figures, tuple[Figure, ...])
    assert_type(summary.faults, tuple[Fault, ...])
    for figure in summary.figures:
        assert_type(figure.value, Value)
        assert_type(figure.value.number, int | Decimal | None)
        assert_type(figure.value.status, Status)
        assert_type(figure.kpi, str)
        assert_type(figure.item, str | None)
    assert_type(summary.kpis["voices"].title.ja, str)
    assert_type(kpicli.to_frame(summary), pd.DataFrame)
    assert_type(kpicli.accounting_frame(summary), pd.DataFrame)
    assert_type(kpicli.faults_frame(summary, show_values=True), pd.DataFrame)
    assert_type(kpicli.rows("voices", "2025H1", item="不満", doubtful=True), pd.DataFrame)
    assert_type(kpicli.rows("voices", PERIOD, by="line", group="損保"), pd.DataFrame)


def load() -> None:
    """Use what a dataset holds."""
    datasets = kpicli.load("voices", "responses", config="kpicli.toml", today="2025-11-01")
    assert_type(datasets, Mapping[str, Dataset])
    dataset = datasets["voices"]
    assert_type(len(dataset), int)
    assert_type(dataset.frame, pd.DataFrame)
    assert_type(dataset.faults, tuple[Fault, ...])
    assert_type(dataset.accounting.usable, int)
    assert_type(dataset.faults[0].level == "fault", bool)


def refused() -> None:
    """Ask for what is an error at a glance."""
    try:
        kpicli.summarize("2025H1")
    except KpicliError as error:
        assert_type(error.message.ja, str)
        raise SystemExit(error.exit_code) from error
    kpicli.summarize(None)  # type: ignore[arg-type]
    kpicli.summarize("2025H1", kpis=3)  # type: ignore[arg-type]
    kpicli.summarize("2025H1", by=["month"])  # type: ignore[arg-type]
    kpicli.summarize("2025H1", config=42)  # type: ignore[arg-type]
    kpicli.load(["voices"])  # type: ignore[arg-type]
    kpicli.to_frame("2025H1")  # type: ignore[arg-type]
    kpicli.summarise("2025H1")  # type: ignore[attr-defined]
