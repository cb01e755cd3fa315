"""How well a column of a file fits a column that a source declares, by its header and its cells."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache, cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.catalog.derivations.codes import Bins
from kpicli.catalog.sources.code_tables import CodeTable
from kpicli.catalog.sources.source import Source
from kpicli.intake.profiling.columns import Column
from kpicli.intake.profiling.words import is_system, likeness, names_people
from kpicli.loaders.cells.readers import read_number
from kpicli.values.codes import CodeReader
from kpicli.values.folding import fold

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog

_SPECIFIC, _COMMON, _PLAIN = 0.8, 0.35, 0.2
"""How much the cells say by themselves: a list of words of its own, 有 and 無, any date or text."""
_SYSTEM = 0.6
_FILLED_IDS, _REPEATED_IDS = 0.95, 0.1
"""An id of rows is in so many of them, and so few may be there twice."""
_NUMERALS = 0.7
"""How well numbers fit as codes that may also be written as numbers."""
_BY_CHANCE = 0.2
"""How well ids of people fit as ids of rows: each customer may be in one row alone by chance."""
_UNFIT, _FITTING = 0.15, 0.7
_EVERY_DAY = frozenset(
    ("有", "無", "はい", "いいえ", "済", "未", "対象外", "○", "×", "該当なし", "1", "0")
)
"""Words that many lists have."""


class Fit(Struct, frozen=True):
    """How well a column fits, from 0 to 1: by header, by cells, and both together.

    `doubt` says that cells can be read and may mean something else all the same.
    """

    header: float
    cells: float
    score: float
    doubt: bool = False


NONE = Fit(0.0, 0.0, 0.0)


class Declared(Struct, frozen=True, dict=True):
    """A source of a pack. `former` are headers by which its columns went before, by column.

    None where it was not among the exports before, or nothing is known of any. One that no pack
    has is declared by a `text` of settings.
    """

    pack: str
    source: Source
    catalog: "Catalog"
    former: Mapping[str, tuple[str, ...]] | None = None
    text: str = ""

    @cached_property
    def readers(self) -> Mapping[str, CodeReader]:
        """Return a reader for every column that has a code table of its own words."""
        tables = {name: self.catalog.codes_of(self.source, name) for name in self.source.columns}
        return {name: _reader(table) for name, table in tables.items() if table is not None}

    @cached_property
    def _lone_key(self) -> str | None:
        return self.source.lone_key  # asked for with each column of each table

    def table(self, name: str) -> CodeTable | None:
        """Return the code table of a column."""
        return self.catalog.codes_of(self.source, name)

    def fit(self, column: Column, name: str, *, lone_unique: bool, lone_date: bool) -> Fit:
        """Return how well a column of a file fits one of the source.

        `lone_unique` says that no other column of the file tells its rows apart, `lone_date` that
        no other has a date in every row.
        """
        header = self._by_header(column, name)
        cells = self._by_cells(column, name)
        if cells < _UNFIT:
            return Fit(header, cells, _UNFIT * header)
        alone = self._says_alone(column, name, lone_unique=lone_unique, lone_date=lone_date)
        score = 1 - (1 - header * (0.4 + 0.6 * cells)) * (1 - alone * cells)
        return Fit(header, cells, score, self._is_other_scale(column, name))

    def _is_other_scale(self, column: Column, name: str) -> bool:
        """Return whether the numbers of a column may be those of another scale.

        Nothing says whether 1 or 5 is the best of answers without words. A scale that ends below
        the highest bin that is made of the column is another one.
        """
        if column.kind != "score" or not column.values:
            return False
        if self.source.columns[name].type == "code":
            return True
        made = (own.derivation for own in self.source.derived.values())
        edges = [max(own.edges) for own in made if isinstance(own, Bins) and own.bins == name]
        return bool(edges) and _greatest(column) < max(edges)

    def fits_cells(self, column: Column, name: str) -> bool:
        """Return whether the cells of a column can be read as those of a declared one."""
        return self._by_cells(column, name) >= _FITTING

    @cached_property
    def _known_headers(self) -> dict[tuple[str, str], float]:
        """Return how well headers fit that have been looked at: many tables share theirs."""
        return {}

    def _by_header(self, column: Column, name: str) -> float:
        known = self._known_headers.get((column.header, name))
        if known is None:
            known = self._known_headers[column.header, name] = self._header(column, name)
        return known

    def _header(self, column: Column, name: str) -> float:
        declared = self.source.columns[name].headers
        best = max(
            likeness(column.header, spelling) - (0.01 if place else 0)
            for place, spelling in enumerate(declared)
        )
        english = likeness(column.header, name) if column.header.isascii() else 0.0
        if is_system(column.header):
            return _SYSTEM * max(best, english)  # only where the table has no other
        former = () if self.former is None else self.former.get(name, ())
        return (
            1.0
            if any(likeness(column.header, own) == 1.0 for own in former)
            else max(best, english)
        )

    def _by_cells(self, column: Column, name: str) -> float:
        declared = self.source.columns[name]
        if column.kind == "blank":
            return 0.0 if name in (*self.source.key, *self._full_dates) else 0.4
        match declared.type:
            case "date":
                return self._as_date(column, full=name in self._full_dates)
            case "id":
                return self._as_id(column, name)
            case "number":
                return max(column.numbers, 0.0) if column.kind != "date" else 0.0
            case "code":
                return self._as_code(column, name)
            case "free_text":
                return {"free_text": 1.0, "code": 0.5, "several": 0.5}.get(column.kind, 0.1)
            case _:
                return {"free_text": 0.9, "code": 0.9, "several": 0.7}.get(column.kind, 0.2)

    @cached_property
    def _full_dates(self) -> tuple[str, ...]:
        """Return the date columns in which every row has one: when it happened, or began."""
        return self.source.dating[:1]

    def _as_date(self, column: Column, *, full: bool) -> float:
        if column.dates is None:
            return 0.0
        readable = column.dates.readable / column.filled
        return readable * (column.share**2 if full else 1.0)

    def _as_id(self, column: Column, name: str) -> float:
        if column.kind == "date":
            return 0.0
        if name == self._lone_key or self.source.key == (name,):
            repeated = 1 - column.unique
            of_people = any(map(names_people, self.source.columns[name].headers))
            if names_people(column.header) and not of_people:
                return _BY_CHANCE
            if column.share < _FILLED_IDS or repeated > _REPEATED_IDS:
                return 0.0
            return (1 - repeated) * (1.0 if column.kind in ("id", "person") else 0.3)
        if column.kind in ("id", "person"):
            personal = self.source.columns[name].personal
            return 1.0 if (column.kind == "person") == personal else 0.8
        return {"code": 0.4, "free_text": 0.2, "amount": 0.4, "score": 0.3}.get(column.kind, 0.2)

    def _as_code(self, column: Column, name: str) -> float:
        table = self.table(name)
        if table is None or column.kind in ("date", "free_text", "person", "id", "amount"):
            open_list = table is not None and table.open
            return 0.3 if open_list and column.kind in ("person", "free_text") else 0.0
        if column.kind == "tick" and (table.open or all(map(str.isdecimal, column.values))):
            return 0.0  # a box is no list of words, nor a score of 1
        known = self._known(column, name)
        if table.open:
            return 0.8 + 0.2 * known
        return _NUMERALS * known if column.kind == "score" else known

    def _known(self, column: Column, name: str) -> float:
        """Return the share of rows whose value the column's code table lists."""
        table, read = self.table(name), self.readers[name]
        if table is None or not column.values:
            return 0.0
        numerals = table.numerals[0] if table.numerals else None

        def is_known(value: str) -> bool:
            if table.open:
                return value in _words(table)
            return read.read(value, numerals).problem is None

        rows = sum(count for value, count in column.values.items() if is_known(value))
        return rows / sum(column.values.values())

    def _says_alone(
        self, column: Column, name: str, *, lone_unique: bool, lone_date: bool
    ) -> float:
        declared = self.source.columns[name]
        if name == self._lone_key:
            return 0.6 if lone_unique else _COMMON
        if name == self.source.base_date:
            return 0.6 if lone_date else _COMMON
        table = self.table(name)
        if table is None:
            return _PLAIN if declared.type in ("date", "id", "number") else 0.1
        own = [v for v in column.values if v not in _EVERY_DAY and not v.isdecimal()]
        known = _words(table).intersection(own)
        if table.open:
            return _SPECIFIC if known and self._known(column, name) > 0.5 else 0.1
        return _SPECIFIC if known and len(own) > 1 else _COMMON


def _greatest(column: Column) -> Decimal:
    """Return the greatest number of a scale."""
    return max(Decimal(str(read_number(text).value or 0)) for text in column.values)


def _reader(table: CodeTable) -> CodeReader:
    return CodeReader(
        table.values,
        open_list=table.open,
        several=table.several,
        excluded=table.excluded,
        numerals=bool(table.numerals),
    )


@cache
def _spelled(values: tuple[tuple[str, tuple[str, ...]], ...]) -> frozenset[str]:
    return frozenset(fold(spelling) for value, own in values for spelling in (value, *own))


def _words(table: CodeTable) -> frozenset[str]:
    return _spelled(tuple(table.values.items()))
