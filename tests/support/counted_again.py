"""Figures counted again from `rows --all`: by the query of the documentation, and by hand."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from statistics import median

import duckdb
from pyarrow import parquet

from kpicli.catalog.kpis.kpi import Kpi
from kpicli.model.figures import Figure
from kpicli.model.summary import Summary
from kpicli.model.value import Status, unrounded
from kpicli.output.formats import Options, render
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, read_settings
from kpicli.trace.accounted_answer import accounted_answer, find_accounting
from kpicli.trace.rows_request import RowsRequest
from support.root import ROOT

Row = dict[str, object]
Names = tuple[object, ...]
"""KPI and, where figures are split, the part."""


def query(rows: Path, split: str = "") -> str:
    """Return the query of docs/formats.md over a file, by one more column where one is named.

    Of parts each row is there once for each of its values.
    """
    whole = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    text = whole.partition("\n## Every row, to count again\n")[2].partition("\n## ")[0]
    (sql,) = re.findall(r"```sql\n(.*?)```", text, re.DOTALL)
    (apart,) = re.findall(r"`(FROM \(.*?\))` gives each its row", text)
    if split == "part":
        sql = sql.replace("FROM 'rows.parquet'", apart)
    if split:
        sql = sql.replace("SELECT kpi,", f"SELECT kpi, {split},")
    return str(sql).replace("rows.parquet", str(rows))


def by_query(rows: Path, split: str = "") -> dict[Names, float]:
    """Return what the query gives, by KPI and the value of the column."""
    found = duckdb.connect().execute(query(rows, split)).fetchall()
    return {tuple(names): float(figure) for *names, figure in found}


def by_hand(rows: Path, split: str = "") -> dict[Names, Fraction]:
    """Return the same figures, counted row by row by Python alone."""
    groups: dict[Names, list[Row]] = {}
    for row in parquet.read_table(rows).to_pylist():
        if row["disposition"] == "counted":
            names = str(row[split.strip('"')]).split("; ") if split else [""]
            for name in names:
                key = (row["kpi"], name) if split else (row["kpi"],)
                groups.setdefault(key, []).append(row)
    return {key: _figure(own) for key, own in groups.items()}


def _figure(rows: Sequence[Row]) -> Fraction:
    measure, persons = rows[0]["measure"], {row["identity"] for row in rows} - {None}
    if measure == "ratio" and persons:
        fits = {row["identity"] for row in rows if row["numerator"] != 0}
        return Fraction(100 * len(fits), len(persons))
    if measure in ("ratio", "mean"):
        share = _sum(rows, "numerator") / _sum(rows, "denominator")
        return 100 * share if measure == "ratio" else share
    if measure == "sum":
        return _sum(rows, "numerator")
    if measure == "median":
        return median(Fraction(str(row["value"])) for row in rows)
    return Fraction(len(persons) if persons else len(rows))


def _sum(rows: Iterable[Row], name: str) -> Fraction:
    return sum((Fraction(str(row[name])) for row in rows), Fraction(0))


def accounted(settings: Settings, kpi: str, request: Request, today: date, folder: Path) -> Path:
    """Write `rows --all` of a KPI as Parquet into a folder."""
    own = Request(request.period, (kpi,), request.by)
    accounting = find_accounting(settings, RowsRequest(own), today, show_personal=False)
    written = render("parquet", accounted_answer(accounting), Options("ja"))
    assert isinstance(written, bytes)
    file = folder / f"{kpi}.parquet"
    file.write_bytes(written)
    return file


def exact(figure: Figure, kpi: Kpi) -> Fraction:
    """Return a figure before rounding, in units of one."""
    known = unrounded(figure.value)
    number = Fraction(figure.value.number or 0) if known is None else known
    return number * Fraction(10) ** kpi.shortening.scale


def assert_counted_again(summary: Summary, config: Path, today: date, folder: Path) -> int:
    """Count all totals, parts and rules of a summary again, both ways; return how many.

    What has no number, as it is over nothing or not known, has no row.
    """
    settings = read_settings(config)
    request, compared = Request(summary.period), 0
    for kpi in settings.catalog.kpi.values():
        own = [f for f in summary.figures if f.kpi == kpi.id and f.group is None]
        if not own or own[0].value.status is Status.NO_DATA:
            continue
        rows = accounted(settings, kpi.id, request, today, folder)
        for kind, split in (("total", ""), ("part", "part"), ("rule", "rule")):
            wanted = {
                (f.kpi, f.item) if split else (f.kpi,): exact(f, kpi)
                for f in own
                if f.kind == kind and f.value.number
            }
            if split and not wanted:
                continue
            queried, counted = by_query(rows, split), by_hand(rows, split)
            known = {key: value for key, value in queried.items() if key[-1] is not None}
            if not wanted.keys() <= known.keys() <= counted.keys():
                raise AssertionError(f"{kpi.id}: {wanted}, {known}, {counted}")
            nothing = {(f.kpi,) for f in own if f.kind == kind and f.value.number == 0}
            if not split and any(known.get(key) for key in nothing):
                raise AssertionError(f"{kpi.id}: {known} of nothing")
            for key, value in wanted.items():
                if counted[key] != value or abs(queried[key] - float(value)) > 1e-9 * abs(value):
                    raise AssertionError(f"{key}: {value}, {counted[key]}, {queried[key]}")
                compared += 1
    return compared
