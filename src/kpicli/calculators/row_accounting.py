"""Where every candidate row of a KPI goes; the sum is the KPI's row accounting."""

from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from kpicli.calculators.interface import (
    FALSE,
    TRUE,
    UNKNOWN,
    Days,
    Disposition,
    Dispositions,
    Truth,
)
from kpicli.loaders.cells.column_codes import NO_DAY
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.model.figures import KpiAccounting
from kpicli.values.distinct_values import tally


class Exclusion(Struct, frozen=True):
    """A named rule that takes rows out, such as `ステータス = 取消`."""

    name: str
    truth: Truth


def dispose(
    dataset: Dataset,
    selected: Truth,
    days: Days,
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
    unsure = undated | unknown | (selected == UNKNOWN) | dataset.faulty
    for exclusion in exclusions:
        unsure |= exclusion.truth == UNKNOWN
    state = np.full(len(dataset), Disposition.COUNTED, np.int8)
    state[unsure] = Disposition.UNDETERMINED
    state[later & (days != NO_DAY)] = Disposition.NOT_YET_DUE
    for number, exclusion in reversed(list(enumerate(exclusions))):
        state[exclusion.truth == TRUE] = Disposition.EXCLUDED + number
    state[(days != NO_DAY) & ~in_period] = Disposition.OUT_OF_PERIOD
    state[(days == NO_DAY) & ~undated] = Disposition.NO_DATE
    state[selected == FALSE] = Disposition.NOT_SELECTED
    return state


def account(
    kpi: str, dataset: Dataset, state: Dispositions, exclusions: Sequence[str]
) -> KpiAccounting:
    """Return the row accounting, whose sum is checked as it is made."""
    counts = tally(state, Disposition.EXCLUDED + len(exclusions))
    faulty = int(dataset.faulty.sum())
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
