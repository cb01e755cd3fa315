"""The rows of a counted figure as evidence: their cells, and the rows that those come from."""

from collections.abc import Callable, Mapping, Sequence
from itertools import repeat

import numpy as np
import numpy.typing as npt

from kpicli.catalog.kpis.kpi import Kpi
from kpicli.loaders.cells.readers import read_id
from kpicli.loaders.rows.dataset import Dataset
from kpicli.run.counting import Counted
from kpicli.trace.recount import ELSEWHERE, EvidenceCell, EvidenceRow
from kpicli.values.distinct_values import distinct_values


def rows_of(kpi: Kpi, counted: Counted, *, doubtful: bool) -> list[EvidenceRow]:
    """Return the rows of a figure, and the other rows that its cells or measure come from."""
    calculation, dataset = counted.calculation, counted.calculation.dataset
    rules = {int(row): rule.label for rule in calculation.rules for row in rule.rows}
    own = Reader(dataset, _columns(dataset, kpi.columns))
    rows = own.rows(counted.subset.rows.tolist(), _roles(counted), rules)
    if calculation.members is not None and kpi.members is not None:
        elsewhere, members = calculation.members
        other = Reader(elsewhere, _columns(elsewhere, kpi.members.columns))
        rows += other.rows(members.tolist(), ELSEWHERE)
    rows += [*_behind(kpi, counted), *_looked_up(kpi, counted)]
    if doubtful:
        subset = counted.subset
        rows += own.rows(subset.doubtful.tolist(), "in_doubt")
        rows += own.rows(subset.later.tolist(), "not_yet_due")
    return rows


def _behind(kpi: Kpi, counted: Counted) -> list[EvidenceRow]:
    """Return the rows of files of which the counted rows are made, if they are made of others."""
    dataset = counted.calculation.dataset
    if dataset.gathered is None:
        return []
    base, groups = dataset.gathered.base, dataset.gathered.groups
    names = [n for of, n in kpi.used if of == base.source.id]
    reader = Reader(base, base.source.with_bases((*base.source.key, *base.source.dating, *names)))
    numbers = np.flatnonzero(np.isin(groups, counted.subset.rows)).tolist()
    return reader.rows(numbers, "behind")


def _looked_up(kpi: Kpi, counted: Counted) -> list[EvidenceRow]:
    """Return the rows of other sources from which values of the counted rows come, each once."""
    dataset = counted.calculation.dataset
    names = [n for n in dataset.source.with_bases(kpi.columns) if n in dataset.looked_up]
    others = {dataset.looked_up[name].other.source.id: dataset.looked_up[name] for name in names}
    found: list[EvidenceRow] = []
    for of, looked_up in others.items():
        own = [n for n in names if dataset.looked_up[n].other.source.id == of]
        taken = [each for name in own for each in dataset.source.derived[name].derivation.taken]
        source = looked_up.other.source
        reader = Reader(looked_up.other, source.with_bases((*taken, *source.in_force)))
        rows = [dataset.looked_up[name].rows[counted.subset.rows] for name in own]
        numbers = np.unique(np.concatenate(rows)).tolist()
        found += reader.rows([row for row in numbers if row >= 0], "looked_up")
    return found


def _roles(counted: Counted) -> str | Callable[[int], str]:
    calculation = counted.calculation
    if calculation.numerator is None:
        return "counted"
    numerator = frozenset(calculation.numerator.tolist())
    return lambda row: "numerator" if row in numerator else "denominator"


def _columns(dataset: Dataset, used: Sequence[str]) -> tuple[str, ...]:
    """Return the key, the days and the columns of a source that a KPI used, each once.

    With a column that is made of others come those.
    """
    source = dataset.source
    return source.with_bases((*source.key, *source.dating, *used))


class Reader:
    """Reads rows of a dataset back, some columns of them."""

    def __init__(self, dataset: Dataset, columns: Sequence[str]) -> None:
        self._dataset = dataset
        self._source = dataset.source
        self._columns = columns
        known = [name for name in columns if name in dataset.columns]
        self._coded = {name: dataset.column(name) for name in known}

    def rows(
        self,
        rows: Sequence[int],
        role: str | Callable[[int], str],
        rules: Mapping[int, str] = {},
    ) -> list[EvidenceRow]:
        """Return rows of the dataset, in their order, with their places and cells.

        `role` is that of all of them, or of each; `rules` names, by row, the rule that holds.
        """
        files, numbers = (each.tolist() for each in self._dataset.origins(rows))
        texts = self._dataset.raw(rows, self._columns)
        columns = [
            self._cells(name, np.asarray(rows, np.int64), files, numbers, own)
            for name, own in zip(self._columns, texts, strict=True)
        ]
        cells = zip(*columns, strict=True) if columns else repeat((), len(rows))
        return [
            EvidenceRow(
                self._source.id,
                self._dataset.tables[file].place(number, None),
                role if isinstance(role, str) else role(row),
                rules.get(row),
                own,
            )
            for row, file, number, own in zip(rows, files, numbers, cells, strict=True)
        ]

    def _cells(
        self,
        name: str,
        rows: npt.NDArray[np.int64],
        files: Sequence[int],
        numbers: Sequence[int],
        raw: Sequence[str],
    ) -> list[EvidenceCell]:
        """Return the cells of a column: those of rows that have these numbers in their files."""
        column, tables = self._source.known[name], self._dataset.tables
        read = self._read(name, rows, raw)
        if name in self._dataset.looked_up or (
            self._dataset.gathered is not None and name in self._source.derived
        ):
            raw = read  # it stands in no cell of this row, but in those of the rows that follow
        constant = [name in names for names in self._dataset.constants]
        return [
            EvidenceCell(
                name,
                tables[file].header(number, name) or column.headers[0],
                text,
                value,
                column.personal,
                any(constant) and constant[file],
            )
            for file, number, text, value in zip(files, numbers, raw, read, strict=True)
        ]

    def _read(self, name: str, rows: npt.NDArray[np.int64], raw: Sequence[str]) -> Sequence[str]:
        """Return the cells of a column as they were read; "" for blank."""
        coded = self._coded.get(name)
        if coded is None:
            return [str(read_id(text).value or "") for text in raw]
        codes, write = coded.codes[rows], self._source.known[name].written
        written = {
            code: write(coded.values[code]) for code in distinct_values(codes).tolist() if code >= 0
        }
        return [written.get(code, "") for code in codes.tolist()]
