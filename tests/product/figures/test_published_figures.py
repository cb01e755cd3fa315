"""The published figures of 2025H1: as committed, as recounted from the raw files, as kpicli says.

Three roads, one result: the committed table, an independent count (`tests/recount`, the standard
library alone), and what the command prints as CSV, JSON and xlsx.
"""

import calendar
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from recount.entered import entered_of
from recount.figures import Recount, read_ledgers
from recount.ledger import Ledger
from recount.tallies import Counts, Value
from support.root import ROOT
from support.shown_figures import Key, Shown, expected, from_csv, from_json, from_xlsx

COMPARED = ("--period", "2025H1", "--compare", "previous,year-ago")
SPANS = {
    "2025H1": (date(2025, 4, 1), date(2025, 9, 30)),
    "previous": (date(2024, 10, 1), date(2025, 3, 31)),
    "year_ago": (date(2024, 4, 1), date(2024, 9, 30)),
}


@pytest.fixture(scope="module")
def ledgers() -> dict[str, Ledger]:
    """Return the sample's sources as the recount reads them."""
    return read_ledgers(ROOT / "sample_data")


def counted(ledgers: dict[str, Ledger], span: str) -> Counts:
    """Return the recount of one of the three halves."""
    return Recount(ledgers, *SPANS[span]).figures()


def table() -> list[dict[str, str]]:
    """Return the rows of the committed table."""
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def committed(row: Mapping[str, str]) -> Value:
    """Return a row's count, or its numerator and denominator."""
    if row["value"]:
        return int(row["value"])
    return int(row["numerator"]), int(row["denominator"])


def kpicli(*arguments: str) -> bytes:
    """Return what `kpicli summarize` prints in the root of the repository; it has to exit 0."""
    done = subprocess.run(
        [sys.executable, "-m", "kpicli", "summarize", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def settled(shown: dict[Key, Shown]) -> dict[Key, Shown]:
    """Return the figures without months of zero, and a month's without comparisons.

    A month within a half has no namesake in the half before; the recount names the months that
    hold something.
    """
    months = {key for key in shown if key[0] == "unclear_reasons" and key[1]}
    kept = {key: figure for key, figure in shown.items() if key not in months or figure.value}
    return {
        key: Shown(figure.value, None, None) if key in months else figure
        for key, figure in kept.items()
    }


def compared_by_recount(ledgers: dict[str, Ledger]) -> dict[Key, Shown]:
    """Return the figures of 2025H1 with both comparisons, as the recount has them.

    What no export holds of the half a year ago was entered.
    """
    now, previous, year_ago = (counted(ledgers, span) for span in SPANS)
    year_ago = entered_of(ROOT / "published", "2024H1") | year_ago
    return settled({key: expected(now[key], previous.get(key), year_ago.get(key)) for key in now})


@pytest.mark.parametrize("row", table(), ids=lambda row: f"{row['kpi']}-{row['item']}")
def test_recount_gives_the_published_figure(
    row: dict[str, str], ledgers: dict[str, Ledger]
) -> None:
    """Every figure of the committed table, comparisons too, is counted out of the raw files."""
    key = row["kpi"], row["item"]
    assert committed(row) == counted(ledgers, "2025H1")[key]
    for span in ("previous", "year_ago"):
        if row[span]:
            assert int(row[span]) == counted(ledgers, span)[key]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[Key, Shown]]:
    """Return the figures of 2025H1 as kpicli shows them in each format."""
    book = tmp_path_factory.mktemp("out") / "kpi.xlsx"
    kpicli(*COMPARED, "-o", str(book))
    return {
        "csv": from_csv(kpicli(*COMPARED, "--format", "csv")),
        "json": from_json(json.loads(kpicli(*COMPARED, "--format", "json"))),
        "xlsx": from_xlsx(book),
    }


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_kpicli_shows_the_published_figures(
    form: str, outputs: dict[str, dict[Key, Shown]]
) -> None:
    """Every row of the committed table stands in the output, with its comparisons."""
    for row in table():
        shown = outputs[form][row["kpi"], row["item"]]
        plain = expected(committed(row))
        assert (plain.value, plain.numerator, plain.denominator) == (
            *(shown.value, shown.numerator, shown.denominator),
        ), row
        assert not row["previous"] or shown.previous == Decimal(row["previous"]), row
        assert not row["year_ago"] or shown.year_ago == Decimal(row["year_ago"]), row


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_kpicli_agrees_with_the_recount(
    form: str, outputs: dict[str, dict[Key, Shown]], ledgers: dict[str, Ledger]
) -> None:
    """Every figure and every comparison equals the recount's, and there is none beside them."""
    assert compared_by_recount(ledgers) == settled(outputs[form])


@pytest.mark.parametrize("month", range(4, 10))
def test_kpicli_agrees_with_the_recount_of_each_month(
    month: int, ledgers: dict[str, Ledger]
) -> None:
    """Each month of 2025H1, taken as a period of its own, equals its recount.

    A single month is not split by month once more: its total alone is shown, and compared.
    """
    last = date(2025, month, calendar.monthrange(2025, month)[1])
    recounted = Recount(ledgers, date(2025, month, 1), last).figures()
    shown = from_csv(kpicli("--period", f"2025-{month:02}", "--format", "csv"))
    del recounted["unclear_reasons", f"2025-{month:02}"]
    assert {key: expected(value) for key, value in recounted.items()} == shown


def test_the_sample_run_finds_no_fault(ledgers: dict[str, Ledger]) -> None:
    """The sample has no faulty row and no warning, and its rows go where the recount puts them."""
    summary = json.loads(kpicli(*COMPARED, "--format", "json"))
    assert [fault for fault in summary["faults"] if fault["level"] != "note"] == []
    accounted = {
        source["id"]: tuple(source["accounting"][n] for n in ("usable", "duplicate", "superseded"))
        for source in summary["sources"]
    }
    assert accounted == {
        name: (len(ledger.rows), ledger.duplicate, ledger.superseded)
        for name, ledger in ledgers.items()
    }
    assert {source["accounting"]["faulty"] for source in summary["sources"]} == {0}
