"""Targets of a table's rows: how much a run may take, and whether it has taken more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from benchmarks.measuring import Usage

Measure = Literal["wall", "cpu", "peak"]

OTHERS = "the best other"
"""As `of`: whichever other row takes least of the measure."""

NAMES: Mapping[Measure, str] = {"wall": "wall", "cpu": "CPU", "peak": "peak"}


@dataclass(frozen=True, slots=True)
class Target:
    """The most that the median of a row's runs may take of a measure.

    `most` is a multiple of the median of the row named `of`; without `of` it is seconds, or bytes
    for the peak. `why` says, where a target is known to be missed, what takes the time.
    """

    measure: Measure
    most: float
    of: str = ""
    why: str = ""

    def told(self) -> str:
        """Return the target as a table shows it: `wall ≤ 1.3 × summarize`, `peak ≤ 1500 MB`."""
        return f"{NAMES[self.measure]} ≤ {self._amount(self.most)}"

    def result(self, name: str, runs: Mapping[str, Sequence[Usage]]) -> str:
        """Return `met`, `missed by` how many percent with what was taken, or `not measured`.

        `runs` are those of every row of the table by name. A row that is to be held against one
        without runs is not measured.
        """
        own = self._median(runs.get(name, ()))
        bound = self._bound(name, runs)
        if own is None or bound is None:
            return "not measured"
        if own <= bound:
            return "met"
        taken = self._amount(own * self.most / bound)
        why = f": {self.why}" if self.why else ""
        return f"missed by {(own / bound - 1) * 100:.1f} % ({taken}){why}"

    def _bound(self, name: str, runs: Mapping[str, Sequence[Usage]]) -> float | None:
        if not self.of:
            return self.most
        rows = [row for row in runs if row != name] if self.of == OTHERS else [self.of]
        medians = [m for row in rows if (m := self._median(runs.get(row, ()))) is not None]
        return self.most * min(medians) if medians else None

    def _median(self, runs: Sequence[Usage]) -> float | None:
        return median(getattr(run, self.measure) for run in runs) if runs else None

    def _amount(self, number: float) -> str:
        if self.of:
            return f"{number:.2f} × {self.of}"
        return f"{number / 1e6:.0f} MB" if self.measure == "peak" else f"{number:.2f} s"


def ahead(measure: Measure = "wall") -> Target:
    """Return the target to take no more than whichever other row takes least."""
    return Target(measure, 1.0, OTHERS)
