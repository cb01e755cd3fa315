"""The rows behind a figure: as cards to read on a terminal, as records for programs."""

from collections.abc import Iterator

from kpicli.base.wording import Language, Text
from kpicli.model.figures import Figure
from kpicli.output.data.records import Records
from kpicli.output.page.folding import fold_line
from kpicli.output.page.safety import plain
from kpicli.trace.recount import Evidence, EvidenceCell, EvidenceRow

ROLES = {
    "counted": Text("数えた行", "counted"),
    "numerator": Text("分子と分母", "numerator and denominator"),
    "denominator": Text("分母のみ", "denominator only"),
    "log": Text("記録(分子に数えない)", "record (not in the numerator)"),
    "roster": Text("名簿(分母)", "roster (denominator)"),
    "in_doubt": Text("要確認(数えていない)", "in doubt (not counted)"),
}


def records_of(evidence: Evidence) -> Records:
    """Return one record a row: place, role, rule, then each column as in the file and as read."""
    names: dict[tuple[str, str], None] = {}
    for row in evidence.rows:
        names.update(dict.fromkeys((cell.column, cell.header) for cell in row.cells))
    ids = dict.fromkeys(column for column, _ in names)
    columns = ["source", "file", "sheet", "row", "line", "role", "rule"]
    columns += [name for column in ids for name in (column, f"{column}_read")]
    return Records(tuple(columns), tuple(_record(row, ids) for row in evidence.rows))


def _record(row: EvidenceRow, ids: dict[str, None]) -> tuple[str | int | None, ...]:
    place, cells = row.place, {cell.column: cell for cell in row.cells}
    fields: list[str | int | None] = [
        row.source,
        place.file,
        place.sheet,
        place.row,
        place.line,
        row.role,
        row.rule,
    ]
    for name in ids:
        cell = cells.get(name)
        fields += [None, None] if cell is None else [cell.raw, cell.read]
    return tuple(fields)


def figure_words(figure: Figure, unit: str) -> str:
    """Return a figure's value as one would say it: `178/252件 70.6%`, `97件`."""
    value = figure.value
    if value.number is None:
        return "-"
    if value.numerator is not None:
        return f"{value.numerator}/{value.denominator}{unit} {value.number}%"
    return f"{value.number:,}{unit}"


def render_cards(evidence: Evidence, language: Language, width: int) -> str:
    """Return a heading and a card per row, no line wider than `width` cells.

    A cell shows what the file has and, where reading changed it, what it was read as.
    """
    lines = list(_heading(evidence, language))
    for number, row in enumerate(evidence.rows, 1):
        lines.append("")
        lines += _card(number, row, language)
    folded = [part for line in lines for part in fold_line(line, width)]
    return "\n".join(folded) + "\n"


def _heading(evidence: Evidence, language: Language) -> Iterator[str]:
    figure, kpi = evidence.figure, evidence.kpi
    item = "" if figure.item is None else f" {figure.item}"
    group = "" if figure.group is None else f" [{figure.group}]"
    yield plain(f"{kpi.title}{item}{group}: {figure_words(figure, kpi.unit)}")
    yield figure.period.described(language)
    doubts = figure.value.faulty_rows
    if doubts:
        yield Text(
            f"要確認: ほかに {doubts} 行が関わる恐れがあり、まだ確定していません"
            "(--doubtful で表示)",
            f"Provisional: {doubts} more rows may belong to it (--doubtful shows them)",
        ).in_language(language)
    rows = len([row for row in evidence.rows if row.role != "in_doubt"])
    told = Text(f"根拠の行: {rows} 行(数え直して一致)", f"Rows: {rows} (counted again, they agree)")
    yield told.in_language(language)


def _card(number: int, row: EvidenceRow, language: Language) -> Iterator[str]:
    place = row.place
    sheet = "" if place.sheet is None else f" [{place.sheet}]"
    line = ""
    if place.line is not None and place.line != place.row:
        line = Text(f"({place.line} 行目から)", f" (line {place.line})").in_language(language)
    where = Text(f" {place.row} 行{line}", f" row {place.row}{line}").in_language(language)
    yield plain(f"{number}. {place.file}{sheet}{where}")
    rule = "" if row.rule is None else f" / {row.rule}"
    if row.role != "counted" or rule:
        yield plain(f"   {ROLES[row.role].in_language(language)}{rule}")
    for cell in row.cells:
        yield plain(f"   {cell.header}: {_cell(cell, language)}")


def _cell(cell: EvidenceCell, language: Language) -> str:
    if not cell.raw:
        return Text("(空欄)", "(blank)").in_language(language)
    return cell.raw if cell.raw == cell.read else f"{cell.raw} => {cell.read}"
