"""A summary that shows itself as a table in a notebook, and its parts as records for frames."""

from collections.abc import Iterator
from html import escape

from kpicli.base.wording import Language, quantity
from kpicli.model.accounting import KpiAccounting
from kpicli.model.summary import Summary
from kpicli.output.data.records import Cell, Records, columns
from kpicli.output.page.document import Document, Figures, Line, Listing, Notes, Section
from kpicli.output.page.safety import plain
from kpicli.output.page.words import exclusion_words

ACCOUNTING = columns(
    kpi="text",
    source="text",
    usable="integer",
    faulty="integer",
    counted="integer",
    not_selected="integer",
    no_date="integer",
    out_of_period="integer",
    not_yet_due="integer",
    excluded="integer",
    undetermined="integer",
    rules="text",
)
"""Where every candidate row of a KPI went; `rules` are those by which rows are excluded."""


class ShownSummary(Summary, frozen=True):
    """A summary as Python's users get it: a notebook shows it as a table."""

    def __repr__(self) -> str:
        """Return the period and how many figures of how many KPIs there are."""
        kpis = quantity(len(self.kpis), "KPI")
        return f"<Summary {self.period.name}: {kpis}, {quantity(len(self.figures), 'figure')}>"

    def _repr_html_(self) -> str:
        """Return the figures as a table of HTML, in Japanese; notebooks ask for it by this name."""
        from kpicli.output.page.page import summary_document

        return "".join(_html(summary_document(self, "ja")))


def shown(summary: Summary) -> ShownSummary:
    """Return the summary as one that shows itself."""
    return ShownSummary(*(getattr(summary, name) for name in summary.__struct_fields__))


def accounting_records(summary: Summary, language: Language) -> Records:
    """Return a record for each KPI and each of its sources."""
    return Records(
        ACCOUNTING, tuple(_accounting(each, summary, language) for each in summary.accounting)
    )


def _accounting(each: KpiAccounting, summary: Summary, language: Language) -> tuple[Cell, ...]:
    head = summary.kpis[each.kpi]
    rules = (exclusion_words(rule, head, language) for rule, _ in each.excluded)
    return (
        each.kpi,
        each.source,
        each.usable,
        each.faulty,
        each.counted,
        each.not_selected,
        each.no_date,
        each.out_of_period,
        each.not_yet_due,
        sum(rows for _, rows in each.excluded),
        each.undetermined,
        "; ".join(rules) or None,
    )


def _html(document: Document) -> Iterator[str]:
    first, *others = document.opening
    yield f"<p><b>{_safe(first.text)}</b><br>{'<br>'.join(_safe(e.text) for e in others)}</p>"
    for block in document.blocks:
        if isinstance(block, Figures | Listing):
            for section in block.sections:
                yield from _table(block, section)
        elif isinstance(block, Notes):
            notes = "".join(f"<li>{_safe(line)}</li>" for line in block.lines)
            yield f"<p>{_safe(block.heading)}</p><ul>{notes}</ul>"


def _table(block: Figures | Listing, section: Section) -> Iterator[str]:
    heads = "".join(f"<th>{_safe(column.name)}</th>" for column in block.columns)
    right = [column.right for column in block.columns]
    caption = f"<caption>{_safe(section.heading)}</caption>" if section.heading else ""
    yield f"<table>{caption}<thead><tr><th>{_safe(block.item)}</th>{heads}</tr></thead><tbody>"
    yield from (_row(line, right) for line in section.lines)
    yield "</tbody></table>"


def _row(line: Line, right: list[bool]) -> str:
    cells = "".join(
        f'<td style="text-align:{"right" if is_number else "left"}">{_safe(cell)}</td>'
        for cell, is_number in zip(line.cells, right, strict=True)
    )
    name = f'<th style="text-align:left;padding-left:{0.5 + line.depth}em">{_safe(line.name)}</th>'
    return f"<tr>{name}{cells}</tr>"


def _safe(text: str) -> str:
    return escape(plain(text))
