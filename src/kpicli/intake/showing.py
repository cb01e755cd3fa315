"""What is in a folder, as lines that people read: files, columns, evidence, and what they feed."""

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len, set_cell_size

from kpicli.base.wording import Language, Text
from kpicli.intake.asking.question import Question
from kpicli.intake.matching.feed import Feed
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.dates import Form
from kpicli.intake.profiling.phrases import KIND_WORDS, ORDERS, written
from kpicli.intake.profiling.tables import Table
from kpicli.intake.proposal import Proposal
from kpicli.intake.unused import reason_of
from kpicli.intake.writing import GUESS
from kpicli.model.summary import Summary
from kpicli.output.page.phrases import value_phrase

WIDTH = 80
"""So many half-width cells a line has at most."""
_HEADER, _EVIDENCE = 22, 36
_VALUES = 4

_FORMS: Mapping[Form, Text] = {
    "western": Text("西暦", "western"),
    "era": Text("和暦", "era"),
    "digits": Text("8 桁", "digits"),
    "serial": Text("連番", "serials"),
    "time": Text("時刻", "times"),
    "offset": Text("時差", "offsets"),
}
_EITHER_ORDER = Text("日と月の順が不明", "day or month first?")
_UNIQUE = Text("重なりなし", "each once")
_DISTINCT = Text("{number} 種類", "{number} different")
_OTHERS = Text("ほか {number} 種類", "{number} others")
_UNREADABLE = Text("読めない {number}", "{number} unreadable")
_RECORD_LINES = Text(
    "レコードの中の表が行になっているので、1 行は 1 件ではありません。\n"
    "kintone で表(テーブル)の項目を外した一覧から出力すると読めます。表の行も数える\n"
    "には、kpicli.toml に explode を書きます(docs/settings.md)",
    "Lines are rows of a table in records: a line is not a case. Export from a view\n"
    "of kintone without the table's fields; to count the rows of the table as well,\n"
    "write explode in kpicli.toml (docs/settings.md)",
)
_READ_AS = {
    True: Text(
        "レコードの中の表の行が続きます。1 レコードを 1 件と数えます(explode)",
        "Lines are rows of a table in records: each record is counted once (explode)",
    ),
    False: Text(
        "レコードの中の表の行が続きます。その 1 行を 1 件と数えます(explode)",
        "Lines are rows of a table in records: each such line is counted (explode)",
    ),
}
"""What is said of records with a table that are read as records, or else line by line."""
_MONTHS_AS_COLUMNS = Text(
    "月が列になった表です。1 行が 1 件の出力を CRM から書き出すと数えられます。\n"
    "この表の数を使うには、kpicli.toml に unpivot を書きます(docs/settings.md)",
    "Months are columns here. An export with a line for each case can be counted;\n"
    "to use these numbers, write unpivot in kpicli.toml (docs/settings.md)",
)
_ADDED_UP = Text(
    "月が列になった表です。各月の数を 1 行ずつにして合計します(unpivot)",
    "Months are columns here: its numbers are added up, a row for each (unpivot)",
)
_NOT_ADDED = Text("合計を提案できません: {why}", "not added up: {why}")
_NO_FIGURE = Text(
    "この列だけで出せる指標はありません。足りない列は設定の注記にあります",
    "No KPI can be fed by these columns alone; notes in the settings name those missing",
)
_VALUE, _NARROWEST = 18, 12
_OFFER = Text("出せる指標({period}の今の数値)", "KPIs, with their figures of {period} now")
_UNSURE = "?"
_SURE = Text("確か", "sure")
_LIKELY = Text("推測", "a guess")
_UNREAD = Text("読めません: {why}", "cannot be read: {why}")


def folder_lines(tables: Sequence[Table], proposal: Proposal, language: Language) -> Iterator[str]:
    """Yield the lines about all tables, those that feed a source first, in the order of sources."""
    every = {(table.file, table.sheet): table for table in tables}
    fed = {
        (feed.table.file, feed.table.sheet): feed
        for entry in proposal.entries
        for feed in entry.feeds
    }
    for place, feed in fed.items():
        yield from _table_lines(every[place], feed, proposal, language)
        yield ""
    for table in tables:
        if (table.file, table.sheet) not in fed:
            yield from _table_lines(table, None, proposal, language)
            yield ""
    for unread in proposal.unread:
        why = unread.error.message.in_language(language)
        yield from (cut(line) for line in _UNREAD.filled(why=why).in_language(language).split("\n"))


def _table_lines(
    table: Table, feed: Feed | None, proposal: Proposal, language: Language
) -> Iterator[str]:
    if feed is None:
        reason = reason_of(proposal, table).in_language(language)
        line = f"{table.label} - {reason}"
        yield from (line,) if cell_len(line) <= WIDTH else (cut(table.label), cut(f"  {reason}"))
    else:
        title = feed.source.title.in_language(language)
        sure = (_SURE if feed.sure else _LIKELY).in_language(language)
        yield cut(f"{table.label} → {title} ({feed.score:.0%}, {sure})")
    yield cut("  " + ", ".join(_written(table, feed, language)))
    if table.has_record_lines:
        read = None if feed is None or feed.table.parents is None else feed.table
        said = _RECORD_LINES if read is None else _READ_AS[read.is_of_records]
        yield from (f"  {line}" for line in said.in_language(language).split("\n"))
    if table.months is not None and (feed is None or feed.made):
        said = _MONTHS_AS_COLUMNS if feed is None else _ADDED_UP
        yield from (f"  {line}" for line in said.in_language(language).split("\n"))
        if feed is None and table.months.problem is not None:
            why = table.months.problem.in_language(language)
            yield f"  {_NOT_ADDED.filled(why=why).in_language(language)}"
    own = {} if feed is None else {column.place: column for column in feed.table.columns}
    for column in (own.get(column.place, column) for column in table.columns):
        meant = _meaning(column, feed, language)
        words = evidence(column, language, private=is_private(feed, column))
        header = set_cell_size(cut(column.header, _HEADER), _HEADER)
        holds = set_cell_size(cut(words, _EVIDENCE), _EVIDENCE)
        yield cut(f"  {header} {holds} {meant}").rstrip()


def _written(table: Table, feed: Feed | None, language: Language) -> Iterator[str]:
    yield from written(table if feed is None else feed.table, language)
    match = None if feed is None else feed.match(feed.source.base_date or "")
    if match is not None and match.column.dates is not None:
        months = match.column.dates.months
        first, last = min(months), max(months)
        span = f"{first[0]}-{first[1]:02}..{last[0]}-{last[1]:02}"
        yield f"{span} ({min(months.values())}-{max(months.values())}/{_month(language)})"


def _month(language: Language) -> str:
    return "月" if language == "ja" else "month"


def _meaning(column: Column, feed: Feed | None, language: Language) -> str:
    if feed is None:
        return ""
    for match in feed.matches:
        if match.column.place == column.place:
            heading = feed.source.heading(match.name).in_language(language)
            return f"→ {heading}" + ("" if match.sure else f" {_UNSURE}")
    if feed.made and feed.table.months is not None and column.place in feed.table.months.places:
        return f"→ {feed.source.heading(feed.made[0]).in_language(language)}"
    for name, boxes in feed.ticks.items():
        for value, box in boxes.items():
            if box.place == column.place:
                return f"→ {feed.source.heading(name).in_language(language)}: {value}"
    return ""


def evidence(column: Column, language: Language, *, private: bool = False) -> str:
    """Return what a column holds, in words; of people and texts, and of a `private` one, no value.

    Nor is a value named that may be one of these: it is among those that are counted alone.
    """
    kind = KIND_WORDS[column.kind].in_language(language)
    if column.dates is not None:
        span = f"{column.dates.first:%Y-%m-%d}..{column.dates.last:%y-%m-%d}"
        forms = "+".join(_FORMS[form].in_language(language) for form in column.dates.forms[:3])
        unread = column.dates.unreadable
        bad = _UNREADABLE.filled(number=unread).in_language(language) if unread else ""
        order = _order(column)
        words = "" if order is None else order.in_language(language)
        return " ".join(filter(None, (kind, words, span, bad, forms)))
    if column.kind in ("code", "tick", "several"):
        return f"{kind} {_values(column, language, private=private)}"
    if column.kind in ("id", "person"):
        text = _UNIQUE if column.tells_rows_apart else _DISTINCT.filled(number=column.distinct)
        return f"{kind} {text.in_language(language)}"
    return kind


def _order(column: Column) -> Text | None:
    """Return how dates are written that end in their year; None where none does."""
    if column.orders:
        return _EITHER_ORDER
    order = None if column.dates is None else column.dates.order
    return None if order is None else ORDERS[order]


def is_private(feed: Feed | None, column: Column) -> bool:
    """Return whether a column is taken for one of people or of texts, whatever its cells are."""
    if feed is None:
        return False
    names = (match.name for match in feed.matches if match.column.place == column.place)
    declared = (feed.source.known[name] for name in names)
    return any(own.personal or own.type == "free_text" for own in declared)


def _values(column: Column, language: Language, *, private: bool) -> str:
    """Return the most frequent values, and how many others there are."""
    shown = {} if private else column.shown_values
    first = [f"{value} {count}" for value, count in list(shown.items())[:_VALUES]]
    if not first:
        return _DISTINCT.filled(number=column.distinct).in_language(language)
    others = column.distinct - len(first)
    if others:
        first.append(_OTHERS.filled(number=others).in_language(language))
    return ", ".join(first)


def question_lines(
    question: Question, figures: Sequence[tuple[str, Sequence[str]]], language: Language
) -> Iterator[str]:
    """Yield a question, its answers by number, and side by side what each leads to."""
    yield ""
    yield cut(question.words.in_language(language))
    for number, choice in enumerate(question.choices, 1):
        yield cut(f"  {number}) {choice.words.in_language(language)}")
    if not figures:
        return
    yield from map(cut, _figure_lines(figures, len(question.choices)))


def _figure_lines(figures: Sequence[tuple[str, Sequence[str]]], choices: int) -> Iterator[str]:
    """Yield the figures of all answers side by side; below each other where there is no room.

    A title for which the figures leave too little room stands above them.
    """
    cells = [[f"{number})" for number in range(1, choices + 1)], *(list(row) for _, row in figures)]
    widths = [max(map(cell_len, column)) for column in zip(*cells, strict=True)]
    room = WIDTH - sum(width + 2 for width in widths)
    if room < 0:
        for title, row in figures:
            yield f"  {title}"
            yield from (f"    {number}) {cell}" for number, cell in enumerate(row, 1))
        return
    left = room - 2 if room - 2 >= _NARROWEST else 0
    widest = min(left, max(cell_len(title) for title, _ in figures))
    for title, row in zip(["", *(title for title, _ in figures)], cells, strict=True):
        padded = (" " * (w - cell_len(cell)) + cell for cell, w in zip(row, widths, strict=True))
        beside = title if cell_len(title) <= widest else ""
        if title != beside:
            yield f"  {title}"
        yield "  ".join((*([f"  {set_cell_size(beside, widest)}"] if widest else ()), *padded))


def offer_lines(summary: Summary, language: Language) -> Iterator[str]:
    """Yield the KPIs that can be fed, each as a sentence with its figure now.

    Those that rest on a guess begin with the word.
    """
    if not summary.figures:
        yield _NO_FIGURE.in_language(language)
        yield ""
        return
    yield _OFFER.filled(period=summary.period.label(language)).in_language(language)
    for figure in summary.figures:
        head = summary.kpis[figure.kpi]
        if figure.kind != "total" or figure.group is not None:
            continue
        note = head.title if head.note is None else head.note
        value = value_phrase(figure.value, head, language)
        mark = f"{GUESS.in_language(language)}: " if head.guesses else ""
        yield cut(f"  {set_cell_size(value, _VALUE)} {mark}{note.in_language(language)}")
    yield ""


def cut(text: str, width: int = WIDTH) -> str:
    """Return a text that takes at most `width` half-width cells; `…` stands for what is cut."""
    flat = " ".join(text.split()) if "\n" in text else text
    if cell_len(flat) <= width:
        return flat
    return set_cell_size(flat, width - 1).rstrip() + "…"
