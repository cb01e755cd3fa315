"""Judging a Summary: no figure may be final and wrong, none in doubt that no fault touches."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from fuzz.projects.catalogue import Kpi, Source, Target
from fuzz.projects.draft import Draft
from fuzz.projects.outcomes import outcomes
from fuzz.projects.spans import Span
from fuzz.projects.truth import Key, Measured, Table, half_up
from kpicli.model.figures import Figure
from kpicli.model.summary import Summary
from kpicli.model.value import Value

OWN = date(2025, 4, 1), date(2025, 9, 30)
TOTAL: Key = ("total", None, None, None)
FINAL, DOUBTED = ("ok", "undefined"), ("provisional", "partial", "no_data")


@dataclass(frozen=True)
class Finding:
    """What is wrong with a figure; a `doubt` is a figure that should be final and is not."""

    doubt: bool
    kpi: str
    key: Key
    text: str


class Judge:
    """The truth of a draft, figure by figure."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self._kpis = {kpi.id: kpi for kpi in draft.kpis}
        self._tables: dict[tuple[str, Span, str | None], Table] = {}

    def findings(self, summary: Summary) -> Iterator[Finding]:
        """Yield what is wrong with the figures, their comparisons and targets, and what lacks."""
        for kpi in self.draft.kpis:
            own = [figure for figure in summary.figures if figure.kpi == kpi.id]
            for figure in own:
                yield from self._figure(kpi, figure)
            yield from self._lacking(kpi, own)

    def _span(self, start: date, end: date) -> Span:
        """Return a span with its as-of date: the one asked for belongs to the run's own period."""
        until = self.draft.as_of or self.draft.today
        if self.draft.as_of is not None and (start, end) == OWN:
            return Span(start, end, until, until)
        return Span(start, end, min(end, self.draft.today - timedelta(days=1), until), until)

    def _table(self, kpi: Kpi, span: Span, by: str | None) -> Table:
        if (kpi.id, span, by) not in self._tables:
            self._tables[kpi.id, span, by] = Table(kpi, self.draft.things, span, by)
        return self._tables[kpi.id, span, by]

    def _figure(self, kpi: Kpi, figure: Figure) -> Iterator[Finding]:
        if figure.kind == "memo":
            return
        own = self._value(kpi, figure, figure.value, 0)
        yield from own
        for comparison in figure.comparisons:
            years = 1 if comparison.kind == "year_ago" else 0
            back = 6 if figure.by != "month" else 1
            months = 12 if years else back
            yield from self._value(kpi, figure, comparison.value, months)
            if figure.value.status in FINAL and comparison.value.status in FINAL and not own:
                yield from self._change(kpi, figure, comparison.change, months)
        if figure.kind == "total" and figure.by in (None, "month"):
            yield from self._targets(kpi, figure)

    def _value(self, kpi: Kpi, figure: Figure, value: Value, months: int) -> list[Finding]:
        """Return what is wrong with a value of the figure, so many months before its period."""
        start, end = _back(figure.period.start, months), _back_end(figure.period.end, months)
        table, key = self._place(kpi, figure, start, end, months)
        if figure.part == "month":
            start, end = _month(str(figure.item))
        truth, status = table.value(key), value.status.value
        which = f" {months} months before" if months else ""
        doubted = key in table.touched or table.members_open
        known = not self._uncertain(kpi, start, end) or (
            kpi.source.rhythm == "sparse" and bool(truth.number)
        )
        shown = Measured(value.number, value.numerator, value.denominator)
        text = f"{status} {_text(shown)}{which}, in truth {_text(truth)}"
        if status == "ok" or (status == "undefined" and not doubted and known):
            if not known:
                return [Finding(False, kpi.id, key, f"{text}: not covered")]
            if not _same(kpi, shown, truth):
                return [Finding(False, kpi.id, key, text)]
            if doubted and status == "ok" and table.changes(key):
                return [Finding(False, kpi.id, key, f"{text}: open")]
        elif (
            known and not doubted and status in DOUBTED and kpi.source.id not in self.draft.forgiven
        ):
            if kpi.at_first_date or (kpi.rules and "month" in (figure.by, figure.part)):
                return []  # of two days that a row may have, what lies between is in doubt as well
            if months and key not in table.keys and TOTAL in table.touched:
                return []  # nobody can say that no row in doubt belongs to what has no row at all
            return [Finding(True, kpi.id, key, text)]
        return []

    def _place(
        self, kpi: Kpi, figure: Figure, start: date, end: date, months: int
    ) -> tuple[Table, Key]:
        """Return the truth in which a figure stands, and its key there."""
        key: Key = (figure.kind, figure.group, figure.part, figure.item)
        if figure.by == "month":
            if kpi.register is not None:
                return self._table(kpi, self._span(start, end), None), (
                    figure.kind,
                    None,
                    figure.part,
                    figure.item,
                )
            month = f"{start:%Y-%m}"
            whole = self._half(start)
            return self._table(kpi, whole, "month"), (figure.kind, month, figure.part, figure.item)
        if figure.part == "month" and months:
            raise AssertionError("parts that are months are not compared")
        return self._table(kpi, self._span(start, end), figure.by), key

    def _half(self, day: date) -> Span:
        """Return the half of the fiscal year in which a day lies."""
        if 4 <= day.month <= 9:
            return self._span(date(day.year, 4, 1), date(day.year, 9, 30))
        year = day.year if day.month >= 10 else day.year - 1
        return self._span(date(year, 10, 1), date(year + 1, 3, 31))

    def _change(
        self, kpi: Kpi, figure: Figure, change: int | Decimal | None, months: int
    ) -> Iterator[Finding]:
        """Yield a change that is not that of the exact values, rounded once."""
        start, end = figure.period.start, figure.period.end
        places = [(start, end, 0), (_back(start, months), _back_end(end, months), months)]
        now, before = (
            table.value(key)
            for table, key in (self._place(kpi, figure, *place) for place in places)
        )
        if change is None or now.number is None or before.number is None:
            return
        one, two = (
            Fraction(str(own.number)) if own.exact is None else own.exact for own in (now, before)
        )
        truth = one - two if now.exact is None else Fraction(half_up(one - two))
        if Fraction(str(change)) != truth:
            yield Finding(False, kpi.id, figure.key, f"a change of {change}, in truth {truth}")

    def _targets(self, kpi: Kpi, figure: Figure) -> Iterator[Finding]:
        """Yield where targets that belong to the figure's period are judged otherwise."""
        whole = self._span(figure.period.start, figure.period.end)
        wanted: list[str] = []
        for target in kpi.targets:
            spans = [
                span
                for span in whole.parts(target.per)
                if (target.since is None or span.start >= target.since)
                and (target.until is None or span.end <= target.until)
            ]
            if spans:
                results = {self._meets(kpi, figure, target, own.start, own.end) for own in spans}
                kept = "pending" if None in results else "met"
                wanted.append("missed" if False in results else kept)
        inside = [
            own
            for own in figure.targets
            if figure.period.start <= own.spans[0].start and own.spans[-1].end <= figure.period.end
        ]
        judged = [own.status.value for own in inside]
        pairs = zip(judged, wanted, strict=False)
        open_ = ("pending", "ongoing")
        if len(judged) != len(wanted) or any(a != b and a not in open_ for a, b in pairs):
            text = f"targets {judged}, in truth {wanted}"
            yield Finding(False, kpi.id, (figure.kind, figure.group, None, None), text)

    def _meets(
        self, kpi: Kpi, figure: Figure, target: Target, start: date, end: date
    ) -> bool | None:
        """Return whether a span meets a target; None where its value is not known."""
        span = self._span(start, end)
        table, key = self._table(kpi, span, None), TOTAL
        if (start, end) == (figure.period.start, figure.period.end):
            table, key = self._place(kpi, figure, start, end, 0)
        truth = table.value(key)
        open_ = table.members_open or (key in table.touched and table.changes(key))
        if open_ or truth.number is None or end > span.as_of or self._uncertain(kpi, start, end):
            return None
        left = Fraction(str(truth.number)) if truth.denominator is None else truth.exact
        assert left is not None
        return {
            "at_least": left >= target.bound,
            "at_most": left <= target.bound,
            "equal": left == target.bound,
        }[target.word]

    def _lacking(self, kpi: Kpi, figures: list[Figure]) -> Iterator[Finding]:
        """Yield groups and parts that have rows and are not shown."""
        if not figures or figures[0].value.status.value == "no_data":
            return
        first = figures[0]
        by = self.draft.by if any(figure.by for figure in figures) else None
        if by == "month" and kpi.register is not None:
            return
        table = self._table(kpi, self._span(first.period.start, first.period.end), by)
        shown = {(f.kind, f.group, f.part, f.item) for f in figures}
        for key in table.keys:
            forgiven = kpi.source.id in self.draft.forgiven or table.may_lack(key)
            if key not in shown and key not in table.touched and not forgiven:
                yield Finding(False, kpi.id, key, f"not shown, in truth {_text(table.value(key))}")

    def _uncertain(self, kpi: Kpi, start: date, end: date) -> bool:
        """Return whether exports do not cover a span, or lack a column or value that is needed."""
        if any((source, name) in self.draft.absent for source, name in _used(kpi)):
            return True
        if not self._covered(kpi.source, start, end):
            return True
        span = self._span(start, end)
        for column, values in self.draft.missing_values.get(kpi.source.id, {}).items():
            for value in values:
                for thing in self.draft.things[kpi.source.id]:
                    for record in thing.true:
                        if any(outcomes(kpi, {**record, column: value}, span)):
                            return True
        return False

    def _covered(self, source: Source, start: date, end: date) -> bool:
        if source.rhythm == "register":
            return True
        if source.id not in self.draft.undeclared:
            return start >= date(2024, 4, 1) and end <= date(2025, 9, 30)
        months: set[str] = set()
        for export in self.draft.exports[source.id]:
            days = [
                day
                for line in export.lines
                if isinstance(day := line.record[source.base], date) and source.base not in line.raw
            ]
            if days:
                span = Span(min(days).replace(day=1), max(days), max(days))
                months |= {f"{month.start:%Y-%m}" for month in span.months}
        return {f"{m.start:%Y-%m}" for m in Span(start, end, end).months} <= months


def _used(kpi: Kpi) -> set[tuple[str, str]]:
    wheres = (kpi.where, kpi.numerator, *(rule.where for rule in kpi.rules))
    names = {test[0] for where in wheres for own in where for test in own}
    names |= {
        str(operand)[1:]
        for where in wheres
        for own in where
        for test in own
        for operand in test[2]
        if isinstance(operand, str) and operand[:1] == "@"
    }
    names |= {*kpi.date, *kpi.exclude, *kpi.of, *([kpi.parts] if kpi.parts else [])}
    names |= {name for rule in kpi.rules for name in (*rule.date, *rule.exclude)}
    used = {(kpi.source.id, name) for name in names}
    if kpi.register is not None:
        used |= {(kpi.register.id, name) for name in ("staff", "joined", "left")}
        used |= {(kpi.register.id, test[0]) for own in kpi.register_where for test in own}
    return used


def _same(kpi: Kpi, shown: Measured, truth: Measured) -> bool:
    if kpi.measure == "ratio":
        return shown == truth
    if shown.number is None or truth.number is None:
        return shown.number is truth.number
    return Fraction(str(shown.number)) == Fraction(str(truth.number))


def _text(value: Measured) -> str:
    if value.denominator is None:
        return str(value.number)
    return f"{value.number} ({value.numerator}/{value.denominator})"


def _month(name: str) -> tuple[date, date]:
    first = date(int(name[:4]), int(name[5:]), 1)
    return first, _back_end(first, 0)


def _back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, day.day)


def _back_end(day: date, months: int) -> date:
    """Return the last day of the month so many months before."""
    first = _back(day.replace(day=1), months)
    return _back(first, -1) - timedelta(days=1)
