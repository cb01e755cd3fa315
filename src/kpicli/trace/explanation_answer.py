"""The answer of `explain`: how a figure came about, step by step from the rows read to it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.base.faults import Place
from kpicli.base.wording import ROWS, Language, Text
from kpicli.catalog.texts import beside_id
from kpicli.model.accounting import KpiAccounting
from kpicli.model.figures import ComponentValue, Figure
from kpicli.model.summary import SourceReport
from kpicli.output.data.json_parts import file_object, period_object, source_object
from kpicli.output.data.records import Cell, Records, columns, fitting
from kpicli.output.interface import Answer, Json
from kpicli.output.page import words
from kpicli.output.page.document import Document, Entry, Outline
from kpicli.output.page.folding import padded
from kpicli.output.page.phrases import (
    figure_phrase,
    full_item_phrase,
    origin_phrase,
    place_phrase,
    status_phrase,
    value_phrase,
)
from kpicli.output.page.words import item_name
from kpicli.output.summary.content import accounting_object, figure_object
from kpicli.trace.explanation_steps import reports_of, steps_of

if TYPE_CHECKING:
    from kpicli.trace.explanation import Explanation


NAME_WIDTH = 34
COLUMNS = columns(
    period="text",
    start="date",
    end="date",
    kpi="text",
    title="text",
    record="text",
    source="text",
    name="text",
    rows="integer",
    value="number",
    unit="text",
    numerator="integer",
    denominator="integer",
    status="text",
    faulty_rows="integer",
    file="text",
    sheet="text",
    encoding="text",
    sha256="text",
)
"""`record` says what a row is: a figure, a line of the definition, a column, a file, a step, a
remark."""


def explain_answer(explanation: "Explanation") -> Answer:
    """Return the explanation as an answer."""
    return Answer(
        title=Text("説明", "Explanation"),
        records=lambda options: explanation_records(explanation, options.language),
        document=lambda options: explanation_document(explanation, options.language),
        content=lambda options: _content(explanation, options.language),
        day=explanation.as_of,
    )


def explanation_records(explanation: "Explanation", language: Language) -> Records:
    """Return a record for all that stands behind the figure, in the order of the document."""
    period, kpi = explanation.period, explanation.kpi
    head: dict[str, Cell] = {
        "period": period.name,
        "start": period.start,
        "end": period.end,
        "kpi": kpi.id,
        "title": kpi.title.in_language(language),
    }
    rows = [{**head, **row} for row in _rows(explanation, language)]
    cells = tuple(tuple(row.get(column.name) for column in COLUMNS) for row in rows)
    return Records(fitting(COLUMNS, cells), cells)


def _rows(explanation: "Explanation", language: Language) -> Iterator[dict[str, Cell]]:
    for figure in explanation.figures:
        yield {"record": "figure", **_figure_row(figure, explanation, language)}
        for each in figure.components:
            yield {"record": "component", **_component_row(each, explanation, language)}
    for line in explanation.definition:
        yield {"record": "definition", "name": line.in_language(language)}
    for header, source in explanation.columns:
        yield {
            "record": "column",
            "source": source.in_language(language),
            "name": header.in_language(language),
        }
    for file in explanation.files:
        yield {
            "record": "file",
            "source": file.source,
            "file": file.path,
            "sheet": file.sheet,
            "encoding": file.encoding,
            "sha256": file.sha256,
            "rows": file.accounting.read,
        }
    for report, accounting in reports_of(explanation):
        of = _of(explanation, accounting, language)
        for step in steps_of(explanation, report, accounting, language):
            row: dict[str, Cell] = {"source": report.id, "name": step.name, "rows": step.rows}
            yield {"record": "step", **row, **of}
    for remark in explanation.head.remarks:
        yield {"record": "remark", "name": remark.in_language(language)}


def _of(
    explanation: "Explanation", accounting: KpiAccounting | None, language: Language
) -> dict[str, Cell]:
    """Return the component that counts the rows; empty where the KPI itself does."""
    if accounting is None or accounting.of is None:
        return {}
    title = explanation.head.components[accounting.of].in_language(language)
    return {"kpi": accounting.of, "title": title}


def _figure_row(figure: Figure, explanation: "Explanation", language: Language) -> dict[str, Cell]:
    value = figure.value
    return {
        "name": item_name(figure, explanation.head, language),
        "value": value.number,
        "unit": "%" if explanation.kpi.percentage else explanation.kpi.unit.in_language(language),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "status": value.status.value,
        "faulty_rows": value.faulty_rows,
    }


def _component_row(
    each: ComponentValue, explanation: "Explanation", language: Language
) -> dict[str, Cell]:
    kpi, value, period = explanation.components[each.kpi], each.value, each.period
    return {
        "period": period.name,
        "start": period.start,
        "end": period.end,
        "kpi": each.kpi,
        "title": kpi.title.in_language(language),
        "value": value.number,
        "unit": "%" if kpi.percentage else kpi.unit.in_language(language),
        "numerator": value.numerator,
        "denominator": value.denominator,
        "status": value.status.value,
        "faulty_rows": value.faulty_rows,
    }


def _content(explanation: "Explanation", language: Language) -> dict[str, Json]:
    kpi = explanation.kpi
    return {
        "kpi": kpi.id,
        "title": kpi.title.in_language(language),
        "unit": kpi.unit.in_language(language),
        "measure": explanation.head.measure,
        "version": explanation.head.version,
        "period": period_object(explanation.period, language),
        "as_of": explanation.as_of.isoformat(),
        "definition": [line.in_language(language) for line in explanation.definition],
        "columns": [
            {"header": h.in_language(language), "source": source.in_language(language)}
            for h, source in explanation.columns
        ],
        "figures": [
            {
                "kind": figure.kind,
                "part": figure.part,
                "item": item_name(figure, explanation.head, language),
                **figure_object(figure, language),
            }
            for figure in explanation.figures
        ],
        "files": [file_object(file) for file in explanation.files],
        "sources": [source_object(source, language) for source in explanation.sources],
        "accounting": [
            accounting_object(each, explanation.head, language) for each in explanation.accounting
        ],
        "remarks": [remark.in_language(language) for remark in explanation.head.remarks],
    }


def explanation_document(explanation: "Explanation", language: Language) -> Document:
    """Return the figures, then definition, columns, files and steps under headings."""
    kpi = explanation.kpi
    as_of = words.AS_OF.filled(day=explanation.as_of.isoformat()).in_language(language)
    opening = [
        Entry(beside_id(kpi.title.in_language(language), kpi.id)),
        Entry(f"{explanation.period.described(language)} {as_of}"),
        *(entry for f in explanation.figures for entry in _figures(f, explanation, language)),
    ]
    definition = [line.in_language(language) for line in explanation.definition]
    used = [
        f"{header.in_language(language)} ({source.in_language(language)})"
        for header, source in explanation.columns
    ]
    blocks = [
        _outline(Text("定義", "Definition"), definition, language),
        _outline(Text("使った列", "Columns used"), used, language),
        _outline(Text("ファイル", "Files"), list(_files(explanation, language)), language),
        *(_accounting(explanation, *pair, language) for pair in reports_of(explanation)),
    ]
    note = Text("注意: ", "Note: ").in_language(language)
    remarks = [Entry(note + each.in_language(language)) for each in explanation.head.remarks]
    last = blocks.pop()
    blocks.append(replace(last, entries=(*last.entries, *remarks)))
    return Document(tuple(opening), tuple(blocks))


def _outline(heading: Text, lines: list[str], language: Language) -> Outline:
    entries = tuple(Entry(line, 1) for line in lines)
    return Outline(heading.in_language(language), entries, boxed=True)


def _figures(figure: Figure, explanation: "Explanation", language: Language) -> Iterator[Entry]:
    """Yield a figure and, below it, the values that it is made of."""
    yield Entry(_figure(figure, explanation, language), 1)
    for each in figure.components:
        kpi = explanation.components[each.kpi]
        of = "" if each.period == figure.period else f" ({each.period.described(language)})"
        value = value_phrase(each.value, kpi, language)
        state = status_phrase(each.value, language)
        origin = origin_phrase(each.origin, language)
        title = f"{kpi.title.in_language(language)}{of}"
        yield Entry(" ".join(filter(None, (f"{title}: {value}", origin, state))), 2)


def _figure(figure: Figure, explanation: "Explanation", language: Language) -> str:
    name = Text("数値", "figure").in_language(language)
    if figure.item is not None:
        name = full_item_phrase(figure, explanation.head, language)
    rows = figure.value.faulty_rows
    number = ROWS.after(str(rows), language)
    doubt = Text(f"要確認({number})", f"provisional ({number} in doubt)").in_language(language)
    value = figure_phrase(figure, explanation.kpi, language)
    return f"{name}: {value} {doubt if rows else ''}".rstrip()


def _files(explanation: "Explanation", language: Language) -> Iterator[str]:
    for file in explanation.files:
        encoding = "" if file.encoding is None else f" {file.encoding}"
        rows = ROWS.after(str(file.accounting.read), language)
        where = place_phrase(Place(file.path, file.sheet), language)
        yield f"{where}{encoding} {rows}"


def _accounting(
    explanation: "Explanation",
    report: SourceReport,
    accounting: KpiAccounting | None,
    language: Language,
) -> Outline:
    heading = Text(f"行の内訳: {report.title.ja}", f"Rows of {report.title.en}")
    if accounting is not None and accounting.of is not None:
        of = explanation.head.components[accounting.of]
        heading = Text(f"{heading.ja} ({of.ja})", f"{heading.en} ({of.en})")
    lines = [
        f"{step.sign or ' '} {padded(step.words.in_language(language), NAME_WIDTH)} {step.rows:>8,}"
        for step in steps_of(explanation, report, accounting, language)
    ]
    return _outline(heading, lines, language)
