"""The end of a report: where each KPI stands, what it counts, and where the rows went."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.model.figures import Summary
from kpicli.output.page import words
from kpicli.output.page.document import Line
from kpicli.output.page.grid_tables import Grid, plain_grid
from kpicli.output.page.row_tables import counts, covered, kpi_table, run_rows
from kpicli.report import labels
from kpicli.report.model import Report, Section

if TYPE_CHECKING:
    from kpicli.report.charts.chart_data import Chart


class Chapter(Struct, frozen=True):
    """One principle: its words (Markdown), its table of figures, its charts."""

    anchor: str
    heading: str
    section: Section
    grid: Grid | None
    charts: "tuple[Chart, ...]"


class Correspondence(Struct, frozen=True):
    """A KPI with its principles and the chapters that show it."""

    title: str
    id: str
    principles: str
    chapters: tuple[Chapter, ...]


def correspondence_entries(
    summary: Summary, chapters: tuple[Chapter, ...], language: Language
) -> Iterator[Correspondence]:
    """Yield every KPI with the chapters that show it."""
    for name, head in summary.kpis.items():
        wanted = head.principles or ("",)
        places = tuple(c for c in chapters if c.section.principle in wanted)
        yield Correspondence(
            head.title.in_language(language), name, ", ".join(head.principles), places
        )


def definitions_entries(
    report: Report, language: Language
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield title, id and definition of every KPI."""
    for name, head in report.summary.kpis.items():
        lines = report.definitions.get(name, ())
        yield (
            head.title.in_language(language),
            name,
            tuple(line.in_language(language) for line in lines),
        )


def accounting_grids(summary: Summary, language: Language) -> Iterator[Grid]:
    """Yield where the rows of each source and each KPI went, and what the run is known by."""
    rows = [
        Line(
            0,
            source.title.in_language(language),
            (*map(_number, counts(source.accounting)), _months(covered(source))),
        )
        for source in summary.sources
    ]
    columns = (*words.ACCOUNTING.values(), labels.MONTHS)
    yield plain_grid(words.ROWS, words.SOURCE, columns, rows, language)
    table = kpi_table(summary, language)
    lines = [
        Line(0, str(row[0]), tuple("" if c is None else _number(c) for c in row[1:]))
        for row in table.rows
    ]
    yield plain_grid(table.title, table.columns[0], table.columns[1:], lines, language)
    run = [Line(0, str(name), (str(value),)) for name, value in run_rows(summary, language)]
    yield plain_grid(labels.RUN, words.ITEM, (labels.VALUE,), run, language)


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


def _months(names: str) -> str:
    """Return covered months as spans: `2024-04..2025-09`; those that do not follow stay apart."""
    months = names.split()
    return f"{months[0]}..{months[-1]}" if len(months) > 1 and _follow(months) else " ".join(months)


def _follow(months: list[str]) -> bool:
    numbers = [12 * int(name[:4]) + int(name[5:7]) for name in months]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))
