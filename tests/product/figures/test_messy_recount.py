"""Random messy exports of thousands of rows: every figure is counted again by another road.

The recount (`tests/recount`) knows the standard library and the domain's rules, nothing of kpicli.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

import kpicli
from kpicli.model.summary import Summary
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from messy.exports import write_exports
from recount.figures import LEDGERS, Recount
from recount.files import delimited_rows
from recount.ledger import Ledger
from recount.tallies import Counts, Value
from support.small_project import TODAY

PERIODS = {
    "2024H2": (date(2024, 10, 1), date(2025, 3, 31)),
    "2025H1": (date(2025, 4, 1), date(2025, 9, 30)),
    "2025Q1": (date(2025, 4, 1), date(2025, 6, 30)),
    "2025-06": (date(2025, 6, 1), date(2025, 6, 30)),
}


@dataclass(frozen=True)
class Messy:
    """A folder of messy exports, with the ledgers that the recount makes of them."""

    folder: Path
    ledgers: Mapping[str, Ledger]

    def summarize(self, period: str) -> Summary:
        """Return what kpicli counts."""
        return kpicli.summarize(period, config=self.folder / "kpicli.toml", today=TODAY)


@pytest.fixture(scope="module", params=[1, 2])
def messy(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Messy:
    """Return the exports of one seed."""
    folder = tmp_path_factory.mktemp("messy")
    files = write_exports(folder, request.param)
    ledgers = {
        name: Ledger([delimited_rows(path) for path in paths], *LEDGERS[name][1:])
        for name, paths in files.items()
    }
    return Messy(folder, ledgers)


def counted(summary: Summary) -> Counts:
    """Return totals and parts as the recount names them, months of zero left out."""
    found: dict[tuple[str, str], Value] = {}
    for figure in summary.figures:
        if figure.kind in ("total", "part"):
            value = figure.value
            if value.denominator is not None and value.numerator is not None:
                assert isinstance(value.numerator, int)
                assert isinstance(value.denominator, int)
                found[figure.kpi, figure.item or ""] = value.numerator, value.denominator
            elif figure.part != "month" or value.number:
                number = value.number
                if number is None and value.status is Status.PROVISIONAL:
                    number = 0  # no row counts, and some are in doubt
                assert isinstance(number, int), figure
                found[figure.kpi, figure.item or ""] = number
    return found


@pytest.mark.parametrize("period", PERIODS)
def test_every_figure_is_recounted(period: str, messy: Messy) -> None:
    """All KPIs and their parts equal the recount; a blank name leaves a meeting in doubt."""
    recounted = Recount(dict(messy.ledgers), *PERIODS[period]).figures()
    if period == "2025-06":  # a month is not split by month once more
        del recounted["unclear_reasons", period]
    summary = messy.summarize(period)
    assert set(summary.kpis) == set(read_settings(None).catalog.kpi)
    assert counted(summary) == recounted
    start, end = PERIODS[period]
    nameless = sum(
        day is not None and start <= day <= end and not row["会議名"]
        for row, day in messy.ledgers["meetings"].days("開催日")
    )
    in_doubt = {f.kpi: f.value.faulty_rows for f in summary.figures if f.value.faulty_rows}
    meetings = dict.fromkeys(("compliance_meetings", "voice_circulations"), nameless)
    assert in_doubt == (meetings if nameless else {})


def test_every_row_is_where_the_recount_has_it(messy: Messy) -> None:
    """Rows read, once, twice, superseded and no data: source by source as recounted."""
    summary = messy.summarize("2025H1")
    assert {fault.kind.code for fault in summary.faults if fault.level == "fault"} == set()
    for report in summary.sources:
        own, ledger = report.accounting, messy.ledgers[report.id]
        assert (own.read, own.usable, own.not_data, own.faulty) == (
            *(ledger.read, len(ledger.rows), ledger.not_data, 0),
        ), report.id
        assert own.duplicate + own.superseded == ledger.duplicate + ledger.superseded


def test_the_exports_are_worth_the_trouble(messy: Messy) -> None:
    """Thousands of rows, and in most sources some that stand there twice or were replaced."""
    ledgers = messy.ledgers.values()
    assert sum(ledger.read for ledger in ledgers) > 10_000
    assert sum(ledger.duplicate for ledger in ledgers) > 500
    assert sum(ledger.superseded for ledger in ledgers) > 30
    assert all(ledger.not_data for ledger in ledgers)


FAULTS = (
    ("2025/9/31", "損保", "不満", {"voices", "voices_nonlife"}, set[str]()),
    ("2025/6/1", "損保", "苦情", {"voices"}, {"voices_nonlife"}),
    ("2025/6/1", "生保", "苦情", {"voices"}, set[str]()),
    ("2025/6/1", "火災", "不満", {"voices_nonlife"}, {"voices"}),
    ("2024/4/1", "損保", "苦情", set[str](), set[str]()),
    ("7/4/1", "生保", "感謝", {"voices"}, set[str]()),
)
"""Rows with a faulty cell, the KPIs that they leave in doubt, and those that never ask for it."""


def test_a_faulty_cell_leaves_in_doubt_who_asks_for_it(messy: Messy) -> None:
    """Its row counts wherever the cell is not asked for, and is in doubt where it is needed."""
    before = messy.summarize("2025H1")
    rows = [
        f"Z{n:03},{day},{line},{kind}"
        for n, (day, line, kind, *_) in enumerate(fault for fault in FAULTS for _ in range(7))
    ]
    bad = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
    (messy.folder / "voices9.csv").write_text(bad, encoding="utf-8")
    text = (messy.folder / "kpicli.toml").read_text(encoding="utf-8")
    config = messy.folder / "faulty.toml"
    config.write_text(
        text.replace('"voices0.csv"', '"voices9.csv", "voices0.csv"'), encoding="utf-8"
    )
    kpis = ("voices", "voices_nonlife")
    after = kpicli.summarize("2025H1", kpis=kpis, config=config, today=TODAY)
    assert after.sources[0].accounting.faulty == 0
    for figure in after.figures:
        if figure.kind == "total":
            same = next(f for f in before.figures if f.kpi == figure.kpi and f.kind == "total")
            touched = 7 * sum(figure.kpi in in_doubt for *_, in_doubt, _ in FAULTS)
            counted_too = 7 * sum(figure.kpi in counting for *_, counting in FAULTS)
            assert figure.value.number == int(same.value.number or 0) + counted_too
            assert figure.value.faulty_rows == touched
