"""The largest rows of a calculation, where only those count."""

from collections.abc import Iterator

import numpy as np
from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.calculators.interface import Calculation, Disposition
from kpicli.catalog.kpis.rows import Top


def among_top(top: Top, calculation: Calculation) -> Calculation:
    """Return the calculation with only its largest rows counted, the others being excluded by name.

    Rows with the last number that is in are all in, rows without a number are the last, likewise;
    both are told in remarks. A row in doubt is excluded, too, where enough rows that count for sure
    are larger.
    """
    dataset, counted = calculation.dataset, calculation.counted
    coded = dataset.column(top.by)
    codes = coded.codes[counted]
    numbers = coded.numbers()
    kept, rows = np.zeros(len(numbers) + 1, dtype=np.bool_), 0  # a blank has the last place
    counts = np.bincount(codes[codes >= 0], minlength=len(numbers)).tolist()
    for code in sorted(range(len(numbers)), key=lambda code: numbers[code], reverse=True):
        if rows >= top.most:
            break
        kept[code], rows = True, rows + counts[code]
    blanks = int(np.count_nonzero(codes < 0)) if rows < top.most else 0
    kept[-1] = bool(blanks)
    doubtful = calculation.undetermined
    unreadable = dataset.faulty | dataset.unreadable.get(top.by, dataset.faulty)
    doubtful = doubtful[~unreadable[doubtful] & ~kept[coded.codes[doubtful]]]
    gone, name = counted[~kept[codes]], top.rest(dataset.source)
    own, *others = calculation.accounting
    state = calculation.state.copy()
    state[np.concatenate((gone, doubtful))] = Disposition.EXCLUDED + len(own.excluded)
    accounting = replace(
        own,
        counted=own.counted - len(gone),
        undetermined=own.undetermined - len(doubtful),
        excluded=(*own.excluded, (name.ja, len(gone) + len(doubtful))),
    )
    remarks = _remarks(top, calculation, rows + blanks, blanks)
    return replace(
        calculation,
        state=state,
        accounting=(accounting, *others),
        remarks=(*calculation.remarks, *remarks),
    )


def _remarks(top: Top, calculation: Calculation, rows: int, blanks: int) -> Iterator[Text]:
    by = calculation.dataset.source.heading(top.by)
    if rows > top.most:
        yield Text(
            f"{by.ja} の同じ値が並ぶため、上位 {top.most} 件に {rows} 件が入ります",
            f"equal values of {by.en}: {rows} rows are among the {top.most} largest",
        )
    if blanks:
        yield Text(
            f"上位に {by.ja} が空欄の {blanks} 行を含みます",
            f"{blanks} of the largest have no {by.en}",
        )
