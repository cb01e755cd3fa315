"""A trend as people read it: a column a period, marked in its head by where its values come from.

A value that comes from elsewhere than the others of its column carries a mark of its own.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language
from kpicli.model.figures import Figure, KpiHead, in_order
from kpicli.model.periods import Period, is_span_kind
from kpicli.model.summary import Series, Summary
from kpicli.model.value import OriginKind, Status
from kpicli.output.page import words
from kpicli.output.page.document import Column
from kpicli.output.page.phrases import status_phrase, value_phrase
from kpicli.values.numbers import grouped

OWN = "value"
"""The column of the run's own period."""
NO_VALUE = "-"
"""The cell of a period without data."""
_ORIGINS: tuple[OriginKind, ...] = ("computed", "frozen", "entered")


class TrendTable(Struct, frozen=True, dict=True):
    """The trend of a summary, as columns and cells; `marked` by where values come from, or not."""

    summary: Summary
    language: Language
    marked: bool = True

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return a column for each period, the oldest first, the own one last as `OWN`."""
        *earlier, own = self.summary.trend_periods
        keys = (*(period.name for period in earlier), OWN)
        return tuple(
            Column(key, self._label(period), self._head_mark(origin), right=True)
            for key, period, origin in zip(keys, (*earlier, own), self._usual, strict=True)
        )

    def cells(self, figure: Figure, head: KpiHead) -> Mapping[str, str]:
        """Return a figure's cells by the keys of the columns; none for a figure without series.

        Groups of time, such as months, have none.
        """
        series = self._series.get((figure.kpi, figure.key))
        if series is None or is_span_kind(figure.by):
            return {}
        new = [new for _, new in series.breaks]
        return {
            column.key: self._cell(each, place, head, after_break=any(each is n for n in new))
            for place, (column, each) in enumerate(zip(self.columns, series.figures, strict=True))
        }

    def changes(self, kpis: Collection[str]) -> tuple[str, ...]:
        """Return in words where the definition of any of the KPIs changed, each once."""
        changes = {
            (old.period, new.period): None
            for series in self.summary.trend
            if series.own.kpi in kpis
            for old, new in series.breaks
        }
        return tuple(
            words.BREAK_BETWEEN.filled(
                before=old.label(self.language), after=new.label(self.language)
            ).in_language(self.language)
            for old, new in changes
        )

    @cached_property
    def occurring(self) -> frozenset[str]:
        """Return which of the signs and marks occur, by the keys of the legend."""
        figures = [figure for series in self.summary.trend for figure in series.figures]
        keys = {f.value.status.value for f in figures if f.value.status is not Status.NO_DATA}
        keys |= {"gap"} if any(f.value.status is Status.NO_DATA for f in figures) else set()
        keys |= {"break"} if any(series.breaks for series in self.summary.trend) else set()
        keys |= {f.origin.kind for f in figures if f.origin.kind != "computed"}
        for series in self.summary.trend:
            for place, figure in enumerate(series.figures):
                if figure.origin.kind == "computed" and self.mark(figure, place):
                    keys.add("counted")
        return frozenset(keys)

    @cached_property
    def _series(self) -> Mapping[tuple[str, object], Series]:
        return {(each.own.kpi, each.own.key): each for each in self.summary.trend}

    @cached_property
    def _usual(self) -> tuple[str, ...]:
        """Return where most values of each period come from; they were counted where it is even."""
        return tuple(self._usual_at(place) for place in range(len(self.summary.trend_periods)))

    def _usual_at(self, place: int) -> str:
        points = (series.figures[place] for series in self.summary.trend)
        counts = Counter(p.origin.kind for p in points if p.value.status is not Status.NO_DATA)
        return max(_ORIGINS, key=lambda kind: counts[kind])

    def _cell(self, figure: Figure, place: int, head: KpiHead, *, after_break: bool) -> str:
        value = figure.value
        if value.status is Status.NO_DATA:
            return NO_VALUE
        own = place == len(self.summary.trend_periods) - 1
        phrases = [words.BREAK if after_break else ""]
        if own or not head.percentage:
            phrases.append(value_phrase(value, head, self.language))
        elif value.number is not None:
            phrases.append(f"{grouped(value.number)}%")
        phrases.append(self.mark(figure, place))
        if not own:
            phrases.append(status_phrase(value, self.language))
        return " ".join(filter(None, phrases))

    def _label(self, period: Period) -> str:
        """Return a period's label with a space in it, where a narrow column folds."""
        return period.label(self.language).replace("年度", "年度 ").strip()

    def _head_mark(self, origin: str) -> tuple[str, ...]:
        mark = words.ORIGINS.get(origin)
        return (mark.in_language(self.language),) if mark is not None and self.marked else ()

    def mark(self, figure: Figure, place: int) -> str:
        """Return the mark of a value from elsewhere than most of its period; else nothing."""
        usual = figure.origin.kind == self._usual[place]
        if usual or figure.value.status is Status.NO_DATA or not self.marked:
            return ""
        return words.MARKS[figure.origin.kind].in_language(self.language)


def with_former_figures(summary: Summary) -> Summary:
    """Return the summary with what only an earlier period of the trend had, among its kind."""
    known = {(figure.kpi, figure.key) for figure in summary.figures}
    former = [s.own for s in summary.trend if (s.own.kpi, s.own.key) not in known]
    if not former:
        return summary
    figures = [*summary.figures, *former]
    by_kpi = ([f for f in figures if f.kpi == kpi] for kpi in summary.kpis)
    return replace(summary, figures=tuple(f for own in by_kpi for f in in_order(own)))
