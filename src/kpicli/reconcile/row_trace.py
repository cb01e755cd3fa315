"""The rows behind every figure of a KPI, without anything personal: digests, values, memberships.

Made from the exports as they are now; a frozen record holds the same things as of its own day.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from kpicli.calculators.interface import Calculation, Disposition, Dispositions
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis import Kpi
from kpicli.catalog.sources import Source
from kpicli.loaders.cells.readers import read_id
from kpicli.loaders.rows.dataset import Dataset
from kpicli.published.secret import Secret
from kpicli.run.counting import Counted

STATES = {
    Disposition.COUNTED: "c",
    Disposition.NOT_SELECTED: "n",
    Disposition.NO_DATE: "d",
    Disposition.OUT_OF_PERIOD: "o",
    Disposition.UNDETERMINED: "u",
    Disposition.NOT_YET_DUE: "l",
    Disposition.EXCLUDED: "x",
}
"""A letter for where a KPI puts a row; every named exclusion is `x`."""


class SourceTrace(Struct, frozen=True):
    """All rows of a source, in order: whose key it is, in which file, what the cells hold.

    Where each line is a row of its own, equal ones are told apart by their number among themselves.
    `files` are numbers of the source's files; `cells` are digests of the columns named.
    """

    source: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    ids: tuple[str, ...]
    files: tuple[int, ...]
    cells: tuple[str, ...]


class RowTrace(Struct, frozen=True):
    """A row that counts: its number in the source, in which figures, and by which values.

    `figures` are places in the KPI's list of figures. `who` is the digest of whom or what a
    distinct count takes for one.
    """

    row: int
    figures: tuple[int, ...]
    values: tuple[str | None, ...]
    numerator: bool = False
    who: str | None = None


class KpiTrace(Struct, frozen=True):
    """The rows behind a KPI's figures; `states` has a letter per row of the source.

    `columns` names the values of `rows`, `other_columns` those of `others`, rows of another source
    in which values of the numerator stand.
    """

    states: str
    columns: tuple[str, ...]
    rows: tuple[RowTrace, ...]
    other_source: str | None = None
    other_columns: tuple[str, ...] = ()
    others: tuple[RowTrace, ...] = ()


def used_columns(catalog: Catalog, source: str) -> tuple[str, ...]:
    """Return the columns of a source that any KPI uses, and its base date, each once, in order."""
    spec = catalog.source[source]
    used = {name for kpi in catalog.kpi.values() for of, name in kpi.used if of == source}
    used.update(spec.dating)
    bases = frozenset(spec.with_bases(used))
    return tuple(name for name in spec.columns if name in bases)


def trace_source(dataset: Dataset, columns: Iterable[str], secret: Secret) -> SourceTrace:
    """Return the digests of all rows of a dataset; an unknown column counts as blank."""
    source, columns = dataset.source, tuple(columns)
    keys: list[Sequence[str | None]] = [_texts(dataset, name) for name in source.key]
    if source.by_row:
        keys.append(_repetitions(keys, len(dataset)))
    cells = [_texts(dataset, name) for name in columns]
    return SourceTrace(
        source=source.id,
        key=source.key,
        columns=columns,
        ids=tuple(secret.digest("row", (source.id, *parts)) for parts in zip(*keys, strict=True)),
        files=tuple(dataset.file_numbers.tolist()),
        cells=tuple(_rows_of(cells, len(dataset), secret)),
    )


def _repetitions(cells: Sequence[Sequence[str | None]], rows: int) -> list[str]:
    """Return, per row, how many rows before it have the same cells."""
    seen: Counter[tuple[str | None, ...]] = Counter()
    numbers: list[str] = []
    for row in range(rows):
        content = tuple(column[row] for column in cells)
        numbers.append(str(seen[content]))
        seen[content] += 1
    return numbers


def _rows_of(cells: Sequence[Sequence[str | None]], rows: int, secret: Secret) -> Iterable[str]:
    for row in range(rows):
        yield secret.digest("cells", (column[row] for column in cells))


def _texts(dataset: Dataset, name: str) -> list[str | None]:
    """Return a column as read, a text per row; None for what is blank, unreadable or not there."""
    if name == dataset.source.lone_key:
        return _lone_keys(dataset, name)
    coded = dataset.columns.get(name)
    if coded is None:
        return [None] * len(dataset)
    column = dataset.source.known[name]
    values = [*map(column.written, coded.values), None]
    return [values[code] for code in coded.codes.tolist()]


def _lone_keys(dataset: Dataset, name: str) -> list[str | None]:
    found: list[str | None] = [None] * len(dataset)
    files = dataset.file_numbers
    for number in np.unique(files).tolist():
        table, rows = dataset.tables[number], np.flatnonzero(files == number)
        if name in table.headers:
            places = dataset.kept[rows] - dataset.firsts[number]
            (cells,) = table.column_cells(places.tolist(), [name])
            for row, cell in zip(rows.tolist(), cells, strict=True):
                value = read_id(cell).value
                found[row] = None if value is None else str(value)
    return found


def trace_kpi(
    kpi: Kpi, calculation: Calculation, counted: Sequence[Counted], secret: Secret
) -> KpiTrace:
    """Return the rows that the figures of a KPI count, by the figures' places in `counted`."""
    dataset = calculation.dataset
    memberships: dict[int, list[int]] = {}
    for place, each in enumerate(counted):
        for row in each.subset.rows.tolist():
            memberships.setdefault(row, []).append(place)
    reader = _Reader(dataset, kpi.columns, kpi.identity, secret)
    # where another source makes the numerator, its rows say so when they are counted again
    marked = None if calculation.members is not None else calculation.numerator
    top = frozenset(() if marked is None else marked.tolist())
    rows = tuple(
        reader.row(row, tuple(places), row in top) for row, places in sorted(memberships.items())
    )
    trace = KpiTrace(_states(calculation.state), reader.columns, rows)
    if calculation.members is None or kpi.members is None:
        return trace
    elsewhere, members = calculation.members
    other = _Reader(elsewhere, kpi.members.columns, (kpi.members.who,), secret)
    listed = tuple(other.row(row, (), numerator=False) for row in members.tolist())
    return KpiTrace(trace.states, trace.columns, rows, elsewhere.source.id, other.columns, listed)


def _states(state: Dispositions) -> str:
    letters = "".join(STATES[Disposition(min(each, Disposition.EXCLUDED))] for each in Disposition)
    return "".join(letters[min(each, Disposition.EXCLUDED)] for each in state.tolist())


def public_columns(source: Source, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the columns that are neither personal nor free text."""
    specs = ((name, source.known[name]) for name in names)
    return tuple(name for name, c in specs if not c.personal and c.type != "free_text")


class _Reader:
    """Reads rows of a dataset as traces; personal columns only into digests."""

    def __init__(
        self, dataset: Dataset, names: Iterable[str], identity: Sequence[str], secret: Secret
    ) -> None:
        known = dict.fromkeys((*dataset.source.dating, *names))
        self.columns = public_columns(dataset.source, (n for n in known if n in dataset.columns))
        self._texts: Mapping[str, list[str | None]] = {
            name: _texts(dataset, name) for name in (*self.columns, *identity)
        }
        self._identity, self._secret = identity, secret

    def row(self, row: int, figures: tuple[int, ...], numerator: bool) -> RowTrace:
        values = tuple(self._texts[name][row] for name in self.columns)
        parts = [self._texts[name][row] for name in self._identity]
        who = self._secret.digest("who", parts) if parts else None
        return RowTrace(row, figures, values, numerator, who)
