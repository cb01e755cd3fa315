"""What `kpicli check` found, as text to read: grouped by what to do, no place left out."""

from collections.abc import Iterator
from itertools import groupby

from kpicli.base.faults import Fault, FaultKind, Level, Place
from kpicli.base.wording import Language, Text
from kpicli.checks.inspection import LEVELS, Inspection
from kpicli.output.interface import Options
from kpicli.output.page.folding import fold_line
from kpicli.output.page.safety import plain

WIDTH = 80
"""Terminal cells of a line where nobody says how many there are."""

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


def render_text(inspection: Inspection, options: Options) -> str:
    """Return the findings under a heading per kind, with what it means and what to do.

    A clean bill is one sentence. No line is wider than `options.width` cells (80 where it is None);
    a cell's value is there only with `options.show_values`.
    """
    lines = _lines(inspection, options)
    width = options.width or WIDTH
    return "\n".join(part for line in lines for part in fold_line(plain(line), width)) + "\n"


def _lines(inspection: Inspection, options: Options) -> Iterator[str]:
    language = options.language
    yield _read(inspection).in_language(language)
    if inspection.period is not None:
        described = inspection.period.described(language)
        yield Text(f"期間の点検: {described}", f"checks on time: {described}").in_language(language)
    if not inspection.of("fault") and not inspection.of("warning"):
        yield _CLEAN.in_language(language)
    else:
        yield _tally(inspection, language)
    titles = {source.id: source.title for source in inspection.sources}
    for kind, found in groupby(inspection.faults, key=lambda fault: fault.kind):
        yield ""
        yield from _kind(kind, list(found), titles, options)
    present = [level for level in LEVELS if inspection.of(level)]
    if present:
        yield ""
        yield from (_MEANINGS[level].in_language(language) for level in present)


def _read(inspection: Inspection) -> Text:
    sources, files, rows = len(inspection.sources), len(inspection.files), inspection.rows
    return Text(
        f"{sources} 種類の出力、{files} ファイル、{rows:,} 行を調べました。",
        f"Checked {sources} sources, {files} files, {rows:,} rows.",
    )


def _tally(inspection: Inspection, language: Language) -> str:
    words = [
        f"{LEVEL_WORDS[level].in_language(language)} {len(inspection.of(level)):,}"
        for level in LEVELS
    ]
    return " / ".join(words)


def _kind(
    kind: FaultKind, found: list[Fault], titles: dict[str, str], options: Options
) -> Iterator[str]:
    language = options.language
    level = LEVEL_WORDS[kind.level].in_language(language)
    number = Text(f"({len(found):,} 件)", f" ({len(found):,})").in_language(language)
    yield f"[{level} {kind.code}] {kind.title.in_language(language)}{number}"
    message, advice = kind.message.in_language(language), kind.advice.in_language(language)
    yield Text(f"  内容: {message}", f"  What: {message}").in_language(language)
    yield Text(f"  対処: {advice}", f"  To do: {advice}").in_language(language)
    for source, own in groupby(found, key=lambda fault: fault.source):
        yield f"  {titles.get(source, source)}"
        for fault in own:
            yield "    " + finding_phrase(fault, options)


def finding_phrase(fault: Fault, options: Options) -> str:
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
        words += f": {fault.detail}"
    if options.show_values and fault.value is not None:
        words += f" [{fault.value}]"
    return words


def place_phrase(place: Place, language: Language) -> str:
    """Return file, sheet, row, line and column in words."""
    words = [place.file]
    if place.sheet is not None:
        words.append(
            Text(f"シート「{place.sheet}」", f'sheet "{place.sheet}"').in_language(language)
        )
    if place.row is not None:
        words.append(Text(f"{place.row} 行目", f"row {place.row}").in_language(language))
        if place.line not in (None, place.row):
            words[-1] += Text(
                f"(ファイルの {place.line} 行目)", f" (line {place.line} of the file)"
            ).in_language(language)
    if place.column is not None:
        words.append(
            Text(f"列「{place.column}」", f'column "{place.column}"').in_language(language)
        )
    return " ".join(words)
