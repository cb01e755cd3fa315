"""How many rows have each base date, and which dates lie apart (domain rule "Coverage")."""

from collections.abc import Iterable
from typing import Self

import numpy as np
import numpy.typing as npt
from msgspec import Struct

_GAP, _LONG_GAP, _LONG_GAP_OF_SPARSE = 366, 1830, 3660
"""Days without a row, a year, five and ten, beyond which a few dates lie apart from the rest."""
_MOST, _SHARE, _LONG_SHARE = 5, 10, 3
"""Few are this many rows, and one of ten; beyond a long gap one of three."""


class DayCounts(Struct, frozen=True):
    """Distinct days, in order, and the number of rows of each."""

    days: npt.NDArray[np.int32]
    rows: npt.NDArray[np.int64]

    @classmethod
    def joined(cls, several: Iterable[Self]) -> Self:
        """Return the days of several together."""
        counts = list(several)
        days = np.concatenate([np.zeros(0, np.int32), *(own.days for own in counts)])
        rows = np.concatenate([np.zeros(0, np.int64), *(own.rows for own in counts)])
        distinct, places = np.unique(days, return_inverse=True)
        total = np.zeros(len(distinct), np.int64)
        np.add.at(total, places, rows)
        return cls(distinct.astype(np.int32), total)

    def body(self, today: int, *, gaps: bool) -> tuple[int, int] | None:
        """Return the first and the last day of the body of the days; None where there is none.

        Days after `today` do not belong to it. Nor do those that a gap of more than a year cuts off
        from most rows, if they are five rows at most and no more than one of ten; where a gap is
        more than five years (ten in a sparse source), no more than one of three. `gaps`: whether a
        gap of one year says anything, as it does not in a sparse source.
        """
        past = self.days <= today
        days, rows = self.days[past], self.rows[past]
        if not len(days):
            return None
        long = _LONG_GAP if gaps else _LONG_GAP_OF_SPARSE
        first, last = _without_ends(days, rows, long, _LONG_SHARE)
        if gaps:
            days, rows = days[first : last + 1], rows[first : last + 1]
            first, last = _without_ends(days, rows, _GAP, _SHARE)
        return int(days[first]), int(days[last])


def _without_ends(
    days: npt.NDArray[np.int32], rows: npt.NDArray[np.int64], gap: int, share: int
) -> tuple[int, int]:
    """Return the places of the first and the last day that stay without what lies apart."""
    # Between two gaps the days stand together. The group with most rows is the body; all others
    # go where they are few, and none where they are many.
    borders = np.flatnonzero(np.diff(days) > gap) + 1
    starts = np.concatenate(([0], borders))
    sizes = np.add.reduceat(rows, starts)
    total, largest = int(rows.sum()), int(np.argmax(sizes))
    apart = total - int(sizes[largest])
    if not apart or apart > _MOST or apart * share > total:
        return 0, len(days) - 1
    ends = np.append(borders, len(days))
    return int(starts[largest]), int(ends[largest]) - 1
