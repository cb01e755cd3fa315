"""What only people can know of a folder, as questions with every answer's consequences.

Each question has a first answer, which Enter takes; what it changes is a proposal of its own.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.catalog.sources.source import Source
from kpicli.intake.exports.coverage import empty_months, months_of, written
from kpicli.intake.exports.entry import Entry
from kpicli.intake.matching.fit import NONE
from kpicli.intake.matching.sources import Feed, Match
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.dates import Dates
from kpicli.intake.profiling.phrases import ORDERS
from kpicli.intake.proposal import YEAR, Proposal, doubles_id, matters, months_id, source_id, using
from kpicli.values.dates import Order

_EXAMPLES = 2
_MOST = 6
"""A question has no more answers than this, besides none of them."""
_WORDS = 8
"""Of so many unknown words of a column is asked; the others stay faults."""
_NOTHING = re.compile(r"[-ー*./]+|未定|未入力|不明|空欄|なし|無し|該当なし|N/?A", re.IGNORECASE)
NEITHER = "-"
"""The key of the answer that takes none of what is offered."""
_MONTHS = (4, 1, 10, 12)
"""The months in which years begin, the most usual first."""

_WHICH_SOURCE = Text("{table} は何の表ですか", "what is the table {table}?")
_BY_ROW = Text("{source}、番号がないので 1 行を 1 件と数える", "{source}, each line a row: no ids")
_BY_MONTH = Text("{title}: 各月の数を合計する", "{title}: its numbers by month, added up")
_NOT_USED = Text("使わない", "do not use it")
_WHICH_COLUMN = Text(
    "{source}の「{column}」は {table} のどの列ですか",
    "{source}: which column of {table} is {column}?",
)
_WHICH_REGISTER = Text(
    "{source}が複数あります。今のものはどれですか",
    "there are several of {source}: which one is in force?",
)
_SAME_CASES = Text(
    "{source}の二つの出力が同じ件を持つようです。どれを数えますか ({second})",
    "{source}: two exports seem to hold the same cases: which one counts? ({second})",
)
_BOTH = Text("両方(別の件である)", "both (they are other cases)")
_FIRST = Text("ほかの日付より後にならない", "never after the other dates")
_WHICH_ORDER = Text(
    "{source}の「{column}」({header})は、日と月のどちらが先ですか",
    "{source}: does the day or the month come first in {column} ({header})?",
)
_UNREAD = Text("わからない(日付を読まない)", "not known (its dates are not read)")
_NO_COLUMN = Text("どれでもない", "none of them")
_WHICH_VALUE = Text(
    "{source}の列「{header}」の「{word}」({rows} 行) は何として数えますか",
    "{source}: what does {word} in column {header} ({rows} rows) count as?",
)
_UNKNOWN = Text("知らない値のまま(要確認になる)", "unknown (the figures say so)")
_BLANK = Text("空欄と同じ", "as a blank")
_WHICH_MONTHS = Text(
    "{source}の出力は、どの月をもれなく含みますか", "{source}: which months does it hold in full?"
)
_UNDECLARED = Text("わからない(0 件とは言わない)", "not known (no rows are not taken for 0)")
_BY_ITS_FILES = Text("ファイルごとの日付のとおり", "as the dates of each file say")
_WHICH_YEAR = Text("年度は何月に始まりますか", "in which month does the fiscal year begin?")
_MONTH = Text("{month} 月", "month {month}")


class Choice(Struct, frozen=True):
    """An answer: its words, what is proposed where it is given, and a key that stays the same."""

    key: str
    words: Text
    proposal: Proposal


class Question(Struct, frozen=True):
    """A question and its answers, of which Enter takes the first. `kpis` are those it may move.

    `id` is the same every time: by it, answers that were given elsewhere are found. `of_days` says
    that its answers put rows into other months.
    """

    id: str
    words: Text
    choices: tuple[Choice, ...]
    kpis: tuple[str, ...] = ()
    of_days: bool = False

    @property
    def moves_periods(self) -> bool:
        """Return whether its answers change which periods there are."""
        return self.id == YEAR

    @property
    def asks_months(self) -> bool:
        """Return whether it asks which months an export holds."""
        return self.id.startswith(months_id(""))

    def choice(self, key: str) -> Choice | None:
        """Return the answer of a key; None where there is none."""
        return next((choice for choice in self.choices if choice.key == key), None)


def next_question(proposal: Proposal) -> Question | None:
    """Return the first question that is not settled; None where nothing is left to ask."""
    return next((q for ask in _KINDS for q in ask(proposal) if q.id not in proposal.settled), None)


def settled(question: Question, choice: Choice) -> Proposal:
    """Return what is proposed once a question is answered."""
    proposal = choice.proposal
    return replace(proposal, settled=proposal.settled | {question.id})


def answered(
    proposal: Proposal,
    answer: Callable[[Question], Choice | None],
    weigh: Callable[[Question], Question | None] = lambda question: question,
) -> tuple[Proposal, tuple[Question, ...]]:
    """Return what is proposed once every question is answered, and the questions in order.

    What nobody answers (None) stays as it is proposed, and open. `weigh` takes away the answers
    that make no difference: a question of which one is left is not asked, but answered by it.
    """
    asked: list[Question] = []
    skipped: set[str] = set()
    while (question := next_question(proposal)) is not None:
        weighed = weigh(question)
        if weighed is None:
            proposal = settled(question, question.choices[0])
            continue
        asked.append(weighed)
        choice = answer(weighed)
        if choice is None:
            skipped.add(question.id)
            proposal = replace(proposal, settled=proposal.settled | {question.id})
        else:
            proposal = settled(question, choice)
    return replace(proposal, settled=proposal.settled - skipped), tuple(asked)


def _sources(proposal: Proposal) -> Iterator[Question]:
    for feed in proposal.feeds:
        if not feed.is_asked:
            continue
        own = [replace(other, others=(), undecided=False) for other in (feed, *feed.others)][:_MOST]
        choices = [
            Choice(
                f"{other.declared.pack}.{other.source.id}",
                _named_pack(other),
                _with_feed(proposal, feed, other),
            )
            for other in own
        ]
        none = Choice(NEITHER, _NOT_USED, _with_feed(proposal, feed, None))
        words = _WHICH_SOURCE.filled(table=feed.table.label)
        ordered = (none, *choices) if feed.undecided else (*choices, none)
        kpis = tuple(name for other in own for name in _first_kpis(other))
        yield Question(source_id(feed), words, ordered, kpis)


def _first_kpis(feed: Feed) -> list[str]:
    """Return the first KPIs of a source, as examples of what it counts."""
    kpis = feed.declared.catalog.kpi.values()
    return [kpi.id for kpi in kpis if kpi.source == feed.source.id][:_EXAMPLES]


def _named_pack(feed: Feed) -> Text:
    title, pack = feed.source.title, feed.declared.pack
    if feed.made:
        return Text(_BY_MONTH.ja.format(title=title.ja), _BY_MONTH.en.format(title=title.en))
    named = Text(f"{title.ja} ({pack})", f"{title.en} ({pack})")
    if not feed.by_row:
        return named
    return Text(_BY_ROW.ja.format(source=named.ja), _BY_ROW.en.format(source=named.en))


def _with_feed(proposal: Proposal, feed: Feed, other: Feed | None) -> Proposal:
    feeds = [other if own is feed else own for own in proposal.feeds]
    return replace(proposal, feeds=tuple(own for own in feeds if own is not None))


def _columns(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for every column that KPIs use and that is a guess, or left open."""
    asked: set[str] = set()
    for feed in proposal.feeds:
        for name in feed.source.columns:
            match = feed.match(name)
            unsure = match is not None and not match.sure and match.column.filled > 0
            id_ = f"column {feed.source.id}.{name}"
            if (not unsure and name not in feed.doubtful) or id_ in asked:
                continue
            if matters(feed, name):
                asked.add(id_)
                kpis = using(feed.declared.catalog, feed.source.id, name)
                yield _which_column(proposal, feed, name, id_, kpis)


def _which_column(
    proposal: Proposal, feed: Feed, name: str, id_: str, kpis: tuple[str, ...]
) -> Question:
    match = feed.match(name)
    first = [] if match is None else [match.column]
    likely = [*first, *([match.rival] if match and match.rival else [])]
    likely += feed.doubtful.get(name, ())
    taken = {own.column.place for own in feed.matches if own.sure and own.name != name}
    others = [
        column
        for column in feed.table.columns
        if column.place not in taken and feed.declared.fits_cells(column, name)
    ]
    free = [column for column in likely if column.place not in taken]
    columns = list({column.place: column for column in (*free, *others)}.values())[:_MOST]
    declared = feed.source.columns[name]
    private = declared.personal or declared.type == "free_text"
    choices = [
        Choice(
            column.header,
            _shown(feed, column, private=private),
            with_column(proposal, feed, name, column),
        )
        for column in columns
    ]
    none = Choice(NEITHER, _NO_COLUMN, with_column(proposal, feed, name, None))
    ordered = (*choices, none) if match is not None else (none, *choices)
    heading, usual = feed.source.heading(name), declared.headers[0]
    words = Text(
        _WHICH_COLUMN.ja.format(source=feed.source.title.ja, column=usual, table=feed.table.label),
        _WHICH_COLUMN.en.format(
            source=feed.source.title.en, column=heading.en, table=feed.table.label
        ),
    )
    return Question(id_, words, ordered, kpis, of_days=declared.type == "date")


def _shown(feed: Feed, column: Column, *, private: bool) -> Text:
    values = "" if private else ", ".join(list(column.shown_values)[:3])
    dates = column.dates
    span = f"{dates.first:%Y-%m-%d}..{dates.last:%Y-%m-%d}" if dates else ""
    evidence = " ".join(filter(None, (span, values, f"{column.share:.0%}")))
    dated = {own.place for own in feed.table.columns if own.kind == "date"} - {column.place}
    first = dated and all((column.place, other) in feed.table.earlier for other in dated)
    ja, en = (f", {_FIRST.ja}", f", {_FIRST.en}") if first else ("", "")
    return Text(f"{column.header} ({evidence}{ja})", f"{column.header} ({evidence}{en})")


def with_column(proposal: Proposal, feed: Feed, name: str, column: Column | None) -> Proposal:
    """Return the proposal in which a column is that of all tables of the source with its header."""
    feeds = tuple(
        _renamed(own, name, column)
        if own.source.id == feed.source.id and own.declared.pack == feed.declared.pack
        else own
        for own in proposal.feeds
    )
    return replace(proposal, feeds=feeds)


def _renamed(feed: Feed, name: str, column: Column | None) -> Feed:
    doubtful = {key: own for key, own in feed.doubtful.items() if key != name}
    kept = tuple(match for match in feed.matches if match.name != name)
    if column is None:
        return replace(feed, matches=kept, doubtful=doubtful)
    own = next((c for c in feed.table.columns if c.header == column.header), None)
    if own is None:
        return feed
    kept = tuple(match for match in kept if match.column.place != own.place)
    certain = replace(NONE, header=1.0, cells=1.0, score=1.0)
    return replace(feed, matches=(*kept, Match(name, own, certain)), doubtful=doubtful)


def _orders(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for dates that end in their year, where each may be day or month first.

    Where nobody answers they are not read: no figure is better than one of other months.
    """
    asked: set[str] = set()
    for feed in proposal.feeds:
        for match in feed.matches:
            id_ = f"order {feed.source.id}.{match.name}"
            if not match.column.orders or id_ in asked or not matters(feed, match.name):
                continue
            asked.add(id_)
            heading, spec = feed.source.heading(match.name), feed.source.columns[match.name]
            title, header = feed.source.title, match.column.header
            words = Text(
                _WHICH_ORDER.ja.format(source=title.ja, column=spec.headers[0], header=header),
                _WHICH_ORDER.en.format(source=title.en, column=heading.en, header=header),
            )
            choices = [
                Choice(order, _in_order(order, dates), _with_order(proposal, feed, match, order))
                for order, dates in match.column.orders.items()
            ]
            kpis = using(feed.declared.catalog, feed.source.id, match.name)
            first = Choice(NEITHER, _UNREAD, proposal)
            yield Question(id_, words, (first, *choices), kpis, of_days=True)


def _in_order(order: Order, dates: Dates) -> Text:
    """Return an order, and the days on which the dates lie in it."""
    span = f"{dates.first:%Y-%m-%d}..{dates.last:%Y-%m-%d}"
    return Text(f"{ORDERS[order].ja} ({span})", f"{ORDERS[order].en} ({span})")


def _with_order(proposal: Proposal, feed: Feed, match: Match, order: Order) -> Proposal:
    """Return the proposal in which a column has one order in all tables of the source."""

    def read(own: Match) -> Match:
        if own.name != match.name or order not in own.column.orders:
            return own
        known = replace(own.column, dates=own.column.orders[order], orders={})
        return replace(own, column=known)

    feeds = (
        replace(own, matches=tuple(map(read, own.matches)))
        if own.source.id == feed.source.id
        else own
        for own in proposal.feeds
    )
    return replace(proposal, feeds=tuple(feeds))


def _registers(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for a register that several tables hold, of which one is in force."""
    for source in sorted(proposal.registers_apart):
        feeds = [own for own in proposal.feeds if own.source.id == source and own.is_complete]
        others = tuple(own for own in proposal.feeds if own.source.id != source)
        choices = [
            Choice(
                feed.table.label,
                Text(feed.table.label, feed.table.label),
                replace(proposal, feeds=(*others, feed)),
            )
            for feed in feeds
        ]
        title = feeds[0].source.title
        words = Text(
            _WHICH_REGISTER.ja.format(source=title.ja), _WHICH_REGISTER.en.format(source=title.en)
        )
        none = Choice(NEITHER, _NOT_USED, replace(proposal, feeds=others))
        kpis = tuple(
            kpi.id for kpi in feeds[0].declared.catalog.kpi.values() if source in kpi.sources
        )
        yield Question(f"register {source}", words, (none, *choices), kpis)


def _doubles(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for tables of two systems that seem to hold the same cases."""
    by_label = {feed.table.label: feed for feed in proposal.feeds}
    for second, first in proposal.doubles.items():
        source = by_label[first].source
        choices = [
            Choice(label, Text(label, label), _with_feed(proposal, by_label[other], None))
            for label, other in ((first, second), (second, first))
        ]
        id_ = doubles_id(second)
        apart = replace(proposal, settled=proposal.settled | {id_})
        words = Text(
            _SAME_CASES.ja.format(source=source.title.ja, second=second),
            _SAME_CASES.en.format(source=source.title.en, second=second),
        )
        yield Question(
            id_,
            words,
            (*choices, Choice("both", _BOTH, apart)),
            tuple(_first_kpis(by_label[first])),
        )


def _values(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for every word that a closed code table does not list, and may be shown."""
    for (source, name), words in _unknown_words(proposal).items():
        spec = proposal.catalog.source[source]
        table = proposal.catalog.codes_of(spec, name)
        kpis = using(proposal.catalog, source, name)
        if table is None or not kpis:
            continue
        for word, rows in words.most_common(_WORDS):
            if "," in word or word in proposal.blanks.get(source, ()):
                continue
            as_unknown = Choice(NEITHER, _UNKNOWN, proposal)
            as_blank = Choice("blank", _BLANK, _with_blank(proposal, source, word))
            as_values = [
                Choice(
                    value, table.label(value), _with_synonym(proposal, source, name, value, word)
                )
                for value in table.values
            ]
            nothing = _NOTHING.fullmatch(word) is not None
            choices = (as_unknown, *as_values, *((as_blank,) if nothing else ()))
            header = spec.columns[name].headers[0]
            asked = Text(
                _WHICH_VALUE.ja.format(source=spec.title.ja, header=header, word=word, rows=rows),
                _WHICH_VALUE.en.format(source=spec.title.en, header=header, word=word, rows=rows),
            )
            yield Question(f"value {source}.{name} {word}", asked, choices, kpis)


def _unknown_words(proposal: Proposal) -> Mapping[tuple[str, str], Counter[str]]:
    unknown: dict[tuple[str, str], Counter[str]] = {}
    for feed in proposal.exported:
        for match in feed.matches:
            reader, table = feed.declared.readers.get(match.name), feed.declared.table(match.name)
            if reader is None or table is None or table.open:
                continue
            numerals = table.numerals[0] if table.numerals else None
            said = proposal.synonyms.get((feed.source.id, match.name), {})
            known = {word for words in said.values() for word in words}
            words = {
                word: rows
                for word, rows in match.column.shown_values.items()
                if word not in known and reader.read(word, numerals).problem == "unknown"
            }
            if words:
                unknown.setdefault((feed.source.id, match.name), Counter()).update(words)
    return unknown


def _with_synonym(proposal: Proposal, source: str, name: str, value: str, word: str) -> Proposal:
    own = dict(proposal.synonyms.get((source, name), {}))
    own[value] = (*own.get(value, ()), word)
    return replace(proposal, synonyms={**proposal.synonyms, (source, name): own})


def _with_blank(proposal: Proposal, source: str, word: str) -> Proposal:
    own = (*proposal.blanks.get(source, ()), word)
    return replace(proposal, blanks={**proposal.blanks, source: own})


def months_questions(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for exports whose rows are too few to say what they cover, or have gaps."""
    for entry in proposal.entries:
        source = entry.feeds[0].source
        own = None if entry.pattern is not None else months_of(entry.dates)
        if own is None or source.rhythm not in ("sparse", "continuous"):
            continue
        gaps = source.rhythm == "continuous" and bool(empty_months(entry.dates))
        if source.rhythm == "continuous" and not gaps:
            continue
        spans = dict.fromkeys(span for span in (entry.covers, written(own)) if span is not None)
        declared = [
            Choice(span, Text(span, span), _with_span(proposal, entry, span)) for span in spans
        ]
        none = Choice(
            NEITHER, _BY_ITS_FILES if gaps else _UNDECLARED, _with_span(proposal, entry, None)
        )
        choices = (none, *declared) if gaps else (*declared, none)
        words = months_question(source)
        kpis = tuple(kpi.id for kpi in proposal.kpis if kpi.source == source.id)
        yield Question(months_id(source.id), words, choices, kpis)


def months_question(source: Source) -> Text:
    """Return the question which months an export of a source holds."""
    return Text(
        _WHICH_MONTHS.ja.format(source=source.title.ja),
        _WHICH_MONTHS.en.format(source=source.title.en),
    )


def _with_span(proposal: Proposal, entry: Entry, span: str | None) -> Proposal:
    return replace(proposal, spans={**proposal.spans, entry.source: span})


def _year(proposal: Proposal) -> Iterator[Question]:
    """Yield the question of the fiscal year, where there is anything to count by it."""
    if not proposal.entries:
        return
    choices = tuple(
        Choice(
            str(month),
            Text(_MONTH.ja.format(month=month), _MONTH.en.format(month=month)),
            replace(proposal, fiscal_start=month),
        )
        for month in _MONTHS
    )
    yield Question(YEAR, _WHICH_YEAR, choices, tuple(kpi.id for kpi in proposal.kpis))


_KINDS = (_sources, _columns, _orders, _registers, _doubles, _values, months_questions, _year)
