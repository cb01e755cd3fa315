"""An entry of `[exports]` to be: the tables that it names, their headers, and what they cover."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from kpicli.intake.exports.coverage import (
    common_months,
    empty_months,
    months_of,
    stretched,
    within,
    written,
)
from kpicli.intake.matching.feed import Feed
from kpicli.intake.profiling.dates import Dates
from kpicli.intake.profiling.tables import Table
from kpicli.loaders.cells.headers import match_headers
from kpicli.values.folding import header_key

Spellings = Mapping[str, tuple[str, ...]]
"""The words of cells by the value of a code table that they stand for."""


class Entry(Struct, frozen=True):
    """One export of a source: tables whose headers are alike, and the span that they cover.

    `headers` are those that the settings have to name, by column. `pattern` is that of files whose
    names say what they cover.
    """

    feeds: tuple[Feed, ...]
    headers: Mapping[str, str]
    covers: str | None = None
    synonyms: Mapping[str, Spellings] = {}
    blanks: tuple[str, ...] = ()
    pattern: str | None = None

    @property
    def source(self) -> str:
        """Return the id of the source."""
        return self.feeds[0].source.id

    @property
    def sheets(self) -> tuple[str, ...]:
        """Return the sheets to name: where the workbooks have several."""
        return sheets_of(self.feeds)

    @property
    def fill_down(self) -> tuple[str, ...]:
        """Return the columns whose cells hold for further rows, a merged base date aside.

        The loaders take that from above by themselves.
        """
        return filled_down(self.feeds[0])

    @property
    def parents(self) -> tuple[str, ...]:
        """Return the columns of the records, where lines continue them."""
        return parents_of(self.feeds[0])

    @property
    def unpivot(self) -> tuple[str, ...]:
        """Return the headers of the months that rows are made of; none where lines are rows."""
        return self.feeds[0].table.month_patterns if self.feeds[0].made else ()

    @property
    def files(self) -> tuple[str, ...]:
        """Return the files in the order of their dates."""
        return tuple(dict.fromkeys(feed.table.file for feed in self.feeds))

    @property
    def dates(self) -> tuple[Dates, ...]:
        """Return the base dates of each table; none where the source has no such column.

        Nor are there any while nobody has said whether their day or their month comes first.
        """
        matches = (feed.match(feed.source.base_date or "") for feed in self.feeds)
        columns = (match.column for match in matches if match is not None)
        return tuple(c.dates for c in columns if c.dates is not None and not c.orders)

    @property
    def rows(self) -> int:
        """Return how many rows its tables have."""
        return sum(feed.table.rows for feed in self.feeds)


def filled_down(feed: Feed) -> tuple[str, ...]:
    """Return the columns of a table whose cells hold for further rows, a merged base date aside."""
    table, base = feed.table, feed.source.base_date
    return tuple(
        match.name
        for match in feed.matches
        if match.column.place in table.grouped
        or (match.column.place in table.merged and match.name != base)
    )


def parents_of(feed: Feed) -> tuple[str, ...]:
    """Return the columns that stand in the first line of a record alone; none without records."""
    places = feed.table.parents or frozenset()
    return tuple(match.name for match in feed.matches if match.column.place in places)


def words_for_nothing(entry: Entry) -> tuple[str, ...]:
    """Return what months say where they have no number."""
    months = [feed.table.months for feed in entry.feeds if feed.made]
    return tuple(dict.fromkeys(word for own in months if own is not None for word in own.blanks))


def sheets_of(feeds: Iterable[Feed]) -> tuple[str, ...]:
    """Return the sheets on which tables stand, of workbooks that have several."""
    named = (feed.table.sheet for feed in feeds if len(feed.table.sheets) > 1)
    return tuple(dict.fromkeys(sheet for sheet in named if sheet is not None))


def alike(feeds: Sequence[Feed]) -> list[list[Feed]]:
    """Return the tables that one entry of the settings can name.

    They feed one source under the same headers, and every file of them has the same sheets.
    """
    by_file: dict[tuple[str, tuple[tuple[str, str], ...], str], list[Feed]] = {}
    for feed in feeds:
        headers = (
            *sorted(named_headers(feed).items()),
            *((name, "") for name in filled_down(feed)),
            *((name, "*") for name in parents_of(feed)),
            *((span, "") for span in filter(None, [_months(feed)])),
        )
        by_file.setdefault((feed.source.id, headers, feed.table.file), []).append(feed)
    grouped: dict[tuple[object, ...], list[Feed]] = {}
    for (source, headers, _), own in by_file.items():
        grouped.setdefault((source, headers, sheets_of(own)), []).extend(own)
    return list(grouped.values())


def _months(feed: Feed) -> str | None:
    """Return the months that the headers of a table say it holds; None where lines are rows."""
    return feed.table.months.covers if feed.made and feed.table.months is not None else None


def last_day(feed: Feed) -> tuple[str, str]:
    """Return the last base date of a table as text, "" without any, and its file."""
    match = feed.match(feed.source.base_date or "")
    dates = None if match is None else match.column.dates
    return (str(dates.last) if dates else "", feed.table.file)


def named_headers(feed: Feed) -> dict[str, str]:
    """Return the headers of columns that the loaders do not find by themselves."""
    labels = _labels(feed.table)
    natural = match_headers(labels, feed.source)
    wanted = {match.name: match.column.place for match in feed.matches}
    named = {
        name: _spelling(labels, place)
        for name, place in wanted.items()
        if natural.get(name) != [place]
    }
    # A header that is named for one column is no other's any more: whatever shared it is named too.
    taken = {wanted[name] for name in named}
    for name, places in natural.items():
        if name in wanted and name not in named and taken.intersection(places):
            named[name] = _spelling(labels, wanted[name])
    return named


def _labels(table: Table) -> list[str]:
    labels = [""] * (max(column.place for column in table.columns) + 1)
    for column in table.columns:
        labels[column.place] = column.header
    return labels


def _spelling(labels: Sequence[str], place: int) -> str:
    """Return a header as the settings name it: with its number where several columns have it."""
    same = [p for p, label in enumerate(labels) if header_key(label) == header_key(labels[place])]
    number = f"#{same.index(place) + 1}" if len(same) > 1 else ""
    return labels[place] + number


def likely_spans(entries: Sequence[Entry]) -> list[str | None]:
    """Return the months that exports seem to cover, each as the settings have it.

    A source whose rows are few says little of its months: where its dates lie within those that the
    other exports have in common, these are its own, too, as far as its rows do not speak against
    that. None where a month without rows may mean that a file is missing, and for what has no base
    date.
    """
    spans = [months_of(entry.dates) for entry in entries]
    rhythms = [entry.feeds[0].source.rhythm for entry in entries]
    common = common_months(
        span
        for span, rhythm in zip(spans, rhythms, strict=True)
        if span is not None and rhythm == "continuous"
    )
    likely: list[str | None] = []
    for entry, span, rhythm in zip(entries, spans, rhythms, strict=True):
        own = span
        if rhythm == "sparse" and common is not None and within(entry.dates, common):
            own = stretched(entry.dates, common)
        whole = rhythm == "sparse" or (rhythm == "continuous" and not empty_months(entry.dates))
        likely.append(written(own) if whole and own else _months(entry.feeds[0]))
    return likely
