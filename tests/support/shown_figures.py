"""Figures as kpicli's outputs show them, read back from CSV, JSON and xlsx into one shape."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl

from recount.tallies import Value

Key = tuple[str, str]
"""KPI and item; the total's item is empty."""
Cell = Any
"""What csv, json and openpyxl hand over: text, a number or nothing."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as shown: the number, a ratio's two counts, and the two comparisons."""

    value: Decimal | None
    numerator: int | None
    denominator: int | None
    previous: Decimal | None = None
    year_ago: Decimal | None = None


def number(value: Value | None) -> Decimal | None:
    """Return what is shown for a count or a ratio: percent, rounded half up to one decimal."""
    if value is None or isinstance(value, int):
        return None if value is None else Decimal(value)
    numerator, denominator = value
    if denominator == 0:
        return None
    percent = Decimal(100 * numerator) / denominator
    return percent.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def expected(value: Value, previous: Value | None = None, year_ago: Value | None = None) -> Shown:
    """Return how a count or a ratio, with its comparisons, has to be shown."""
    numerator, denominator = (None, None) if isinstance(value, int) else value
    return Shown(number(value), numerator, denominator, number(previous), number(year_ago))


def from_tidy(rows: Iterable[Mapping[str, Cell]]) -> dict[Key, Shown]:
    """Return totals and parts of tidy rows; labelled rules and notes are told beside them."""
    return {
        (row["kpi"], row["item"] or ""): Shown(
            _decimal(row["value"]),
            _whole(row["numerator"]),
            _whole(row["denominator"]),
            _decimal(row["previous"]),
            _decimal(row["year_ago"]),
        )
        for row in rows
        if row["part"] not in {"rule", "memo"}
    }


def _decimal(cell: Cell) -> Decimal | None:
    return None if cell in {None, ""} else Decimal(str(cell))


def _whole(cell: Cell) -> int | None:
    return None if cell in {None, ""} else int(cell)


def from_csv(text: bytes) -> dict[Key, Shown]:
    """Return the figures of the CSV output."""
    return from_tidy(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


_HEADS = {
    "指標ID": "kpi",
    "内訳の列": "part",
    "内訳": "item",
    "実績": "value",
    "分子": "numerator",
    "分母": "denominator",
    "前期": "previous",
    "前年同期": "year_ago",
}


def from_xlsx(path: Path) -> dict[Key, Shown]:
    """Return the figures of the workbook: its sheet データ holds the tidy rows."""
    book = openpyxl.load_workbook(path)
    heads, *rows = book["データ"].iter_rows(values_only=True)
    names = [_HEADS.get(str(head), str(head)) for head in heads]
    return from_tidy(dict(zip(names, row, strict=True)) for row in rows)


def from_json(summary: Mapping[str, Any]) -> dict[Key, Shown]:
    """Return the figures of the JSON output, outside any group."""
    shown: dict[Key, Shown] = {}
    for kpi in summary["kpis"]:
        figures = kpi["figures"]
        total = [] if figures["total"] is None else [{**figures["total"], "item": ""}]
        for figure in [*total, *figures["parts"]]:
            shown[kpi["id"], figure["item"]] = _of_json(figure)
    return shown


def _of_json(figure: Mapping[str, Any]) -> Shown:
    compared = {each["kind"]: _decimal(each["value"]) for each in figure["comparisons"]}
    return Shown(
        _decimal(figure["value"]),
        figure["numerator"],
        figure["denominator"],
        compared.get("previous"),
        compared.get("year_ago"),
    )
