"""The sheet 集計表 of a summary: a row a KPI, fit for one page of A4, its numbers real ones."""

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from kpicli.base.wording import Language, Text
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.judgements import TargetStatus
from kpicli.model.summary import Summary
from kpicli.model.value import Status, Value
from kpicli.output.data.front import Front, FrontCell, FrontColumn, FrontRow, Look
from kpicli.output.page import words
from kpicli.output.page.blocks import Cluster, KpiBlock, by_principle, compared_period, kpi_blocks
from kpicli.output.page.phrases import (
    bound_phrase,
    dates_phrase,
    group_phrase,
    heading_phrases,
    item_phrase,
    origin_phrase,
    span_value_phrase,
    status_phrase,
    title_phrase,
    value_phrase,
)
from kpicli.output.summary.names import figure_names
from kpicli.output.summary.verdict import verdict
from kpicli.output.workbook.cell_numbers import change_format, number_format, stored
from kpicli.values.numbers import grouped

_PARTS = Text("内訳", "Parts")
_CHANGE = Text("増減", "Change")
_RATE: dict[str, Text] = {
    "previous": Text("前期比", "vs previous"),
    "year_ago": Text("前年同期比", "vs year ago"),
}
_MORE = Text("ほか {number} 行(シート「{sheet}」)", "and {number} more (sheet {sheet})")
MOST_PARTS = 12
"""So many parts are named of a KPI; the sheet データ has every one."""
_PERCENT, _THOUSANDTH = "0.0%", Decimal("0.001")
_LOOKS: dict[TargetStatus, Look] = {TargetStatus.MET: "met", TargetStatus.MISSED: "missed"}


def summary_front(summary: Summary, language: Language) -> Front:
    """Return the sheet for people: principles as bands, a row for each KPI."""
    blocks = by_principle(kpi_blocks(summary))
    rows: list[FrontRow] = []
    names = figure_names(summary)
    for principle, members in blocks.items():
        heading = words.PRINCIPLE.filled(name=principle) if principle else words.NO_PRINCIPLE
        rows.append(FrontRow((FrontCell(heading.in_language(language)),), band=True))
        for block in members:
            rows += _rows(block, summary, names, language)
    return front_sheet(
        summary,
        language,
        words.FRONT_SHEET.in_language(language),
        (verdict(summary, language),),
        tuple(_columns(summary, language)),
        rows,
        tuple(_notes(summary, language)),
    )


def front_sheet(
    summary: Summary,
    language: Language,
    sheet: str,
    lines: tuple[str, ...],
    columns: Sequence[FrontColumn],
    rows: Sequence[FrontRow],
    notes: tuple[str, ...] = (),
) -> Front:
    """Return a sheet for people under the organisation's name, the period and its dates."""
    period = summary.period
    as_of = words.AS_OF.filled(day=summary.as_of.isoformat()).in_language(language)
    owner = "" if summary.organisation is None else summary.organisation.in_language(language)
    return Front(
        sheet=sheet,
        title=" ".join(filter(None, (owner, period.label(language)))),
        lines=(f"{dates_phrase(period, language)} ({as_of})", *lines),
        columns=tuple(columns),
        rows=tuple(rows),
        notes=notes,
        owner=owner,
    )


def _columns(summary: Summary, language: Language) -> Iterator[FrontColumn]:
    yield FrontColumn(words.ITEM.in_language(language), 44, wraps=True)
    yield FrontColumn(_PARTS.in_language(language), 46, wraps=True)
    yield FrontColumn(words.VALUE.in_language(language), 11)
    yield FrontColumn(words.UNIT.in_language(language), 7)
    for kind in summary.compared:
        other = compared_period(summary, kind)
        dates = () if other is None else heading_phrases(other, language)[:1]
        name = "\n".join((words.COMPARED[kind].in_language(language), *dates))
        yield FrontColumn(name, 13)
        yield FrontColumn(_CHANGE.in_language(language), 10)
        yield FrontColumn(_RATE[kind].in_language(language), 11)
    yield FrontColumn(words.TARGET.in_language(language), 22, wraps=True)
    yield FrontColumn(words.JUDGEMENT.in_language(language), 10)
    yield FrontColumn(words.STATUS.in_language(language), 16, wraps=True)


def _rows(
    block: KpiBlock, summary: Summary, names: dict[int, str], language: Language
) -> Iterator[FrontRow]:
    """Yield the row of a KPI; groups are left to the cross table, unless they are all it has."""
    title = title_phrase(block.head, language, split=False)
    if block.whole is not None:
        yield _row(title, block.whole, block.head, summary, names, language)
        return
    for group in block.groups:
        name = f"{title} {group_phrase(group.first, block.head, language)}"
        yield _row(name, group, block.head, summary, names, language)


def _row(
    name: str,
    cluster: Cluster,
    head: KpiHead,
    summary: Summary,
    names: dict[int, str],
    language: Language,
) -> FrontRow:
    total = cluster.total
    cells = [FrontCell(name, look="bold"), FrontCell(_parts(cluster, head, language))]
    if total is None:
        return FrontRow(tuple(cells))
    cells.append(number_cell(total.value, head, language, look="bold", name=names.get(id(total))))
    cells.append(FrontCell("" if head.percentage else head.unit.in_language(language)))
    for kind in summary.compared:
        other = next((each for each in total.comparisons if each.kind == kind), None)
        cells += _compared(total, other, head, language)
    cells += [
        FrontCell(_targets(total, head, language) or None),
        _judgement(total, language),
        _state(total, language),
    ]
    return FrontRow(tuple(cells))


def _parts(cluster: Cluster, head: KpiHead, language: Language) -> str | None:
    """Return the counts behind a percentage, then the first parts; None without any."""
    total = cluster.total
    said = []
    if total is not None and head.percentage and total.value.numerator is not None:
        said.append(value_phrase(total.value, head, language).rpartition(" ")[0])
    lines = [figure for figure in cluster.lines if figure.kind != "subpart"]
    for figure in lines[:MOST_PARTS]:
        value = value_phrase(figure.value, head, language)
        said.append(f"{item_phrase(figure, head, language)} {value}")
    if len(lines) > MOST_PARTS:
        more = grouped(len(lines) - MOST_PARTS)
        data = words.DATA_SHEET.in_language(language)
        said.append(_MORE.filled(number=more, sheet=data).in_language(language))
    return words.LIST_SEPARATOR.in_language(language).join(filter(None, said)) or None


def number_cell(
    value: Value,
    head: KpiHead,
    language: Language,
    *,
    look: Look = "plain",
    name: str | None = None,
) -> FrontCell:
    """Return a number, or dates, or blank where there is neither: the state says why."""
    if value.dates is not None:
        return FrontCell(value_phrase(value, head, language), look=look, name=name)
    return FrontCell(stored(value, head), number_format(value, head), look, name)


def _compared(
    figure: Figure, other: Comparison | None, head: KpiHead, language: Language
) -> Iterator[FrontCell]:
    """Yield the value then, the change, and of counts how many percent of it there are now."""
    if other is None or other.value.status is Status.NO_DATA:
        yield from (FrontCell(), FrontCell(), FrontCell())
        return
    yield number_cell(other.value, head, language)
    yield FrontCell(other.change, change_format(other.change, head))
    now, then = figure.value.number, other.value.number
    rate = None
    if other.change is not None and not head.percentage and now is not None and then:
        rate = Decimal(now) / Decimal(then)
    yield FrontCell(None if rate is None else rate.quantize(_THOUSANDTH, ROUND_HALF_UP), _PERCENT)


def _targets(figure: Figure, head: KpiHead, language: Language) -> str:
    bounds = (bound_phrase(target, head, language) for target in figure.targets)
    return words.LIST_SEPARATOR.in_language(language).join(bounds)


def _judgement(figure: Figure, language: Language) -> FrontCell:
    """Return how the targets stand; the worst of them gives the colour."""
    if figure.target is None:
        return FrontCell()
    said = dict.fromkeys(
        words.TARGET_STATUSES[target.status].in_language(language) for target in figure.targets
    )
    text = words.LIST_SEPARATOR.in_language(language).join(said)
    return FrontCell(text, look=_LOOKS.get(figure.target.status, "quiet"))


def _state(figure: Figure, language: Language) -> FrontCell:
    """Return what keeps a value from being final, or where it comes from if not from this run."""
    state = status_phrase(figure.value, language)
    said = " ".join(filter(None, (origin_phrase(figure.origin, language), state)))
    return FrontCell(said or None, look="doubtful" if state else "quiet")


def _notes(summary: Summary, language: Language) -> Iterator[str]:
    """Yield what a KPI's numbers need said, and values of targets whose span is another one."""
    for head in summary.kpis.values():
        for remark in head.remarks:
            title = head.title.in_language(language)
            yield f"{title}: {remark.in_language(language)}"
    for figure in summary.figures:
        head = summary.kpis[figure.kpi]
        for target in figure.targets:
            said = span_value_phrase(target, head, language)
            if said:
                yield f"{head.title.in_language(language)}: {said}"
