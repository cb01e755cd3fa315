"""Five halves of the sample: each cell as recounted from the raw files, or as it was entered.

What was entered is read by the standard library alone, and so are the exports.
"""

import csv
import io
from datetime import date

import pytest

from recount.entered import entered_of
from recount.figures import Recount, read_ledgers
from recount.tallies import Counts
from support.command_line import process
from support.root import ROOT
from support.shown_figures import Key, Shown, expected, from_tidy

HALVES = {
    "2023H1": (date(2023, 4, 1), date(2023, 9, 30)),
    "2023H2": (date(2023, 10, 1), date(2024, 3, 31)),
    "2024H1": (date(2024, 4, 1), date(2024, 9, 30)),
    "2024H2": (date(2024, 10, 1), date(2025, 3, 31)),
    "2025H1": (date(2025, 4, 1), date(2025, 9, 30)),
}
EXPORTED = {"2024H2", "2025H1"}
"""The halves that every export covers; お客様の声 reach back one more."""
VOICES = {
    *("voices", "voices_nonlife", "complaint_improvements", "insurer_reports"),
    "insurer_improvements",
}


@pytest.fixture(scope="module")
def recounted() -> dict[str, Counts]:
    """Return the recount of each half."""
    ledgers = read_ledgers(ROOT / "sample_data")
    return {half: Recount(ledgers, *days).figures() for half, days in HALVES.items()}


def test_five_halves(recounted: dict[str, Counts]) -> None:
    """Every figure of every half is there, counted where the exports reach, else as entered."""
    command = ("summarize", "--period", "2025H1", "--trend", "5", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(process(*command).text)))
    for half in HALVES:
        own = [row for row in rows if row["period"] == half and row["part"] != "month"]
        shown = {key: value for key, value in from_tidy(own).items() if value.value is not None}
        assert shown == told(half, recounted[half])
        counted = {row["kpi"] for row in own if row["value"] and row["origin"] == "computed"}
        wanted = {kpi for kpi, _ in shown} if half in EXPORTED else VOICES
        assert counted == (set() if half < "2024H1" else wanted)


def told(half: str, counts: Counts) -> dict[Key, Shown]:
    """Return the figures of a half by the other road; those of months and over nothing aside."""
    entered = entered_of(ROOT / "published", half)
    if half not in EXPORTED:
        own = {key: value for key, value in counts.items() if half == "2024H1" and key[0] in VOICES}
        counts = entered | own
    every = {key: expected(value) for key, value in counts.items()}
    return {
        key: figure
        for key, figure in every.items()
        if figure.value is not None and not (key[0] == "unclear_reasons" and key[1])
    }


@pytest.mark.parametrize("half", ["2023H1", "2023H2", "2024H1"])
def test_entered_parts_make_up_their_totals(half: str) -> None:
    """Parts that were entered of counts add up to the totals beside them."""
    entered = entered_of(ROOT / "published", half)
    for kpi in {kpi for kpi, item in entered if item} - {"scheme_explanations"}:
        parts = [value for (name, item), value in entered.items() if name == kpi and item]
        assert sum(value for value in parts if isinstance(value, int)) == entered[kpi, ""]
