"""Questions of what tables are: of which source, which of several counts, and whether both do."""

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.intake.asking.question import MOST, NEITHER, Choice, Question
from kpicli.intake.matching.feed import Feed
from kpicli.intake.proposal import Proposal, doubles_id, source_id

_EXAMPLES = 2
_WHICH_SOURCE = Text("{table} は何の表ですか", "what is the table {table}?")
_WHICH_SERIES = Text(
    "{table} と、同じ形の {others} ファイルは何の表ですか",
    "what are the table {table} and the {others} like it?",
)
_BY_ROW = Text("{source}、番号がないので 1 行を 1 件と数える", "{source}, each line a row: no ids")
_BY_MONTH = Text("{title}: 各月の数を合計する", "{title}: its numbers by month, added up")
_NOT_USED = Text("使わない", "do not use it")
_WHICH_REGISTER = Text(
    "{source}が複数あります。今のものはどれですか",
    "there are several of {source}: which one is in force?",
)
_SAME_CASES = Text(
    "{source}の二つの出力が同じ件を持つようです。どれを数えますか ({second})",
    "{source}: two exports seem to hold the same cases: which one counts? ({second})",
)
_BOTH = Text("両方(別の件である)", "both (they are other cases)")


def source_questions(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for every table whose source only people can know; one for a series."""
    for series in _series(proposal):
        feed = series[0]
        own = [replace(other, others=(), undecided=False) for other in (feed, *feed.others)][:MOST]
        choices = [
            Choice(
                f"{other.declared.pack}.{other.source.id}",
                _named_pack(other),
                _with_series(proposal, series, place),
            )
            for place, other in enumerate(own)
        ]
        none = Choice(NEITHER, _NOT_USED, _with_series(proposal, series, None))
        table, others = feed.table.label, len(series) - 1
        words = _WHICH_SOURCE.filled(table=table)
        if others:
            words = _WHICH_SERIES.filled(table=table, others=others)
        ordered = (none, *choices) if feed.undecided else (*choices, none)
        kpis = tuple(name for other in own for name in _first_kpis(other))
        yield Question(source_id(feed), words, ordered, kpis)


def _series(proposal: Proposal) -> list[list[Feed]]:
    """Return the tables whose source people are asked for; those that are alike are one series.

    They may be of the same sources, under the same headers: files of one month each, or of a year.
    """
    series: dict[tuple[object, ...], list[Feed]] = {}
    for feed in proposal.feeds:
        if feed.is_asked:
            sources = tuple(
                (own.declared.pack, own.source.id, own.by_row) for own in (feed, *feed.others)
            )
            headers = () if feed.made else feed.table.headers
            series.setdefault((sources, feed.undecided, headers), []).append(feed)
    return list(series.values())


def _with_series(proposal: Proposal, series: Sequence[Feed], place: int | None) -> Proposal:
    """Return the proposal once all tables of a series are of the source at a place, or of none."""
    settled = proposal.settled.union(map(source_id, series))
    for feed in series:
        other = None if place is None else (feed, *feed.others)[place]
        decided = None if other is None else replace(other, others=(), undecided=False)
        proposal = _with_feed(proposal, feed, decided)
    return replace(proposal, settled=settled)


def register_questions(proposal: Proposal) -> Iterator[Question]:
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


def doubles_questions(proposal: Proposal) -> Iterator[Question]:
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
