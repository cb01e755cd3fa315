"""Columns made of others: a value is made once per combination of cells, and spread over the rows.

dataset, Source.derived -> combinations of the codes of their columns -> values -> Coded, unreadable
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.derivations import UNREADABLE, Cell, Context, Derivation
from kpicli.catalog.derivations.relations import related
from kpicli.catalog.sources.tables import SourceTables
from kpicli.loaders.cells.column_codes import BLANK, small_type
from kpicli.loaders.rows.dataset import Coded, Dataset, LookedUp, Mask

Codes = npt.NDArray[np.int64]


class DerivedCells(Struct, frozen=True):
    """A column that is made of others, and which of its cells cannot be read."""

    coded: Coded
    unreadable: Mask


class Derived:
    """The columns of a dataset that are made of others, each made when it is first asked for.

    `others` are the datasets in which values are looked up; they may come later.
    """

    def __init__(
        self, dataset: Dataset, tables: SourceTables, others: Mapping[str, Dataset]
    ) -> None:
        self._dataset, self._tables, self._others = dataset, tables, others
        self._made: dict[str, DerivedCells] = {}
        self.looked_up: dict[str, LookedUp] = {}

    def cells(self, name: str) -> DerivedCells:
        """Return a column that is made of others."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> DerivedCells:
        source = self._dataset.source
        column = source.derived[name]
        if column.derivation.looks_in is not None:
            return self._looked_up(name, column.derivation)
        if column.derivation.gathers is not None and self._dataset.gathered is not None:
            from kpicli.loaders.rows.made.gathering import gather  # few sources need it

            asked = column.derivation.gathers
            return DerivedCells(*gather(*asked, self._dataset.gathered, len(self._dataset)))
        table = self._tables.codes_of(source, name)
        context = Context(
            values=() if table is None else tuple(table.values),
            several=table is not None and bool(table.several),
            each=table is not None and table.each,
            working_days=self._tables.working_days,
        )
        parts = [self._part(each) for each in column.derivation.columns]
        combinations, places = _combined([codes for codes, _ in parts], len(self._dataset))
        values = [cells for _, cells in parts]
        made = [
            column.derivation.value(
                [own[code] for own, code in zip(values, codes, strict=True)], context
            )
            for codes in combinations.tolist()
        ]
        return _spread(made, places)

    def _looked_up(self, name: str, made: Derivation) -> DerivedCells:
        """Look a column up; its key may be made of others itself, so all columns are at hand."""
        from kpicli.loaders.rows.made.look_ups import look_up  # few columns need it

        whole = replace(
            self._dataset,
            columns=_Columns(self._dataset.columns, self, tuple(self._dataset.source.derived)),
            unreadable=_Unreadable(self._dataset.unreadable, self, made.columns),
        )
        looked_up = look_up(made, whole, self._others[str(made.looks_in)])
        self.looked_up[name] = looked_up
        return DerivedCells(looked_up.coded, looked_up.unreadable)

    def _part(self, name: str) -> tuple[Codes, Sequence[Cell]]:
        """Return a column's codes from 0 on, and the cell that each of them stands for."""
        derived = name in self._dataset.source.derived
        coded = self.cells(name).coded if derived else self._dataset.columns[name]
        unreadable = self.cells(name).unreadable if derived else self._dataset.unreadable.get(name)
        codes = coded.codes.astype(np.int64) + 2  # 1 is blank, 0 unreadable
        if unreadable is not None:
            codes[unreadable] = 0
        return codes, (UNREADABLE, None, *map(_cell, coded.values))


def _cell(value: object) -> Cell:
    """Return a value as columns hold it; a number whatever its type is a decimal."""
    return value if isinstance(value, str | date | Decimal) else Decimal(str(value))


def _combined(columns: Sequence[Codes], rows: int) -> tuple[Codes, Codes]:
    """Return the combinations of codes that occur, a row each, and the one of every row.

    Column by column the combinations so far are numbered anew, so that no number grows beyond the
    product of the rows and one column's values.
    """
    combinations, places = np.zeros((1, 0), np.int64), np.zeros(rows, np.int64)
    for codes in columns:
        width = int(codes.max(initial=0)) + 1
        pairs, places = np.unique(places * width + codes, return_inverse=True)
        combinations = np.column_stack((combinations[pairs // width], pairs % width))
    return combinations, places


def _spread(made: Sequence[Cell], places: Codes) -> DerivedCells:
    """Return the cells of all rows, `made` being those of the combinations."""
    index: dict[Cell, int] = {}
    codes = [
        BLANK if cell is None or cell is UNREADABLE else index.setdefault(cell, len(index))
        for cell in made
    ]
    by_combination = np.array(codes, dtype=small_type(len(index)))
    unreadable = np.array([cell is UNREADABLE for cell in made], dtype=np.bool_)
    return DerivedCells(Coded(by_combination[places], tuple(index)), unreadable[places])


class _Columns(Mapping[str, Coded]):
    """The columns of files, and those that are made of them."""

    def __init__(self, own: Mapping[str, Coded], derived: Derived, names: Sequence[str]) -> None:
        self._own, self._derived, self._names = own, derived, frozenset(names)

    def __getitem__(self, name: str) -> Coded:
        return self._derived.cells(name).coded if name in self._names else self._own[name]

    def __contains__(self, name: object) -> bool:
        return name in self._names or name in self._own

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from sorted(self._names)

    def __len__(self) -> int:
        return len(self._own) + len(self._names)


class _Unreadable(Mapping[str, Mask]):
    """The rows with an unreadable cell, per column that has any."""

    def __init__(self, own: Mapping[str, Mask], derived: Derived, names: Sequence[str]) -> None:
        self._own, self._derived, self._names = own, derived, frozenset(names)

    def __getitem__(self, name: str) -> Mask:
        if name not in self._names:
            return self._own[name]
        marks = self._derived.cells(name).unreadable
        if not marks.any():
            raise KeyError(name)
        return marks

    def __iter__(self) -> Iterator[str]:
        yield from self._own
        yield from (name for name in sorted(self._names) if name in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _LookedUp(Mapping[str, LookedUp]):
    """The columns that come of other sources."""

    def __init__(self, derived: Derived, names: Sequence[str]) -> None:
        self._derived, self._names = derived, names

    def __getitem__(self, name: str) -> LookedUp:
        if name not in self._names:
            raise KeyError(name)
        _ = self._derived.cells(name)
        return self._derived.looked_up[name]

    def __iter__(self) -> Iterator[str]:
        yield from self._names

    def __len__(self) -> int:
        return len(self._names)


def with_derived(
    dataset: Dataset, tables: SourceTables, others: Mapping[str, Dataset] | None = None
) -> Dataset:
    """Return the dataset with the columns that its source makes of others.

    One is absent from the files that lack a column which it is made of. `others` are the datasets
    in which values are looked up; what needs one that is not among them is no column at all.
    """
    source, others = dataset.source, {} if others is None else others
    columns = {name: related(tables, [(source.id, name)]) for name in source.derived}
    names = [n for n, elsewhere in columns.items() if all(s in others for s, _ in elsewhere)]
    if not names:
        return dataset
    derived = Derived(dataset, tables, others)
    absent = dict(dataset.absent)
    for name in names:
        needed = [dataset.absent.get(base, ()) for base in source.with_bases((name,))]
        needed += [others[of].absent.get(base, ()) for of, base in columns[name]]
        files = dict.fromkeys(file for each in needed for file in each)
        if files:
            absent[name] = tuple(files)
    taken = [n for n in names if source.derived[n].derivation.looks_in is not None]
    return replace(
        dataset,
        columns=_Columns(dataset.columns, derived, names),
        unreadable=_Unreadable(dataset.unreadable, derived, names),
        absent=absent,
        looked_up=_LookedUp(derived, taken),
    )


def with_all_made(
    datasets: Mapping[str, Dataset], made: Iterable[str], tables: SourceTables
) -> dict[str, Dataset]:
    """Return datasets with all columns and rows that can be made of them."""
    others = dict(datasets)  # each finds the others here when a value is looked up
    for name, dataset in datasets.items():
        others[name] = with_derived(dataset, tables, others)
    for name in made:
        base = others.get(tables.source[name].of or "")
        if base is not None:
            from kpicli.loaders.rows.made.gathering import gathered_rows

            rows = gathered_rows(tables.source[name], base)
            others[name] = with_derived(rows, tables, others)
    return others
