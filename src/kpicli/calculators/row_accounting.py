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
from kpicli.loaders.cells.column_codes import NO_DAY, mapped
from kpicli.loaders.rows.dataset import Dataset, Mask
from kpicli.model.accounting import KpiAccounting
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
    unsure = undated | unknown
    unsure |= selected == UNKNOWN
    unsure |= dataset.faulty
    for exclusion in exclusions:
        unsure |= exclusion.truth == UNKNOWN
    no_day = days == NO_DAY
    # The last that a row fits is the first that applies: each mark stands above those before it,
    # and the greatest of a row's marks is kept, which takes a tenth of writing under each mask.
    steps: list[tuple[int, Mask]] = [
        (Disposition.UNDETERMINED, unsure),
        (Disposition.NOT_YET_DUE, later & ~no_day),
        *(
            (Disposition.EXCLUDED + number, exclusion.truth == TRUE)
            for number, exclusion in reversed(list(enumerate(exclusions)))
        ),
        (Disposition.OUT_OF_PERIOD, ~(no_day | in_period)),
        (Disposition.NO_DATE, no_day & ~undated),
        (Disposition.NOT_SELECTED, selected == FALSE),
    ]
    marks = np.zeros(len(dataset), np.int8)
    for mark, (_, rows) in enumerate(steps, start=1):
        if rows.any():  # of most KPIs half of the marks are those of no row
            np.maximum(marks, rows.view(np.int8) * np.int8(mark), out=marks)
    states = [Disposition.COUNTED, *(state for state, _ in steps)]
    return mapped(marks, np.array(states, np.int8)).astype(np.int8)


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
