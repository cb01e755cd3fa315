"""What is proposed for a folder: its exports, the packs that they feed, and the KPIs."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.read import SEED
from kpicli.intake.exports.coverage import Month, Months, months_of, named_by_period
from kpicli.intake.exports.entry import (
    Entry,
    Spellings,
    alike,
    last_day,
    likely_spans,
    named_headers,
    words_for_nothing,
)
from kpicli.intake.exports.held import Unheld, unheld_values
from kpicli.intake.matching.doubles import Cases, doubles_of
from kpicli.intake.matching.feed import Feed
from kpicli.intake.matching.known import catalog_of, packs
from kpicli.intake.profiling.tables import Table, Unread
from kpicli.model.periods import FiscalYear
from kpicli.values.dates import Order

YEAR = "fiscal year"
"""The id of the question in which month the year begins."""


def source_id(feed: Feed) -> str:
    """Return the id of the question what a table is."""
    return f"source {feed.table.label}"


def doubles_id(label: str) -> str:
    """Return the id of the question whether a table holds the cases of another once more."""
    return f"doubles {label}"


def months_id(source: str) -> str:
    """Return the id of the question which months an export of a source holds."""
    return f"months {source}"


def using(catalog: Catalog, source: str, name: str) -> tuple[str, ...]:
    """Return the KPIs that use a column of a source."""
    spec = catalog.source[source]
    return tuple(
        kpi.id
        for kpi in catalog.kpi.values()
        if source in kpi.sources and ((source, name) in kpi.used or name in spec.dating)
    )


def matters(feed: Feed, name: str) -> bool:
    """Return whether anything is counted by a column, or nothing can be without it."""
    used = using(feed.declared.catalog, feed.source.id, name)
    return bool(used) or feed.source.columns[name].required


class Proposal(Struct, frozen=True, dict=True):
    """The settings that are proposed: what tables feed, and what people have said of them.

    `feeds` are the tables that feed a source; `tables` are all of them. `spans` are the months that
    somebody declared for a source, or None for those that nothing shall be declared of; `synonyms`
    and `blanks` what words of cells stand for. `zeros` are columns, each with its source, whose
    exports hold values that no row has. `settled` names the questions that are answered.
    """

    feeds: tuple[Feed, ...]
    tables: tuple[Table, ...] = ()
    unread: tuple[Unread, ...] = ()
    fiscal_start: int = 4
    spans: Mapping[str, str | None] = {}
    synonyms: Mapping[tuple[str, str], Spellings] = {}
    blanks: Mapping[str, tuple[str, ...]] = {}
    zeros: frozenset[tuple[str, str]] = frozenset()
    settled: frozenset[str] = frozenset()

    @cached_property
    def exported(self) -> tuple[Feed, ...]:
        """Return the tables that can be exported: they lack nothing, and go with each other."""
        return tuple(
            feed
            for feed in self.feeds
            if feed.is_complete
            and feed.source.id not in self.registers_apart
            and feed.table.label not in self.doubles
        )

    @cached_property
    def doubles(self) -> Mapping[str, str]:
        """Return the tables whose cases another one has, too, by label, unless both count."""
        doubles = doubles_of(
            [
                Cases(
                    feed.source.id,
                    feed.table,
                    None if feed.by_row else _ids(feed),
                    _months_of_cases(feed),
                )
                for feed in self.feeds
                if feed.is_complete
            ]
        )
        return {
            label: other
            for label, other in doubles.items()
            if doubles_id(label) not in self.settled
        }

    @cached_property
    def registers_apart(self) -> frozenset[str]:
        """Return the registers of which several tables are there that cannot stand together.

        Nothing says on which days they were written, so that rows which have ended in one would go
        on by the other. Under the same headers, and without a row in common, they are parts of one.
        """
        by_source: dict[str, list[Feed]] = {}
        for feed in self.feeds:
            if feed.is_complete and feed.source.rhythm == "register":
                by_source.setdefault(feed.source.id, []).append(feed)
        return frozenset(name for name, own in by_source.items() if not _are_parts(own))

    def _named_by_period(self, entry: Entry) -> str | None:
        """Return the pattern of the files of an entry, if each is named by the months it holds.

        A source whose rows are few does not say by them whether its names are right.
        """
        source = entry.feeds[0].source
        base = source.base_date if source.rhythm == "continuous" else None
        if entry.source in self.spans or base is None or entry.sheets or entry.unpivot:
            return None
        held: dict[str, Months] = {}
        for feed in entry.feeds:
            match = feed.match(base)
            column = None if match is None or match.column.orders else match.column
            months = months_of([column.dates] if column and column.dates else [])
            if months is not None:
                held[feed.table.file] = months
        tables = {table.file for table in self.tables} | {each.file for each in self.unread}
        others = tables.difference(entry.files)
        if len(held) < len(entry.files):
            return None
        return named_by_period(held, sorted(others), FiscalYear(self.fiscal_start))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Return the exports, in the order of the catalogue."""
        order = list(packs())
        ranked = sorted(self.exported, key=lambda feed: _place(feed, order))
        entries = [
            Entry(tuple(sorted(own, key=last_day)), named_headers(own[0])) for own in alike(ranked)
        ]
        patterns = [self._named_by_period(entry) for entry in entries]
        return tuple(
            replace(
                entry,
                covers=self.spans.get(entry.source, span) if pattern is None else None,
                pattern=pattern,
                synonyms=self._synonyms_of(entry),
                blanks=self.blanks.get(entry.source, words_for_nothing(entry)),
            )
            for entry, span, pattern in zip(entries, likely_spans(entries), patterns, strict=True)
        )

    @cached_property
    def unheld(self) -> tuple[Unheld, ...]:
        """Return the columns without a row of a value that a KPI asks for, said to be 0 or not."""
        return unheld_values(self.catalog, self._fed, self.exported, self.synonyms)

    def _synonyms_of(self, entry: Entry) -> Mapping[str, Spellings]:
        own = {name for feed in entry.feeds for name in (match.name for match in feed.matches)}
        return {
            name: spellings
            for (source, name), spellings in self.synonyms.items()
            if source == entry.source and name in own
        }

    def ticks(self, source: str) -> Mapping[str, Mapping[str, str]]:
        """Return the headers of the boxes that a source's code columns have in all its tables."""
        feeds = [feed for feed in self.exported if feed.source.id == source]
        headers = [
            {
                name: {value: box.header for value, box in boxes.items()}
                for name, boxes in feed.ticks.items()
            }
            for feed in feeds
        ]
        first = headers[0] if headers else {}
        return first if all(own == first for own in headers) else {}

    def orders(self, source: str) -> Mapping[str, Order]:
        """Return the order of each column of a source whose dates end in their year.

        None while it is open for a table, or where two tables have two orders: a source has one.
        """
        known: dict[str, set[Order | None]] = {}
        for feed in self.exported:
            for match in feed.matches if feed.source.id == source else ():
                if match.column.orders:
                    known.setdefault(match.name, set()).add(None)
                elif match.column.dates is not None and match.column.dates.order is not None:
                    known.setdefault(match.name, set()).add(match.column.dates.order)
        single = {name: own.pop() for name, own in known.items() if len(own) == 1}
        return {name: order for name, order in single.items() if order is not None}

    @property
    def unused(self) -> tuple[Table, ...]:
        """Return the tables that feed nothing; copies of others are none of them."""
        fed = {(feed.table.digest, feed.table.sheet) for feed in self.exported}
        return tuple(table for table in self.tables if (table.digest, table.sheet) not in fed)

    @cached_property
    def packs(self) -> tuple[str, ...]:
        """Return the packs whose sources are fed, the seed agency's first."""
        fed = {feed.declared.pack for feed in self.exported}
        return tuple(name for name in packs() if name in fed) or (() if fed else (SEED,))

    @cached_property
    def catalog(self) -> Catalog:
        """Return the catalogue that these packs make, with the sources that no pack has."""
        own = dict.fromkeys(feed.declared.text for feed in self.exported)
        return catalog_of(self.packs, "\n".join(own))

    @cached_property
    def kpis(self) -> tuple[Kpi, ...]:
        """Return the KPIs that the exports can feed, in the order of the catalogue.

        One that asks for a value without a row is none of them, until people have said that the
        exports hold the value.
        """
        left = {name for each in self.left_out for name in each.kpis}
        return tuple(kpi for kpi in self._fed if kpi.id not in left)

    @property
    def left_out(self) -> tuple[Unheld, ...]:
        """Return the columns without a row of a value, which nobody has said to be 0."""
        return tuple(own for own in self.unheld if (own.source, own.column) not in self.zeros)

    @cached_property
    def _fed(self) -> tuple[Kpi, ...]:
        """Return the KPIs that lack no source and no column."""
        return tuple(kpi for kpi in self.catalog.kpi.values() if not self.lacking(kpi))

    def lacking(self, kpi: Kpi) -> tuple[tuple[str, str | None], ...]:
        """Return what a KPI lacks: sources, each with None, or with a column that is not there.

        Among its columns are those that say when a row happened, or is in force: without the day on
        which people left, all of them would be in service for ever.
        """
        missing = [(name, None) for name in kpi.sources if name not in self._columns]
        dating = [(of, name) for of in kpi.sources for name in self.catalog.source[of].dating]
        needed = (
            (source, base)
            for source, name in (*kpi.used, *dating)
            for base in self.catalog.source[source].with_bases((name,))
        )
        return tuple(missing) or tuple(
            (source, name)
            for source, name in dict.fromkeys(needed)
            if name in self.catalog.source[source].columns and name not in self._columns[source]
        )

    @cached_property
    def _columns(self) -> Mapping[str, frozenset[str]]:
        """Return, per source, the columns that all of its tables have; made sources as theirs."""
        columns: dict[str, frozenset[str]] = {}
        for feed in self.exported:
            own = (
                frozenset((*(match.name for match in feed.matches), *feed.made))
                | self.ticks(feed.source.id).keys()
            )
            columns[feed.source.id] = columns.get(feed.source.id, own) & own
        for name, source in self.catalog.source.items():
            if source.of is not None and source.of in columns:
                columns[name] = columns[source.of] | frozenset(source.columns)
        return columns


def propose(feeds: Iterable[Feed], tables: Sequence[Table], unread: Iterable[Unread]) -> Proposal:
    """Return what is proposed for the tables that feed a source, and those that feed none."""
    return Proposal(tuple(_once([*feeds])), tuple(tables), tuple(unread))


def _once(feeds: Sequence[Feed]) -> list[Feed]:
    """Return the feeds without those whose file is there under another name."""
    kept: dict[tuple[str, str | None], Feed] = {}
    for feed in feeds:
        kept.setdefault((feed.table.digest, feed.table.sheet), feed)
    return list(kept.values())


def _are_parts(feeds: Sequence[Feed]) -> bool:
    """Return whether tables of a register are its parts: alike, and no id of the key in two."""
    if len({tuple(sorted(named_headers(feed).items())) for feed in feeds}) > 1:
        return False
    known: set[int] = set()
    for feed in feeds:
        ids = _ids(feed)
        if not known.isdisjoint(ids):
            return False
        known |= ids
    return True


def _months_of_cases(feed: Feed) -> Mapping[Month, int]:
    """Return how many rows a table has in each month, by its base date."""
    match = feed.match(feed.source.base_date or "")
    return match.column.dates.months if match and match.column.dates else {}


def _ids(feed: Feed) -> frozenset[int]:
    """Return the digests of the numbers that tell the rows of a table apart."""
    matches = (feed.match(name) for name in feed.source.key)
    return frozenset(mark for match in matches if match for mark in match.column.marks)


def _place(feed: Feed, order: Sequence[str]) -> tuple[int, int]:
    """Return the place of a source: those of packs in their order, then those of no pack."""
    if feed.made:
        return len(order), 0
    pack = feed.declared.pack
    return order.index(pack), list(packs()[pack].source).index(feed.source.id)
