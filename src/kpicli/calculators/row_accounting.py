"""Where every candidate row of a KPI goes; the sum is the KPI's row accounting."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from kpicli.calculators.interface import (
    FALSE,
    TRUE,
    UNKNOWN,
    Disposition,
    Dispositions,
    Truth,
)
from kpicli.loaders.cells.column_codes import spread
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.loaders.rows.row_days import RowDays
from kpicli.model.accounting import KpiAccounting
from kpicli.values.distinct_values import tally

_AT_ONCE = 1 << 16
"""So many rows are put somewhere at the same time."""


class Exclusion(Struct, frozen=True):
    """A named rule that takes rows out, such as `ステータス = 取消`."""

    name: str
    truth: Truth


def dispose(
    dataset: Dataset,
    selected: Truth,
    days: RowDays,
    in_period: Mask,
    undated: Mask,
    unknown: Mask,
    later: Mask,
    exclusions: Sequence[Exclusion] = (),
) -> Dispositions:
    """Return the disposition of every row.

    It is the first that applies of: not selected, no date, out of period, excluded, not yet due,
    undetermined, counted.

    `undated` marks rows whose date cannot be told, `unknown` those that lack something else that
    is needed, `later` those whose day has not come; a faulty row is undetermined wherever its
    readable cells do not rule it out.
    """
    state = np.empty(len(dataset), np.int8)
    for start in range(0, len(dataset), _AT_ONCE):
        own = slice(start, start + _AT_ONCE)
        state[own] = _disposed(
            dataset.faulty[own],
            selected[own],
            days.between(start, start + _AT_ONCE),
            in_period[own],
            undated[own],
            unknown[own],
            later[own],
            [exclusion.truth[own] for exclusion in exclusions],
        )
    return state


def _disposed(
    faulty: Mask,
    selected: Truth,
    days: RowDays,
    in_period: Mask,
    undated: Mask,
    unknown: Mask,
    later: Mask,
    exclusions: Sequence[Truth],
) -> Dispositions:
    """Return the disposition of some rows: of all at once, the marks alone would be a burden."""
    unsure = undated | unknown
    unsure |= selected == UNKNOWN
    unsure |= faulty
    for truth in exclusions:
        unsure |= truth == UNKNOWN
    no_day = days.missing
    # The last that a row fits is the first that applies: each mark stands above those before it,
    # and the greatest of a row's marks is kept, which takes a tenth of writing under each mask.
    steps: list[tuple[int, Mask]] = [
        (Disposition.UNDETERMINED, unsure),
        (Disposition.NOT_YET_DUE, later & ~no_day),
        *(
            (Disposition.EXCLUDED + number, truth == TRUE)
            for number, truth in reversed(list(enumerate(exclusions)))
        ),
        (Disposition.OUT_OF_PERIOD, ~(no_day | in_period)),
        (Disposition.NO_DATE, no_day & ~undated),
        (Disposition.NOT_SELECTED, selected == FALSE),
    ]
    marks = np.zeros(len(unsure), np.int8)
    for mark, (_, rows) in enumerate(steps, start=1):
        if rows.any():  # of most KPIs half of the marks are those of no row
            np.maximum(marks, rows.view(np.int8) * np.int8(mark), out=marks)
    states = [Disposition.COUNTED, *(state for state, _ in steps)]
    return spread(np.array(states, np.int8), marks)


def account(
    kpi: str, dataset: Dataset, state: Dispositions, exclusions: Sequence[str]
) -> KpiAccounting:
    """Return the row accounting, whose sum is checked as it is made."""
    counts = tally(state, Disposition.EXCLUDED + len(exclusions))
    faulty = int(np.count_nonzero(dataset.faulty))
    return KpiAccounting(
        kpi=kpi,
        source=dataset.source.id,
        usable=len(dataset) - faulty,
        faulty=faulty,
        counted=counts[Disposition.COUNTED],
        not_selected=counts[Disposition.NOT_SELECTED],
        no_date=counts[Disposition.NO_DATE],
        out_of_period=counts[Disposition.OUT_OF_PERIOD],
        excluded=tuple(zip(exclusions, counts[Disposition.EXCLUDED :], strict=True)),
        undetermined=counts[Disposition.UNDETERMINED],
        not_yet_due=counts[Disposition.NOT_YET_DUE],
    )
