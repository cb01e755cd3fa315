"""The rows behind every figure of a KPI, without anything personal: digests, values, memberships.

Made from the exports as they are now; a frozen record holds the same things as of its own day.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from kpicli.calculators.interface import Calculation, Disposition, Dispositions
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.column_codes import small_type
from kpicli.loaders.rows.dataset import Coded, Dataset
from kpicli.published.rows.columns import NO_ROWS, FigureRows, Texts
from kpicli.published.rows.digests import CodedDigests, nobody
from kpicli.published.secret import Secret
from kpicli.reconcile.rows.source_trace import framed_cells, rows_alike
from kpicli.run.counting import Counted
from kpicli.values.distinct_values import distinct_values

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

Rows = npt.NDArray[np.int64]


class KpiTrace(Struct, frozen=True):
    """The rows behind a KPI's figures; `states` has a letter per row of the source.

    `columns` names the values of `rows`, `other_columns` those of `others`, rows of another source
    in which values of the numerator stand.
    """

    states: str
    columns: tuple[str, ...]
    rows: FigureRows
    other_source: str | None = None
    other_columns: tuple[str, ...] = ()
    others: FigureRows = NO_ROWS


def trace_kpi(
    kpi: Kpi, calculation: Calculation, counted: Sequence[Counted], secret: Secret
) -> KpiTrace:
    """Return the rows that the figures of a KPI count, by the figures' places in `counted`."""
    dataset = calculation.dataset
    figures, memberships = _memberships(len(dataset), [each.subset.rows for each in counted])
    rows = np.flatnonzero(figures)
    # where another source makes the numerator, its rows say so when they are counted again
    marked = np.zeros(len(dataset), np.bool_)
    if calculation.members is None and calculation.numerator is not None:
        marked[calculation.numerator] = True
    columns = _columns(dataset, kpi.columns)
    own = FigureRows(
        rows,
        (figures[rows] - 1).astype(small_type(len(memberships))),
        memberships[1:],
        _values(dataset, columns, rows),
        marked[rows],
        _who(dataset, kpi.identity, rows, secret),
    )
    trace = KpiTrace(_states(calculation.state), columns, own)
    if calculation.members is None or kpi.members is None:
        return trace
    elsewhere, members = calculation.members
    other_columns = _columns(elsewhere, kpi.members.columns)
    others = FigureRows(
        members,
        np.zeros(len(members), np.int32),
        ((),),
        _values(elsewhere, other_columns, members),
        np.zeros(len(members), np.bool_),
        _who(elsewhere, (kpi.members.who,), members, secret),
    )
    return KpiTrace(trace.states, columns, own, elsewhere.source.id, other_columns, others)


def _memberships(
    rows: int, figures: Sequence[Rows]
) -> tuple[npt.NDArray[np.int32], tuple[tuple[int, ...], ...]]:
    """Return codes of the figures that each row is in, and what each code stands for.

    Code 0 is a row in no figure: `((), (0,), (0, 1))` are the figures of rows in none, in the
    first alone, and in the first two.
    """
    codes, known = np.zeros(rows, np.int32), {(): 0}
    memberships: list[tuple[int, ...]] = [()]
    for place, own in enumerate(figures):
        before = codes[own]
        step = np.zeros(len(memberships), np.int32)
        for code in distinct_values(before).tolist():
            named = (*memberships[code], place)
            step[code] = known.setdefault(named, len(known))
            if step[code] == len(memberships):
                memberships.append(named)
        codes[own] = step[before]
    return codes, tuple(memberships)


def _states(state: Dispositions) -> str:
    letters = np.frombuffer("".join(STATES[each] for each in Disposition).encode(), np.uint8)
    return letters[np.minimum(state, Disposition.EXCLUDED)].tobytes().decode()


def public_columns(source: Source, names: Iterable[str]) -> tuple[str, ...]:
    """Return those of the columns that are neither personal nor free text."""
    specs = ((name, source.known[name]) for name in names)
    return tuple(name for name, c in specs if not c.personal and c.type != "free_text")


def _columns(dataset: Dataset, names: Iterable[str]) -> tuple[str, ...]:
    """Return the columns whose values are kept: those that date a row, and those named."""
    known = dict.fromkeys((*dataset.source.dating, *names))
    return public_columns(dataset.source, (name for name in known if name in dataset.columns))


def _values(dataset: Dataset, columns: Sequence[str], rows: Rows) -> tuple[Texts, ...]:
    return tuple(_texts(dataset, name, dataset.columns[name], rows) for name in columns)


def _texts(dataset: Dataset, name: str, coded: Coded, rows: Rows) -> Texts:
    """Return the values of a column in some rows; those that none of them has are left out."""
    codes = coded.codes[rows]
    write = dataset.source.known[name].written
    renumbered, known = np.full(len(coded.values) + 1, -1, np.int32), dict[str, int]()
    for code in distinct_values(codes).tolist():
        if code >= 0:
            renumbered[code] = known.setdefault(write(coded.values[code]), len(known))
    return Texts(renumbered.astype(small_type(len(known)))[codes], tuple(known))


def _who(dataset: Dataset, identity: Sequence[str], rows: Rows, secret: Secret) -> CodedDigests:
    """Return the digest of whom or what each row is of; equal ones share it. Nobody: none."""
    if not identity:
        return nobody(len(rows))
    firsts, groups = rows_alike(dataset, identity, rows)
    cells = [framed_cells(dataset, name, rows[firsts]) for name in identity]
    digests = secret.digests("who", map(b"".join, zip(*cells, strict=True)))
    return CodedDigests(groups, digests)
