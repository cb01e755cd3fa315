"""What is proposed for a folder: its exports, the packs that they feed, and the KPIs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis import Kpi
from kpicli.catalog.read import SEED, read_catalog
from kpicli.intake.coverage import common_months, empty_months, months_of, within, written
from kpicli.intake.known import packs
from kpicli.intake.matching.sources import Feed, Match
from kpicli.intake.profiling.tables import Table, Unread
from kpicli.loaders.cells.headers import match_headers
from kpicli.values.folding import header_key


class Entry(Struct, frozen=True):
    """One export of a source: tables whose headers are alike, and the span that they cover.

    `headers` are those that the settings have to name, by column.
    """

    feeds: tuple[Feed, ...]
    headers: Mapping[str, str]
    covers: str | None = None
    synonyms: Mapping[str, Mapping[str, tuple[str, ...]]] = {}

    @property
    def source(self) -> str:
        """Return the id of the source."""
        return self.feeds[0].source.id

    @property
    def sheet(self) -> str | None:
        """Return the sheet to name: where the workbooks have several."""
        table = self.feeds[0].table
        return table.sheet if len(table.sheets) > 1 else None

    @property
    def files(self) -> tuple[str, ...]:
        """Return the files in the order of their dates."""
        return tuple(dict.fromkeys(feed.table.file for feed in self.feeds))

    @property
    def rows(self) -> int:
        """Return how many rows its tables have."""
        return sum(feed.table.rows for feed in self.feeds)

    def match(self, name: str) -> Match | None:
        """Return the match of a column in the first of the tables."""
        return self.feeds[0].match(name)


class Proposal(Struct, frozen=True, dict=True):
    """The settings that are proposed, and what they leave aside."""

    entries: tuple[Entry, ...]
    unused: tuple[Table, ...] = ()
    unread: tuple[Unread, ...] = ()
    fiscal_start: int = 4

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """Return the packs whose sources are fed, the seed agency's first."""
        fed = {feed.declared.pack for entry in self.entries for feed in entry.feeds}
        return tuple(name for name in packs() if name in fed) or (SEED,)

    @cached_property
    def catalog(self) -> Catalog:
        """Return the catalogue that these packs make."""
        return read_catalog(packs=self.packs)

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """Return the KPIs that the columns can feed, in the order of the catalogue."""
        return tuple(kpi for kpi in self.catalog.kpi.values() if not self.lacking(kpi))

    def lacking(self, kpi: Kpi) -> tuple[tuple[str, str | None], ...]:
        """Return what a KPI lacks: sources, each with None, or with a column that is not there."""
        missing = [(name, None) for name in kpi.sources if name not in self._columns]
        return tuple(missing) or tuple(
            (source, name)
            for source, name in kpi.used
            if name in self.catalog.source[source].columns and name not in self._columns[source]
        )

    @cached_property
    def _columns(self) -> Mapping[str, frozenset[str]]:
        """Return, per source, the columns that all of its tables have; made sources as theirs."""
        columns: dict[str, frozenset[str]] = {}
        for entry in self.entries:
            for feed in entry.feeds:
                own = frozenset(match.name for match in feed.matches)
                columns[entry.source] = columns.get(entry.source, own) & own
        for name, source in self.catalog.source.items():
            if source.of is not None and source.of in columns:
                columns[name] = columns[source.of] | frozenset(source.columns)
        return columns


def propose(
    feeds: Iterable[Feed | None], tables: Sequence[Table], unread: Iterable[Unread]
) -> Proposal:
    """Return what is proposed for tables, each with the source that it feeds, if any."""
    fed = [feed for feed in feeds if feed is not None]
    known = {(feed.table.file, feed.table.sheet) for feed in fed}
    unused = tuple(table for table in tables if (table.file, table.sheet) not in known)
    return Proposal(with_spans(_entries(_once(fed))), unused, tuple(unread))


def _once(feeds: Sequence[Feed]) -> list[Feed]:
    """Return the feeds without those whose file is there under another name."""
    kept: dict[tuple[str, str | None], Feed] = {}
    for feed in feeds:
        kept.setdefault((feed.table.digest, feed.table.sheet), feed)
    return list(kept.values())


def _entries(feeds: Sequence[Feed]) -> list[Entry]:
    grouped: dict[tuple[object, ...], list[Feed]] = {}
    order = list(packs())
    ranked = sorted(feeds, key=lambda feed: (order.index(feed.declared.pack), _place(feed)))
    for feed in ranked:
        headers = named_headers(feed)
        sheet = feed.table.sheet if len(feed.table.sheets) > 1 else None
        grouped.setdefault((feed.source.id, sheet, *sorted(headers.items())), []).append(feed)
    return [
        Entry(tuple(sorted(own, key=_first_day)), named_headers(own[0])) for own in grouped.values()
    ]


def _place(feed: Feed) -> int:
    return list(packs()[feed.declared.pack].source).index(feed.source.id)


def _first_day(feed: Feed) -> tuple[str, str]:
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


def with_spans(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the entries with the months that they seem to cover.

    A source whose rows are few says little of its months: where its dates lie within those that the
    other exports have in common, these are its own, too.
    """
    spans = [months_of(entry.feeds) for entry in entries]
    continuous = (
        span
        for span, entry in zip(spans, entries, strict=True)
        if span is not None and entry.feeds[0].source.rhythm == "continuous"
    )
    common = common_months(continuous)
    dated: list[Entry] = []
    for entry, span in zip(entries, spans, strict=True):
        rhythm = entry.feeds[0].source.rhythm
        own = span
        if rhythm == "sparse" and common is not None and within(entry.feeds, common):
            own = common
        whole = rhythm == "sparse" or (rhythm == "continuous" and not empty_months(entry.feeds))
        dated.append(replace(entry, covers=written(own)) if whole and own else entry)
    return tuple(dated)
