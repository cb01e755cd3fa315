"""The answer of `rows`: the rows behind a figure, as cards to read and as records."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from msgspec.structs import replace

from kpicli.base.faults import Place
from kpicli.base.wording import Language, Text, quantity
from kpicli.output.data.json_parts import record_objects
from kpicli.output.data.records import Cell, Column, Records, columns
from kpicli.output.interface import Answer, Json
from kpicli.output.page.document import Column as TableColumn
from kpicli.output.page.document import Document, Entry, Line, Listing, Section
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
_ROW = Text("行", "Row")
_ON_LINE = Text("{row} (ファイルの {line} 行目)", "{row} (line {line})")
_READ = Text("{header}(読んだ値)", "{header} (as read)")
_CONSTANT = Text("{cell} (設定の値)", "{cell} (constant)")
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
        table=lambda options: evidence_table(evidence, options.language),
    )


def evidence_table(evidence: Evidence, language: Language) -> Records:
    """Return the records for a workbook: under the headers of the files, roles in words."""
    records = evidence_records(evidence, language)
    heads = {cell.column: cell.header for row in evidence.rows for cell in row.cells}
    titles = {name: Text(head, head) for name, head in heads.items()}
    titles |= {
        f"{name}_read": _READ.filled(header=head)
        for name, head in heads.items()
        if f"{name}_read" not in heads
    }
    fixed = len(PLACE) + len(OF if evidence.components else ())
    own = (replace(each, title=titles[each.name]) for each in records.columns[fixed:])
    roles = {role: words.in_language(language) for role, words in ROLES.items()}
    records = replace(records, columns=(*records.columns[:fixed], *own))
    return records.in_words({"role": roles})


def evidence_records(evidence: Evidence, language: Language) -> Records:
    """Return one record a row: place, role, rule, then each column as in the file and as read.

    What is the same in all rows by the settings stands in no file.
    """
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
        fields += [None, None] if cell is None else [None if cell.constant else cell.raw, cell.read]
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
    opening = tuple(Entry(line) for line in _heading(evidence, language))
    ids = dict.fromkeys(cell.column for row in evidence.rows for cell in row.cells)
    heads = {cell.column: cell.header for row in evidence.rows for cell in row.cells}
    columns = tuple(TableColumn(name, heads[name], prose=True) for name in ids)
    sections = tuple(
        Section(heading, tuple(_line(row, ids, language) for row in rows))
        for heading, rows in groupby(evidence.rows, lambda row: _place(row, evidence, language))
    )
    return Document(opening, (Listing(_ROW.in_language(language), columns, sections, ids=True),))


_NO_VALUE = Text("(値なし)", "(no value)")
"""What a cell was read as that holds no date, number or code, or a word for nothing."""
_ON_DEMAND = Text("(--doubtful で表示)", " (--doubtful shows them)")
_BELOW = Text("(下の「要確認」)", " (below, as provisional)")


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
        shown = any(row.role == "in_doubt" for row in evidence.rows)
        way = _BELOW if shown else _ON_DEMAND
        yield Text(
            f"要確認: ほかに {doubts} 行が関わる恐れがあり、まだ確定していません{way.ja}",
            f"Provisional: {quantity(doubts, 'more row')} may belong to it{way.en}",
        ).in_language(language)
    rows = len([row for row in evidence.rows if row.role not in UNCOUNTED])
    yield Text(
        f"根拠の行: {rows} 行(数え直して一致)", f"Rows: {rows} (counted again, they agree)"
    ).in_language(language)


def _rule(row: EvidenceRow, evidence: Evidence, language: Language) -> str | None:
    """Return what the rule is called that holds for a row; None without one."""
    english = evidence.labels.get("rule", {})
    return None if row.rule is None else named(row.rule, language, english)


def _place(row: EvidenceRow, evidence: Evidence, language: Language) -> str:
    """Return the file and sheet of a row, after what it counts for where that is not as usual."""
    place = place_phrase(Place(row.place.file, row.place.sheet), language)
    named_rule = _rule(row, evidence, language)
    component = None if row.kpi is None else evidence.components[row.kpi].in_language(language)
    usual = row.role == "counted" and named_rule is None
    role = None if usual else ROLES[row.role].in_language(language)
    return " / ".join(filter(None, (component, role, named_rule, place)))


def _line(row: EvidenceRow, ids: Iterable[str], language: Language) -> Line:
    """Return a row by its number, and by its line in the file where that is another one."""
    place, cells = row.place, {cell.column: _cell(cell, language) for cell in row.cells}
    number = str(place.row if place.row is not None else "")
    if place.line not in (None, place.row):
        number = _ON_LINE.filled(row=number, line=place.line).in_language(language)
    return Line(0, number, tuple(cells.get(name, "") for name in ids))


def _cell(cell: EvidenceCell, language: Language) -> str:
    if not cell.raw:
        return Text("(空欄)", "(blank)").in_language(language)
    read = cell.read or _NO_VALUE.in_language(language)
    written = cell.raw if cell.raw == cell.read else f"{cell.raw} => {read}"
    return _CONSTANT.filled(cell=written).in_language(language) if cell.constant else written
