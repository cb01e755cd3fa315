"""Where the parts of each total begin and end, in linear time."""

from collections.abc import Sequence

from kpicli.audit.readings.entries import Entry

_MOST = 200
"""More totals than this are not summed up by another without parts between them."""


class Bounds:
    """The lines that each total of a sequence may be the sum of.

    A total bounds those of its rank and below. Each line is looked at once for each rank.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries
        self._start = self._nearest(range(len(entries)))
        self._end = self._nearest(range(len(entries) - 1, -1, -1))

    def before(self, place: int) -> list[Entry]:
        """Return the lines since the last total of its rank or above, what lower ones hold not."""
        start = self._start[place]
        found: list[Entry] = []
        at = place - 1
        while at > start:
            entry = self._entries[at]
            found.append(entry)
            at = max(self._start[at], start) if entry.says.kind == "total" else at - 1
        return found[::-1]

    def after(self, place: int) -> list[Entry]:
        """Return the lines up to the next total of its rank or above, what lower ones hold not."""
        end = self._stop(place)
        found: list[Entry] = []
        at = place + 1
        while at < end:
            entry = self._entries[at]
            found.append(entry)
            at = min(self._stop(at), end) if entry.says.kind == "total" else at + 1
        return found

    def same_rank_before(self, place: int) -> list[Entry]:
        """Return the totals of its rank before a total, for one that sums them up."""
        found: list[Entry] = []
        at = self._start[place]
        while at >= 0 and self._entries[at].says.rank == self._entries[place].says.rank:
            found.append(self._entries[at])
            if len(found) > _MOST:
                return []
            at = self._start[at]
        return found[::-1]

    def _stop(self, place: int) -> int:
        return self._end[place] if self._end[place] >= 0 else len(self._entries)

    def _nearest(self, places: Sequence[int]) -> dict[int, int]:
        """Return for each total the nearest one passed of its rank or above, -1 for none."""
        found: dict[int, int] = {}
        higher: list[int] = []
        for place in places:
            says = self._entries[place].says
            if says.kind == "total":
                while higher and self._entries[higher[-1]].says.rank < says.rank:
                    higher.pop()
                found[place] = higher[-1] if higher else -1
                higher.append(place)
        return found
