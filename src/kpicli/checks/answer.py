"""The answer of `check`: what was found, grouped by what to do, no place left out."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

from kpicli.base.faults import Fault, FaultKind, Level
from kpicli.base.wording import Language, Text
from kpicli.checks.inspection import LEVELS, Inspection
from kpicli.output.data.json_parts import (
    Json,
    faults_object,
    file_object,
    period_object,
    source_object,
)
from kpicli.output.data.records import Cell, Records, columns
from kpicli.output.interface import Answer, Options
from kpicli.output.page.document import Document, Entry, Outline, Tone
from kpicli.output.page.phrases import place_phrase

COLUMNS = columns(
    code="text",
    level="text",
    title="text",
    source="text",
    file="text",
    sheet="text",
    row="integer",
    line="integer",
    column="text",
    other="text",
    count="integer",
    detail="text",
    message="text",
    advice="text",
)
LEVEL_WORDS: dict[Level, Text] = {
    "fault": Text("不備", "Fault"),
    "warning": Text("注意", "Warning"),
    "note": Text("参考", "Note"),
}
_MEANINGS: dict[Level, Text] = {
    "fault": Text(
        "不備のある行は、数に入れてよいか決められません",
        "rows with a fault may or may not belong in the figures",
    ),
    "warning": Text(
        "注意は、数えたうえで確かめてほしいこと", "warnings were counted; look at them"
    ),
    "note": Text("参考は、知っておくとよいこと", "notes are good to know"),
}
_CLEAN = Text("不備も注意もありません。", "No faults, no warnings.")


def check_answer(inspection: Inspection) -> Answer:
    """Return what was found as an answer; a cell's value is there only with `show_values`."""
    return Answer(
        title=Text("点検", "Check"),
        records=lambda options: inspection_records(inspection, options),
        document=lambda options: inspection_document(inspection, options),
        content=lambda options: _content(inspection, options),
        day=None if inspection.period is None else inspection.period.end,
    )


def inspection_records(inspection: Inspection, options: Options) -> Records:
    """Return a record per finding; with `options.show_values` the cell stands in a last column."""
    return fault_records(inspection.faults, options)


def fault_records(faults: Iterable[Fault], options: Options) -> Records:
    """Return a record per fault; with `options.show_values` the cell stands in a last column."""
    shown = (*COLUMNS, *columns(value="text")) if options.show_values else COLUMNS
    rows = (_record(fault, options) for fault in faults)
    return Records(shown, tuple(row[: len(shown)] for row in rows))


def _record(fault: Fault, options: Options) -> tuple[Cell, ...]:
    kind, place, language = fault.kind, fault.place, options.language
    return (
        kind.code,
        kind.level,
        kind.title.in_language(language),
        fault.source,
        place.file,
        place.sheet,
        place.row,
        place.line,
        place.column,
        None if fault.other is None else place_phrase(fault.other, language),
        fault.count,
        fault.detail_in(language),
        kind.message.in_language(language),
        kind.advice.in_language(language),
        fault.value,
    )


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


_TONES: Mapping[Level, Tone] = {"fault": "missed", "warning": "doubtful"}


def inspection_document(inspection: Inspection, options: Options) -> Document:
    """Return the findings under a heading per kind, with what it means and what to do.

    A clean bill is one sentence.
    """
    language = options.language
    titles = {source.id: source.title.in_language(language) for source in inspection.sources}
    by_kind = groupby(inspection.faults, key=lambda fault: fault.kind)
    blocks = [_kind(kind, list(faults), titles, options) for kind, faults in by_kind]
    meanings = tuple(
        Entry(_MEANINGS[level].in_language(language)) for level in LEVELS if inspection.of(level)
    )
    blocks += [Outline("", meanings)] if meanings else []
    return Document(tuple(_opening(inspection, language)), tuple(blocks), titled=False)


def _opening(inspection: Inspection, language: Language) -> Iterator[Entry]:
    sources, files, rows = len(inspection.sources), len(inspection.files), inspection.rows
    read = Text(
        f"{sources} 種類の出力、{files} ファイル、{rows:,} 行を調べました。",
        f"Checked {sources} sources, {files} files, {rows:,} rows.",
    )
    yield Entry(read.in_language(language))
    if inspection.period is not None:
        described = inspection.period.described(language)
        about = Text(f"期間の点検: {described}", f"checks on time: {described}")
        yield Entry(about.in_language(language))
    if not inspection.of("fault") and not inspection.of("warning"):
        yield Entry(_CLEAN.in_language(language))
    else:
        yield Entry(_tally(inspection, language))


def _tally(inspection: Inspection, language: Language) -> str:
    words = [
        f"{LEVEL_WORDS[level].in_language(language)} {len(inspection.of(level)):,}"
        for level in LEVELS
    ]
    return " / ".join(words)


def _kind(
    kind: FaultKind, faults: list[Fault], titles: dict[str, str], options: Options
) -> Outline:
    language = options.language
    level = LEVEL_WORDS[kind.level].in_language(language)
    number = Text(f"({len(faults):,} 件)", f" ({len(faults):,})").in_language(language)
    message, advice = kind.message.in_language(language), kind.advice.in_language(language)
    entries = [
        Entry(Text(f"内容: {message}", f"What: {message}").in_language(language), 1),
        Entry(Text(f"対処: {advice}", f"To do: {advice}").in_language(language), 1),
    ]
    for source, own in groupby(faults, key=lambda fault: fault.source):
        entries.append(Entry(titles.get(source, source), 1))
        entries += [Entry(_finding(fault, options), 2) for fault in own]
    return Outline(
        f"[{level} {kind.code}] {kind.title.in_language(language)}{number}",
        tuple(entries),
        tone=_TONES.get(kind.level, ""),
    )


def _finding(fault: Fault, options: Options) -> str:
    """Return one finding in words: where, how many rows, against which other place, and what."""
    language = options.language
    words = place_phrase(fault.place, language)
    if fault.count > 1:
        rows = Text(f"{fault.count:,} 行、最初は ", f"{fault.count:,} rows, the first: ")
        words = rows.in_language(language) + words
    if fault.other is not None:
        other = place_phrase(fault.other, language)
        words += Text(f" ⇔ {other}", f" <> {other}").in_language(language)
    if fault.detail:
        words += f": {fault.detail_in(language)}"
    if options.show_values and fault.value is not None:
        words += f" [{fault.value}]"
    return words
