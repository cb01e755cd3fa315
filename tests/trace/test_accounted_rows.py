"""Where each row went: its place, its group, and the accounting that all of them make up."""

import csv
import io
from pathlib import Path

import numpy as np
import pytest
from msgspec.structs import replace

import kpicli
from kpicli.base.errors import InternalError
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.accounted_answer import find_accounting
from kpicli.trace.rows_request import RowsRequest
from support.command_line import Run
from support.counted_again import accounted, by_hand, by_query
from support.engines import loaded
from support.funds_project import funds
from support.one_run import period
from support.parquet_files import sample_as_parquet
from support.root import ROOT
from support.small_project import TODAY


@pytest.mark.parametrize("by", ["line", "month"])
def test_groups(by: str, tmp_path: Path) -> None:
    """`--by` puts each row into its group: the query gives every group's figure."""
    own = funds(tmp_path, 1)
    summary = kpicli.summarize("2025H1", config=own.config, by=by, today=TODAY)
    settings = read_settings(own.config)
    compared = 0
    for kpi in ("counted", "weighed", "owners_counted", "share_of_money", "not_stocks"):
        request = Request(period("2025H1"), (kpi,), by)
        rows = accounted(settings, kpi, request, TODAY, tmp_path)
        queried, counted = by_query(rows, '"group"'), by_hand(rows, '"group"')
        for figure in summary.figures:
            if figure.kpi == kpi and figure.by == by and figure.kind == "total":
                number = float(figure.value.number or 0)
                assert round(queried.get((kpi, figure.group), 0), 4) == pytest.approx(
                    number, abs=0.05001
                )
                assert float(counted.get((kpi, figure.group), 0)) == pytest.approx(
                    queried.get((kpi, figure.group), 0)
                )
                compared += 1
    assert compared >= 15


def test_personal_values_are_numbered(tmp_path: Path, run_in: Run) -> None:
    """Persons are told apart by numbers alone, unless they are to be shown."""
    own = funds(tmp_path, 2)
    asked = ("rows", "owners_counted", "-p", "2025H1", "--all", "-f", "csv")
    hidden = run_in(own.config.parent, *asked).text
    assert not any(f"C{number}" in hidden for number in range(1, 5))
    rows = list(csv.DictReader(io.StringIO(hidden)))
    seen = {(row["identity"], row["owner_read"]) for row in rows if row["disposition"] == "counted"}
    assert len(seen) == len({identity for identity, _ in seen}) == 4
    assert {owner for _, owner in seen} == {"*1", "*2", "*3", "*4"}
    shown = run_in(own.config.parent, *asked, "--show-personal").text
    assert "C1" in shown


def test_numbers_are_those_of_places(tmp_path: Path) -> None:
    """Text, workbooks, Parquet, reshaped lines: all rows at once have the numbers of each."""
    configs = [ROOT / "kpicli.toml", sample_as_parquet(tmp_path / "p", typed=True) / "kpicli.toml"]
    tables = [t for own in configs for data in loaded(own).values() for t in data.tables]
    assert len(tables) > 30
    for table in tables:
        rows, lines = table.numbers()
        places = [table.place(row, None) for row in range(table.rows)]
        assert rows.tolist() == [place.row for place in places]
        shown = [None] * table.rows if lines is None else lines.tolist()
        assert shown == [place.line for place in places]


def test_rows_that_do_not_add_up(tmp_path: Path) -> None:
    """Rows that do not make up the accounting of the KPI are an error, and no answer."""
    asked = RowsRequest(Request(period("2025H1"), ("counted",)))
    settings = read_settings(funds(tmp_path, 1).config)
    accounting = find_accounting(settings, asked, TODAY, show_personal=False)
    (own,) = accounting.own
    state = own.calculation.state.copy()
    state[np.flatnonzero(state == 0)[0]] = 1
    wrong = replace(own, calculation=replace(own.calculation, state=state))
    with pytest.raises(InternalError, match=r"\(counted\)"):
        replace(accounting, own=(wrong,)).rows("ja")
