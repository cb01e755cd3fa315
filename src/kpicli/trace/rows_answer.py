"""The answer of `rows`: the rows behind a figure, as cards to read and as records."""

from collections.abc import Iterator

from kpicli.base.wording import Language, Text
from kpicli.output.data.json_parts import Json, record_objects
from kpicli.output.data.records import Cell, Column, Records, columns
from kpicli.output.interface import Answer
from kpicli.output.page.document import Document, Entry, Outline
from kpicli.output.page.phrases import place_phrase, value_phrase
from kpicli.output.page.words import group_name, item_name, named
from kpicli.trace.recount import UNCOUNTED, Evidence, EvidenceCell, EvidenceRow

ROLES = {
    "counted": Text("数えた行", "counted"),
    "numerator": Text("分子と分母", "numerator and denominator"),
    "denominator": Text("分母のみ", "denominator only"),
    "elsewhere": Text("別の出力(分子)", "other export (numerator)"),
    "behind": Text("元の行", "row behind"),
    "looked_up": Text("参照した行", "row looked up"),
    "in_doubt": Text("要確認(数えていない)", "in doubt (not counted)"),
    "not_yet_due": Text("未到来(数えていない)", "not yet due (not counted)"),
}
PLACE = columns(
    source="text",
    file="text",
    sheet="text",
    row="integer",
    line="integer",
    role="text",
    rule="text",
)
"""The columns before those of the KPI."""
OF = columns(kpi="text")
"""The column that follows them where the figure is made of other KPIs: whose row it is."""


def rows_answer(evidence: Evidence) -> Answer:
    """Return the rows behind a figure as an answer."""
    return Answer(
        title=Text("根拠の行", "Rows"),
        records=lambda options: evidence_records(evidence, options.language),
        document=lambda options: evidence_document(evidence, options.language),
        content=lambda options: _content(evidence, options.language),
        day=evidence.figure.period.end,
    )


def evidence_records(evidence: Evidence, language: Language) -> Records:
    """Return one record a row: place, role, rule, then each column as in the file and as read."""
    ids = dict.fromkeys(cell.column for row in evidence.rows for cell in row.cells)
    own = (Column(name) for column in ids for name in (column, f"{column}_read"))
    place = (*PLACE, *OF) if evidence.components else PLACE
    return Records(
        (*place, *own), tuple(_record(row, ids, evidence, language) for row in evidence.rows)
    )


def _record(
    row: EvidenceRow, ids: dict[str, None], evidence: Evidence, language: Language
) -> tuple[Cell, ...]:
    place, cells = row.place, {cell.column: cell for cell in row.cells}
    fields: list[Cell] = [
        row.source,
        place.file,
        place.sheet,
        place.row,
        place.line,
        row.role,
        _rule(row, evidence, language),
        *((row.kpi,) if evidence.components else ()),
    ]
    for name in ids:
        cell = cells.get(name)
        fields += [None, None] if cell is None else [cell.raw, cell.read]
    return tuple(fields)


def _content(evidence: Evidence, language: Language) -> dict[str, Json]:
    figure = evidence.figure
    return {
        "kpi": figure.kpi,
        "period": figure.period.name,
        "start": figure.period.start.isoformat(),
        "end": figure.period.end.isoformat(),
        "item": item_name(figure, evidence, language),
        "figure": value_phrase(figure.value, evidence.kpi, language),
        "status": figure.value.status.value,
        "faulty_rows": figure.value.faulty_rows,
        "rows": list(record_objects(evidence_records(evidence, language))),
    }


def evidence_document(evidence: Evidence, language: Language) -> Document:
    """Return the figure and a card per row.

    A cell shows what the file has and, where reading changed it, what it was read as.
    """
    cards = (_card(number, row, evidence, language) for number, row in enumerate(evidence.rows, 1))
    opening = tuple(Entry(line) for line in _heading(evidence, language))
    return Document(opening, tuple(cards))


def _heading(evidence: Evidence, language: Language) -> Iterator[str]:
    figure, kpi = evidence.figure, evidence.kpi
    item, group = item_name(figure, evidence, language), group_name(figure, evidence, language)
    names = " ".join(
        filter(
            None, (kpi.title.in_language(language), item, None if group is None else f"[{group}]")
        )
    )
    yield f"{names}: {value_phrase(figure.value, kpi, language)}"
    yield figure.period.described(language)
    doubts = figure.value.faulty_rows
    if doubts:
        yield Text(
            f"要確認: ほかに {doubts} 行が関わる恐れがあり、まだ確定していません"
            "(--doubtful で表示)",
            f"Provisional: {doubts} more rows may belong to it (--doubtful shows them)",
        ).in_language(language)
    rows = len([row for row in evidence.rows if row.role not in UNCOUNTED])
    yield Text(
        f"根拠の行: {rows} 行(数え直して一致)", f"Rows: {rows} (counted again, they agree)"
    ).in_language(language)


def _rule(row: EvidenceRow, evidence: Evidence, language: Language) -> str | None:
    """Return what the rule is called that holds for a row; None without one."""
    english = evidence.labels.get("rule", {})
    return None if row.rule is None else named(row.rule, language, english)


def _card(number: int, row: EvidenceRow, evidence: Evidence, language: Language) -> Outline:
    entries = [Entry(f"{cell.header}: {_cell(cell, language)}", 1) for cell in row.cells]
    named_rule = _rule(row, evidence, language)
    rule = "" if named_rule is None else f" / {named_rule}"
    if row.role != "counted" or rule:
        entries.insert(0, Entry(f"{ROLES[row.role].in_language(language)}{rule}", 1))
    if row.kpi is not None:
        entries.insert(0, Entry(evidence.components[row.kpi].in_language(language), 1))
    return Outline(f"{number}. {place_phrase(row.place, language)}", tuple(entries))


def _cell(cell: EvidenceCell, language: Language) -> str:
    if not cell.raw:
        return Text("(空欄)", "(blank)").in_language(language)
    return cell.raw if cell.raw == cell.read else f"{cell.raw} => {cell.read}"
