"""The answer of `check`: what was found, grouped by what to do, no place left out."""

from collections.abc import Iterator

from kpicli.base.wording import Language, Text, quantity
from kpicli.checks.findings import (
    LEVEL_WORDS,
    LEVELS,
    fault_records,
    level_meanings,
    outcome_words,
    outlines,
)
from kpicli.checks.inspection import Inspection
from kpicli.output.data.json_parts import faults_object, file_object, period_object, source_object
from kpicli.output.data.records import Records
from kpicli.output.interface import Answer, Json, Options
from kpicli.output.page.document import Document, Entry


def check_answer(inspection: Inspection) -> Answer:
    """Return what was found as an answer; a cell's value is there only with `show_values`."""
    return Answer(
        title=Text("点検", "Check"),
        records=lambda options: inspection_records(inspection, options),
        document=lambda options: inspection_document(inspection, options),
        content=lambda options: _content(inspection, options),
        day=None if inspection.period is None else inspection.period.end,
        table=lambda options: inspection_table(inspection, options),
    )


def inspection_table(inspection: Inspection, options: Options) -> Records:
    """Return the records for a workbook: levels in words, sources by their titles."""
    language = options.language
    levels = {str(level): text.in_language(language) for level, text in LEVEL_WORDS.items()}
    titles = {each.id: each.title.in_language(language) for each in inspection.sources}
    words = {"level": levels, "source": titles}
    return inspection_records(inspection, options).in_words(words)


def inspection_records(inspection: Inspection, options: Options) -> Records:
    """Return a record per finding; with `options.show_values` the cell stands in a last column."""
    return fault_records(inspection.faults, options)


def _content(inspection: Inspection, options: Options) -> dict[str, Json]:
    """Return everything that was read and found; keys as in the json of `summarize`."""
    period = inspection.period
    return {
        "kpicli_version": inspection.version,
        "period": None if period is None else period_object(period, options.language),
        "counts": {level: len(inspection.of(level)) for level in LEVELS},
        "sources": [source_object(source, options.language) for source in inspection.sources],
        "files": [file_object(file) for file in inspection.files],
        **faults_object(inspection.faults, options),
    }


def inspection_document(inspection: Inspection, options: Options) -> Document:
    """Return the findings under a heading per kind, with what it means and what to do.

    A clean bill is one sentence.
    """
    language = options.language
    titles = {source.id: source.title.in_language(language) for source in inspection.sources}
    blocks = outlines(inspection.faults, titles, options)
    meanings = level_meanings(inspection.faults, language)
    opening = tuple(_opening(inspection, language))
    return Document(opening, (*blocks, *meanings), titled=False)


def _opening(inspection: Inspection, language: Language) -> Iterator[Entry]:
    sources, files, rows = len(inspection.sources), len(inspection.files), inspection.rows
    read = Text(
        f"{sources} 種類の出力、{files} ファイル、{rows:,} 行を調べました。",
        f"Checked: {quantity(sources, 'source')}, {quantity(files, 'file')}, "
        f"{quantity(rows, 'row')}.",
    )
    yield Entry(read.in_language(language))
    if inspection.period is not None:
        described = inspection.period.described(language)
        about = Text(f"期間の点検: {described}", f"checks on time: {described}")
        yield Entry(about.in_language(language))
    yield Entry(outcome_words(inspection.faults).in_language(language))
