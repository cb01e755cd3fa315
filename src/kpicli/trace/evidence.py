"""The way back from a figure to its rows, re-counted from what the rows themselves say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from msgspec import Struct

from kpicli.base.errors import UnknownName, UsageError
from kpicli.base.wording import Text, listed
from kpicli.catalog.kpis import Kpi
from kpicli.catalog.labels import labels_of
from kpicli.loaders.cells.readers import read_id
from kpicli.loaders.load import load
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import LEVELS, Status
from kpicli.model.periods import ComparisonKind, Period
from kpicli.output.page.words import item_words
from kpicli.run.counting import Counted
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.settings.request import Request, named_kpis
from kpicli.settings.settings import Settings
from kpicli.trace.recount import (
    ELSEWHERE,
    Evidence,
    EvidenceCell,
    EvidenceRow,
    assert_same,
    recount,
)

Labels = Mapping[str, Mapping[str, str]]
"""The English of names, by the column that splits."""


class RowsRequest(Struct, frozen=True):
    """Which figure of a request for one KPI is to be shown its rows.

    `item` is a part, rule or memo, `group` one of the request's dimension. `of` asks for the same
    figure in the previous period or a year ago, `doubtful` for the rows in doubt, and for those
    that are not yet due, as well.
    """

    request: Request
    item: str | None = None
    group: str | None = None
    of: ComparisonKind | None = None
    doubtful: bool = False

    @property
    def period(self) -> Period:
        """Return the period whose rows are asked for."""
        period = self.request.period
        return period if self.of is None else period.compared_with(self.of)


def find_evidence(settings: Settings, asked: RowsRequest, today: date) -> Evidence:
    """Load what the figure needs and return it with its rows.

    Raises what `gather` raises, and `UnknownName` for a KPI that does not exist.
    """
    kpi = named_kpis(settings.catalog, asked.request.kpis)[0]
    datasets = load(settings, kpi.sources, today)
    return gather(KpiRun(Run(settings, asked.request, today, datasets), kpi), asked)


def gather(kpi_run: KpiRun, asked: RowsRequest) -> Evidence:
    """Return a figure with its rows, which have been counted again from their own cells.

    Raises `UnknownName` for an item or group that does not exist, `UsageError` where the KPI has
    no total or no data, and `InternalError` if the rows do not make exactly the figure.
    """
    kpi, period = kpi_run.kpi, asked.period
    if not kpi_run.readable:
        raise _no_data(kpi, period)
    labels = labels_of(kpi, kpi_run.run.catalog, asked.request.dimensions)
    counted = _chosen(kpi_run.count(period, asked.request.by), asked, kpi, labels)
    rows = _rows(kpi, counted, asked.doubtful)
    if counted.figure.value.status is Status.NO_DATA:
        raise _no_data(kpi, period)
    if counted.figure.value.number is not None:
        assert_same(recount(kpi, counted.figure.kind, rows), counted.figure.value)
    return Evidence(kpi, counted.figure, tuple(rows), labels)


def _chosen(found: Sequence[Counted], asked: RowsRequest, kpi: Kpi, labels: Labels) -> Counted:
    """Return the figure asked for, or say which there are."""
    by = LEVELS.join(asked.request.dimensions) if asked.group is not None else None
    found = [counted for counted in found if counted.figure.by == by]
    in_group = [c for c in found if asked.group in _names(c.figure.group, c.figure.by, labels)]
    if not in_group:
        groups = [_name(c.figure.group, c.figure.by, labels) for c in found]
        raise _unknown("--group", asked.group, groups)
    if asked.item is None:
        totals = [c for c in in_group if c.figure.kind == "total"]
        if not totals:
            known = _listed(_name(c.figure.item, c.figure.part, labels) for c in in_group)
            raise UsageError(
                Text(
                    f"{kpi.id} には合計がありません(合算不可)",
                    f"{kpi.id} has no total over its parts",
                ),
                Text(
                    f"--item を付けてください: {known.ja}",
                    f"add --item: {known.en}",
                ),
            )
        return totals[0]
    for counted in in_group:
        own = _name(counted.figure.item, counted.figure.part, labels)
        if own is not None and asked.item in (counted.figure.item, own.ja, own.en):
            return counted
    items = [_name(c.figure.item, c.figure.part, labels) for c in in_group]
    raise _unknown("--item", asked.item, items)


def _name(name: str | None, split: str | None, labels: Labels) -> Text | None:
    """Return what a group or item is called, by the column that splits; None without any."""
    if name is None:
        return None
    by = split or ""
    return Text(item_words(name, by, labels, "ja"), item_words(name, by, labels, "en"))


def _names(name: str | None, split: str | None, labels: Labels) -> tuple[str | None, ...]:
    """Return all that a group or item goes by: itself, and what either language calls it."""
    words = _name(name, split, labels)
    return (name,) if words is None else (name, words.ja, words.en)


def _listed(names: Iterable[Text | None]) -> Text:
    return listed(list(dict.fromkeys(name for name in names if name is not None)))


def _unknown(option: str, name: str | None, names: Iterable[Text | None]) -> UnknownName:
    known = _listed(names)
    return UnknownName(
        Text(f"{option} に「{name}」はありません", f"{option} knows no {name!r}"),
        Text(f"使えるもの: {known.ja or '-'}", f"there are: {known.en or '-'}"),
    )


def _no_data(kpi: Kpi, period: Period) -> UsageError:
    return UsageError(
        Text(
            f"{kpi.id} は {period.name} のデータがありません",
            f"{kpi.id} has no data in {period.name}",
        ),
        Text("kpicli summarize で理由を見られます", "kpicli summarize tells why"),
    )


def _rows(kpi: Kpi, counted: Counted, doubtful: bool) -> list[EvidenceRow]:
    calculation, dataset = counted.calculation, counted.calculation.dataset
    rules = {int(row): rule.label for rule in calculation.rules for row in rule.rows}
    own = Reader(dataset, _columns(dataset, kpi.columns))
    role = _roles(counted)
    rows = [own.row(row, role(row), rules.get(row)) for row in counted.subset.rows.tolist()]
    if calculation.members is not None and kpi.members is not None:
        elsewhere, members = calculation.members
        other = Reader(elsewhere, _columns(elsewhere, kpi.members.columns))
        rows += [other.row(row, ELSEWHERE, None) for row in members.tolist()]
    rows += [*_behind(kpi, counted), *_looked_up(kpi, counted)]
    if doubtful:
        subset = counted.subset
        rows += [own.row(row, "in_doubt", None) for row in subset.doubtful.tolist()]
        rows += [own.row(row, "not_yet_due", None) for row in subset.later.tolist()]
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
    return [reader.row(row, "behind", None) for row in numbers]


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
        found += [reader.row(row, "looked_up", None) for row in numbers if row >= 0]
    return found


def _roles(counted: Counted) -> Callable[[int], str]:
    calculation = counted.calculation
    if calculation.numerator is None:
        return lambda _: "counted"
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
        self._columns = columns
        known = [name for name in columns if name in dataset.columns]
        self._coded = {name: dataset.column(name) for name in known}

    def row(self, row: int, role: str, rule: str | None) -> EvidenceRow:
        """Return a row of the dataset, with its place and cells."""
        cells = tuple(self._cell(row, name) for name in self._columns)
        source = self._dataset.source.id
        return EvidenceRow(source, self._dataset.place(row), role, rule, cells)

    def _cell(self, row: int, name: str) -> EvidenceCell:
        column = self._dataset.source.known[name]
        header = self._dataset.place(row, name).column or column.headers[0]
        raw = self._dataset.raw(row, name)
        read = self._read(row, name, raw)
        if name in self._dataset.looked_up or (
            self._dataset.gathered is not None and name in self._dataset.source.derived
        ):
            raw = read  # it stands in no cell of this row, but in those of the rows that follow
        return EvidenceCell(name, header, raw, read, column.personal)

    def _read(self, row: int, name: str, raw: str) -> str:
        coded = self._coded.get(name)
        if coded is None:
            return str(read_id(raw).value or "")
        code = int(coded.codes[row])
        if code < 0:
            return ""
        return self._dataset.source.known[name].written(coded.values[code])
