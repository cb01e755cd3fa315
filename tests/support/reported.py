"""The report workbook read back: its cells by name, its formulas calculated by other means."""

import io
import re
from collections.abc import Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

import openpyxl
from msgspec.structs import replace
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.workbook import Workbook

import kpicli
from kpicli.base.wording import Language, Text
from kpicli.catalog.definition import define
from kpicli.model.summary import Summary
from kpicli.report.model import Report
from kpicli.report.narrative.model import Directive, Item, Passage, Section
from kpicli.report.workbook.workbook import render_workbook
from kpicli.settings.settings import read_settings
from support.root import ROOT

PRINCIPLES = ("1", "2", "3", "4", "5", "6", "7")
Cells = Mapping[str, Any]
Sheet = Any
"""A worksheet as openpyxl reads it, whose types leave half of it out."""


@cache
def sample_summary() -> Summary:
    """Return the sample project's first half of 2025, by month, with both comparisons.

    It is made once in a process; nothing in it can change.
    """
    return kpicli.summarize(
        "2025H1",
        by="month",
        compare=("previous", "year_ago"),
        config=ROOT / "kpicli.toml",
        today=date(2025, 11, 1),
    )


def only(summary: Summary, *kpis: str) -> Summary:
    """Return the summary of some of its KPIs, which is sooner rendered."""
    return replace(
        summary,
        kpis={name: summary.kpis[name] for name in kpis},
        figures=tuple(figure for figure in summary.figures if figure.kpi in kpis),
        accounting=tuple(rows for rows in summary.accounting if rows.kpi in kpis),
    )


def report_on(summary: Summary, text: str = "") -> Report:
    """Return a report with a section for every principle, its texts those given."""
    passage = (Passage(text),) if text else ()
    home = {name: (head.principles or ("",))[0] for name, head in summary.kpis.items()}
    sections = []
    for principle in PRINCIPLES:
        names = tuple(name for name, at in home.items() if at == principle)
        contents = (*passage, Directive("figures", names), *passage)
        heading = Passage(f"原則{principle} 第{principle}の原則")
        sections.append(Section((principle,), heading, (Item(contents=contents),)))
    return Report("2025年度上期のご報告", passage, tuple(sections), summary, definitions())


@cache
def definitions() -> dict[str, tuple[Text, ...]]:
    """Return the definition of every built-in KPI."""
    catalog = read_settings(ROOT / "kpicli.toml").catalog
    return {name: define(kpi, catalog) for name, kpi in catalog.kpi.items()}


def opened(content: bytes, *, formulas: bool = False) -> Workbook:
    """Return the workbook with the results of its formulas, or with the formulas themselves."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def rendered(report: Report, language: Language = "ja") -> bytes:
    """Return the workbook of a report."""
    return render_workbook(report, language)


def cells(sheet: Sheet) -> dict[str, Any]:
    """Return every filled cell of a sheet by its address."""
    return {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}


def figure_lines(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the lines of figures on the report sheet, under the short names of their columns."""
    names = [str(cell.value).split("\n")[0] for cell in sheet[3]]
    names = [f"{names[n - 1]}{name}" if name == "増減" else name for n, name in enumerate(names)]
    unit = names.index("単位")
    rows = [row for row in sheet.iter_rows(min_row=4) if row[0].hyperlink or row[unit].value]
    return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]


def sheets(book: Workbook) -> list[Sheet]:
    """Return the sheets in their order."""
    return list(book.worksheets)


_SUM = re.compile(r"SUM\(([A-Z]+)(\d+):([A-Z]+)(\d+)\)")
_ROUND = re.compile(r"ROUND\(([^,()]*(?:\([^()]*\))?[^,()]*),(\d)\)")
_CELL = re.compile(r"[A-Z]+\d+")


def calculated(formula: str, values: Cells) -> float:
    """Return what a formula comes to, in exact decimals; it may add, round and divide."""

    def total(found: re.Match[str]) -> str:
        box = f"{found[1]}{found[2]}:{found[3]}{found[4]}"
        rows, columns = _inside(box)
        inside = (values.get(f"{column}{row}") for row in rows for column in columns)
        return f"({sum(Decimal(str(v)) for v in inside if v is not None)})"

    def rounded(found: re.Match[str]) -> str:
        unit = Decimal(1).scaleb(-int(found[2]))
        return str(_evaluated(found[1]).quantize(unit, rounding=ROUND_HALF_UP))

    text = _SUM.sub(total, formula.removeprefix("="))
    text = _CELL.sub(lambda found: str(values[found[0]]), text)
    return float(_evaluated(_ROUND.sub(rounded, text)))


def _evaluated(text: str) -> Decimal:
    exact = re.sub(r"\d+(?:\.\d+)?", lambda found: f"Decimal('{found[0]}')", text)
    return Decimal(eval(exact, {"Decimal": Decimal}))


def _inside(box: str) -> tuple[range, list[str]]:
    left, first, right, last = (int(edge or 0) for edge in range_boundaries(box))
    letters = [get_column_letter(number) for number in range(left, right + 1)]
    return range(first, last + 1), letters
