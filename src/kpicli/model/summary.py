"""The whole result of a run: the figures, and all that is said beside them.

A Summary holds everything that any output shows; a renderer turns it into text and computes
nothing.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.faults import Fault
from kpicli.base.wording import Text
from kpicli.model.accounting import KpiAccounting, SourceAccounting
from kpicli.model.figures import Figure, KpiHead
from kpicli.model.judgements import JointTarget
from kpicli.model.periods import Period
from kpicli.model.value import Status


class Series(Struct, frozen=True):
    """One figure in several periods of the same length, the oldest first, the run's own last."""

    figures: tuple[Figure, ...]

    @property
    def own(self) -> Figure:
        """Return the figure in the run's own period."""
        return self.figures[-1]

    @property
    def breaks(self) -> tuple[tuple[Figure, Figure], ...]:
        """Return each two figures between which the definition changed, the older one first.

        Figures without data, and those that no definition made, are passed over.
        """
        known = [
            figure
            for figure in self.figures
            if figure.definition is not None and figure.value.status is not Status.NO_DATA
        ]
        return tuple((a, b) for a, b in pairwise(known) if a.definition != b.definition)

    @property
    def lines(self) -> tuple[tuple[Figure, ...], ...]:
        """Return the figures that a line in a chart may join: neighbours with a number.

        None across a gap, and none across a change of the definition.
        """
        runs: list[list[Figure]] = [[]]
        after = [new for _, new in self.breaks]
        for figure in self.figures:
            if figure.value.number is None or any(figure is new for new in after):
                runs.append([])
            if figure.value.number is not None:
                runs[-1].append(figure)
        return tuple(tuple(run) for run in runs if run)

    def other_definition(self, figure: Figure) -> bool:
        """Return whether a figure was counted by another definition than the newest that is told.

        So it is not to be compared with the newest one.
        """
        told = (each.definition for each in reversed(self.figures) if each.definition is not None)
        return figure.definition is not None and figure.definition != next(told)


class Guess(Struct, frozen=True):
    """A setting that nobody has confirmed: its key, and the line of the settings (0: no line)."""

    path: str
    line: int = 0


class InputFile(Struct, frozen=True):
    """One file that was read, as the Summary records it."""

    source: str
    path: str
    sha256: str
    encoding: str | None
    sheet: str | None
    accounting: SourceAccounting


class SourceReport(Struct, frozen=True):
    """One source after loading: its title, row accounting and covered months."""

    id: str
    title: Text
    accounting: SourceAccounting
    covered: tuple[Period, ...]
    """Covered months, in order; empty where nothing is known to be covered."""


class Summary(Struct, frozen=True):
    """The whole result of a run."""

    period: Period
    as_of: date
    by: str | None
    compared: tuple[Literal["previous", "year_ago"], ...]
    kpis: Mapping[str, KpiHead]
    figures: tuple[Figure, ...]
    accounting: tuple[KpiAccounting, ...]
    sources: tuple[SourceReport, ...]
    files: tuple[InputFile, ...]
    faults: tuple[Fault, ...]
    catalogue_hash: str
    version: str
    """Of kpicli."""
    trend: tuple[Series, ...] = ()
    """The figures in several periods, where those were asked for, in the order of the figures."""
    left_out: int = 0
    """How many KPIs are not shown, as no export of a source is there; 0 where some were named."""
    joint_targets: tuple[JointTarget, ...] = ()
    """The targets that any of several KPIs reaches, where all of these are among the KPIs."""

    organisation: Text | None = None
    """Whose figures they are, as the settings name it."""
    guesses: tuple[Guess, ...] = ()
    """Every setting that nobody has confirmed."""

    @property
    def trend_periods(self) -> tuple[Period, ...]:
        """Return the periods of the trend, the oldest first; none where none was asked for."""
        return tuple(figure.period for figure in self.trend[0].figures) if self.trend else ()

    @property
    def figures_of_all_periods(self) -> Iterator[tuple[Figure, bool]]:
        """Yield every figure, KPI by KPI those of the trend's earlier periods first, oldest first.

        With each it is said whether another definition than today's counted it.
        """
        earlier: dict[str, dict[int, list[tuple[Figure, bool]]]] = {}
        for series in self.trend:
            for place, figure in enumerate(series.figures[:-1]):
                periods = earlier.setdefault(figure.kpi, {})
                other = series.other_definition(figure)
                periods.setdefault(place, []).append((figure, other))
        for own in self.figures:
            for figures in earlier.pop(own.kpi, {}).values():
                yield from figures
            yield own, False

    @property
    def without_members(self) -> "Summary":
        """Return the summary without the names of members that did not reach a target.

        They are for who asks to see values, and for internal reports.
        """
        if not any(each.missing for f in self.figures for t in f.targets for each in t.reached):
            return self
        return replace(self, figures=tuple(map(_without_members, self.figures)))

    @property
    def guessed(self) -> tuple[str, ...]:
        """Return the ids of the KPIs whose figures rest on a setting that nobody has confirmed."""
        return tuple(name for name, head in self.kpis.items() if head.guesses)

    @property
    def titles(self) -> dict[str, Text]:
        """Return the title of every KPI, by id."""
        return {name: head.title for name, head in self.kpis.items()}


def _without_members(figure: Figure) -> Figure:
    targets = (
        replace(target, reached=tuple(replace(each, missing=()) for each in target.reached))
        for target in figure.targets
    )
    return replace(figure, targets=tuple(targets))
