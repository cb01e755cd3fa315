"""Questions which column of a table is which column of a source."""

from collections.abc import Iterator

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.intake.asking.question import MOST, NEITHER, About, Choice, Question
from kpicli.intake.matching.feed import Feed, Match
from kpicli.intake.matching.fit import NONE
from kpicli.intake.profiling.columns import Column
from kpicli.intake.proposal import Proposal, matters, using

_WHICH_COLUMN = Text(
    "{source}の「{column}」は {table} のどの列ですか",
    "{source}: which column of {table} is {column}?",
)
_FIRST = Text("ほかの日付より後にならない", "never after the other dates")
_NO_COLUMN = Text("どれでもない", "none of them")


def column_questions(proposal: Proposal) -> Iterator[Question]:
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
    columns = list({column.place: column for column in (*free, *others)}.values())[:MOST]
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
    about: About = "days" if declared.type == "date" else ""
    return Question(id_, words, ordered, kpis, about)


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
