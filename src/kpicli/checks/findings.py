"""Findings as records and outlines, whatever was looked at: by what to do, none left out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from kpicli.base.faults import Fault, FaultKind, Level
from kpicli.base.wording import Language, Text
from kpicli.output.data.records import Cell, Records, columns
from kpicli.output.interface import Options
from kpicli.output.page.document import Entry, Outline, Tone
from kpicli.output.page.phrases import place_phrase

LEVELS: tuple[Level, ...] = ("fault", "warning", "note")
"""From what takes rows out of the figures to what is only worth knowing."""
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
MEANINGS: dict[Level, Text] = {
    "fault": Text(
        "不備のある行は、数に入れてよいか決められません",
        "rows with a fault may or may not belong in the figures",
    ),
    "warning": Text(
        "注意は、数えたうえで確かめてほしいこと", "warnings were counted; look at them"
    ),
    "note": Text("参考は、知っておくとよいこと", "notes are good to know"),
}
CLEAN = Text("不備も注意もありません。", "No faults, no warnings.")
_TONES: Mapping[Level, Tone] = {"fault": "missed", "warning": "doubtful"}


def in_order(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return findings by level, code and cause; those of one kind stay in their order."""
    return tuple(sorted(faults, key=lambda fault: (LEVELS.index(fault.level), fault.kind.name)))


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


def outcome_words(faults: Sequence[Fault]) -> Text:
    """Return how many findings there are of each level, or that nothing has to be looked at."""
    counts = {level: sum(fault.level == level for fault in faults) for level in LEVELS}
    if not counts["fault"] and not counts["warning"]:
        return CLEAN
    words = [(LEVEL_WORDS[level], f"{count:,}") for level, count in counts.items()]
    return Text(
        " / ".join(f"{word.ja} {count}" for word, count in words),
        " / ".join(f"{word.en} {count}" for word, count in words),
    )


def outlines(
    faults: Sequence[Fault], titles: Mapping[str, str], options: Options
) -> Iterator[Outline]:
    """Yield an outline per kind, with what it means and what to do; `faults` stand in order.

    `titles` are those of sources; where a finding has no source its place stands alone.
    """
    for kind, own in groupby(faults, key=lambda fault: fault.kind):
        yield _kind(kind, list(own), titles, options)


def level_meanings(faults: Sequence[Fault], language: Language) -> Iterator[Outline]:
    """Yield what the levels of findings mean for figures, where there is any finding."""
    there = [level for level in LEVELS if any(fault.level == level for fault in faults)]
    if there:
        yield Outline("", tuple(Entry(MEANINGS[level].in_language(language)) for level in there))


def _kind(
    kind: FaultKind, faults: list[Fault], titles: Mapping[str, str], options: Options
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
        entries += [Entry(titles.get(source, source), 1)] if source else []
        entries += [Entry(_finding(fault, options), 2 if source else 1) for fault in own]
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
        words += Text(f" ⇔ {other}", f"; compare {other}").in_language(language)
    if fault.detail:
        words += f": {fault.detail_in(language)}"
    if options.show_values and fault.value is not None:
        words += f" [{fault.value}]"
    return words
