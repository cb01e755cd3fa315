"""Questions whether the day or the month comes first in dates that end in their year."""

from collections.abc import Iterator

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.intake.asking.question import NEITHER, Choice, Question
from kpicli.intake.matching.feed import Feed, Match
from kpicli.intake.profiling.dates import Dates
from kpicli.intake.profiling.phrases import ORDERS
from kpicli.intake.proposal import Proposal, matters, using
from kpicli.values.dates import Order

_WHICH_ORDER = Text(
    "{source}の「{column}」({header})は、日と月のどちらが先ですか",
    "{source}: does the day or the month come first in {column} ({header})?",
)
_UNREAD = Text("わからない(日付を読まない)", "not known (its dates are not read)")


def order_questions(proposal: Proposal) -> Iterator[Question]:
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
            yield Question(id_, words, (first, *choices), kpis, "days")


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
