"""The end of an internal report: where each KPI stands, what it counts, where the rows went."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.model.summary import Summary
from kpicli.output.page import words
from kpicli.output.page.document import Line
from kpicli.output.page.grid_tables import Grid, plain_grid
from kpicli.output.page.row_tables import counts, covered, kpi_table, run_rows
from kpicli.report import labels
from kpicli.report.model import Link, Report


class Correspondence(Struct, frozen=True):
    """A KPI with its principles and links to the sections that show it."""

    title: str
    id: str
    principles: str
    places: tuple[Link, ...]


class Definition(Struct, frozen=True):
    """A KPI and its definition, a line each."""

    title: str
    id: str
    lines: tuple[str, ...]


class Appendix(Struct, frozen=True):
    """What the desk needs, and nobody else."""

    correspondence: tuple[Correspondence, ...]
    definitions: tuple[Definition, ...]
    accounting: tuple[Grid, ...]


def correspondence_entries(
    summary: Summary, places: Mapping[str, Sequence[Link]], language: Language
) -> Iterator[Correspondence]:
    """Yield every KPI with the sections that show it."""
    for name, head in summary.kpis.items():
        shown = tuple(places.get(name, ()))
        title = head.title.in_language(language)
        yield Correspondence(title, name, ", ".join(head.principles), shown)


def definition_entries(report: Report, language: Language) -> Iterator[Definition]:
    """Yield the definition of every KPI."""
    for name, head in report.summary.kpis.items():
        lines = report.definitions.get(name, ())
        title = head.title.in_language(language)
        yield Definition(title, name, tuple(line.in_language(language) for line in lines))


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
