"""One way to look along a table: readings of its rows put to each column, or the reverse."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.audit.judging.addable import adds_up, all_blank, may_overlap, one_unit
from kpicli.audit.layout.labels import is_portion
from kpicli.audit.layout.lines import Block, Line
from kpicli.audit.layout.units import is_rounded
from kpicli.audit.numbers import Number, Part
from kpicli.audit.readings.entries import (
    UNADDED,
    AnyReading,
    RatioReading,
    Reading,
    ShareReading,
    StepReading,
)
from kpicli.audit.relations import Linear, Ratio, Relation, Term

_COUNTS: tuple[Part, ...] = ("value", "numerator", "denominator")
_HUNDRED = (100, 1)


class Side(Struct, frozen=True):
    """`along` are the lines whose labels are read, `across` those of the other side."""

    block: Block
    along: Sequence[Line]
    across: Sequence[Line]
    turned: bool

    def relations(self, reading: AnyReading, cross: Line) -> Iterator[tuple[Part, Relation]]:
        """Yield what a reading comes to in one line across, where its result is printed."""
        match reading:
            case Reading():
                if reading.kind == "difference":
                    yield from self._difference(reading, cross)
                else:
                    yield from self._sums(reading, cross)
            case RatioReading():
                yield from self._ratio(reading, cross)
            case ShareReading():
                yield from self._share(reading, cross)
            case StepReading():
                yield from self._step(reading, cross)

    def term(self, line: Line, cross: Line, part: Part) -> Term | None:
        """Return a number; without amount for a blank or a text, None where another number is."""
        row, column = (cross, line) if self.turned else (line, cross)
        numbers = self.block.numbers(row, column)
        spot = self.block.spot(row, column, part)
        if not numbers:
            return Term(spot, Number(None))
        return Term(spot, numbers[part]) if part in numbers else None

    def printed(self, line: Line, cross: Line, *parts: Part) -> Term | None:
        """Return the first number of some kinds that a cell writes."""
        terms = (self.term(line, cross, part) for part in parts)
        return next((t for t in terms if t is not None and t.number.amount is not None), None)

    def amounts_beside(
        self, result: Line, lines: Sequence[Line], unlike: frozenset[str] = frozenset()
    ) -> Iterator[tuple[Decimal, list[Decimal]]]:
        """Yield, line across by line across, the number of a line and those of lines beside it.

        That is 0 where there is none. Lines across where the line has no number, or 0, and those of
        a kind in `unlike` are passed over.
        """
        for cross in self.across:
            total = None if cross.kinds & unlike else self.printed(result, cross, "value")
            if total is None or not total.number.amount:
                continue
            terms = [self.printed(line, cross, "value") for line in lines]
            amounts = [(term.number.amount if term else None) or Decimal(0) for term in terms]
            yield total.number.amount, amounts

    def _sums(self, reading: Reading, cross: Line) -> Iterator[tuple[Part, Relation]]:
        lines = (reading.result, *reading.plus, *reading.minus)
        shares = self._is_share(reading.result, reading.plus, cross)
        if not shares and not adds_up(reading, cross):
            return
        parts = ("percent", "value") if shares else _COUNTS
        for part in parts:
            result = self.printed(reading.result, cross, part)
            plus = self._terms(reading.plus, cross, part)
            minus = self._terms(reading.minus, cross, part)
            if result is None or plus is None or minus is None or all_blank(plus):
                continue
            terms = (*plus, *minus, result)
            if one_unit(terms, lines):
                yield (
                    part,
                    Linear(
                        reading.kind,
                        result,
                        plus,
                        minus,
                        overlapping=not minus
                        and (self.block.context.multiple or may_overlap(terms, reading, cross)),
                        rounded=shares or self._rounded(terms, (*lines, cross)),
                        cut=self.block.context.cut,
                    ),
                )

    def _terms(self, lines: Sequence[Line], cross: Line, part: Part) -> tuple[Term, ...] | None:
        found = [self.term(line, cross, part) for line in lines]
        terms = tuple(term for term in found if term is not None)
        return terms if len(terms) == len(found) else None

    def _is_share(self, result: Line, parts: Sequence[Line], cross: Line) -> bool:
        """Tell whether shares are added: of that label, or of 割合 if they come to a hundred."""
        kinds = cross.kinds | result.kinds
        if kinds & (UNADDED - {"rate"}) or "cumulative" in kinds:
            return False
        if "share" in kinds:
            return True
        printed = self.printed(result, cross, "percent")
        if "rate" in kinds:
            rates = [line for line in (cross, result) if "rate" in line.kinds]
            if not all(is_portion(line.own) for line in rates):
                return False
            if self._come_to_hundred(parts, cross):
                return True
            printed = printed or self.printed(result, cross, "value")
        return printed is not None and printed.number.amount in _HUNDRED

    def _come_to_hundred(self, parts: Sequence[Line], cross: Line) -> bool:
        """Tell whether percentages come to a hundred, whatever their total says."""
        terms = [self.printed(line, cross, "percent", "value") for line in parts]
        amounts = [term.number.amount for term in terms if term and term.number.amount]
        digits = max((term.number.digits for term in terms if term), default=0)
        slack = Decimal(len(terms)).scaleb(-digits) / 2
        return len(amounts) > 2 and abs(sum(amounts, Decimal(-100))) <= slack

    def _difference(self, reading: Reading, cross: Line) -> Iterator[tuple[Part, Relation]]:
        parts: tuple[Part, ...] = ("value", "percent")
        for part in parts:
            plus = [self.printed(line, cross, part) for line in reading.plus]
            minus = [self.printed(line, cross, part) for line in reading.minus]
            result = self.printed(reading.result, cross, *dict.fromkeys(("value", part)))
            terms = [*plus, *minus, result]
            known = tuple(term for term in terms if term is not None)
            if len(known) < len(terms) or result is None:
                continue
            if reading.signed and not (result.number.signed or result.number.amount == 0):
                continue
            if part == "percent" or one_unit(known, ()):
                rounded = part == "percent" or self._rounded(known, (*reading.plus, cross))
                ends = known[: len(plus)], known[len(plus) : -1]
                yield part, Linear("difference", result, *ends, rounded=rounded)

    def _ratio(self, reading: RatioReading, cross: Line) -> Iterator[tuple[Part, Relation]]:
        lines = (reading.result, *reading.plus)
        if not reading.over and (cross.kinds & UNADDED or not one_unit((), lines)):
            return
        result = self._rate(reading.result, cross, reading.scale)
        plus = [self.printed(line, cross, "value") for line in reading.plus]
        minus = [self.printed(line, cross, "value") for line in reading.minus]
        over = [self.printed(line, cross, "value") for line in reading.over]
        known = tuple(term for term in (*plus, *minus, *over) if term is not None)
        if result is None or len(known) < len(plus) + len(minus) + len(over):
            return
        first, second = len(plus), len(plus) + len(minus)
        bottom = known[second:]
        if bottom and not any(term.number.amount for term in bottom):
            return
        yield (
            "percent",
            Ratio(
                reading.kind,
                result,
                known[:first],
                bottom,
                known[first:second],
                reading.scale,
                reading.count,
                rounded=self._rounded(known[:second], (*reading.plus, cross)),
                rounded_over=self._rounded(bottom, (*reading.over, cross)),
            ),
        )

    def _share(self, reading: ShareReading, cross: Line) -> Iterator[tuple[Part, Relation]]:
        key = (cross.number, cross.shift)
        wholes = reading.wholes.get(key, ())
        result = self._rate(reading.result, cross, reading.scale)
        parts = reading.runs.get(key, ()) if reading.runs is not None else (cross,)
        plus = tuple(filter(None, (self.printed(reading.part, line, "value") for line in parts)))
        over = [self.printed(reading.part, line, "value") for line in wholes]
        known = tuple(term for term in over if term is not None and term.number.amount)
        if result is None or not plus or len(plus) < len(parts) or not known or plus == known:
            return
        rounded = self._rounded((*plus, *known), (reading.part, cross))
        yield (
            "percent",
            Ratio(
                reading.kind,
                result,
                plus,
                known,
                scale=reading.scale,
                rounded=rounded,
                rounded_over=rounded,
            ),
        )

    def _rate(self, line: Line, cross: Line, scale: Decimal) -> Term | None:
        if scale == 1:
            return self.printed(line, cross, "value")
        return self.printed(line, cross, "percent", "value")

    def _step(self, reading: StepReading, cross: Line) -> Iterator[tuple[Part, Relation]]:
        key = (cross.number, cross.shift)
        last = reading.before.get(key)
        if key not in reading.before or (last is None and reading.form != "running"):
            return
        if reading.form == "running":
            yield from self._running(reading, cross, last)
        elif last is not None:
            yield from self._since(reading, cross, last)

    def _running(
        self, reading: StepReading, cross: Line, last: Line | None
    ) -> Iterator[tuple[Part, Relation]]:
        parts: tuple[Part, ...] = ("value", "percent")
        for part in parts:
            result = self.printed(reading.result, cross, part)
            own = self.printed(reading.part, cross, part)
            before = self.printed(reading.result, last, part) if last is not None else None
            if result is None or own is None or (last is not None and before is None):
                continue
            plus = (own,) if before is None else (before, own)
            rounded = part == "percent" or self._rounded((own, result), (reading.part, cross))
            yield part, Linear("running", result, plus, rounded=rounded)

    def _since(
        self, reading: StepReading, cross: Line, last: Line
    ) -> Iterator[tuple[Part, Relation]]:
        now, then = (self.printed(reading.part, line, "value") for line in (cross, last))
        if now is None or then is None or not then.number.amount:
            return
        rounded = self._rounded((now, then), (reading.part, cross))
        if reading.form == "difference":
            result = self.printed(reading.result, cross, "value")
            if result is not None:
                yield "value", Linear("difference", result, (now,), (then,), rounded=rounded)
            return
        result = self.printed(reading.result, cross, "percent", "value")
        if result is not None:
            minus = (then,) if reading.form == "change" else ()
            ratio = Ratio("growth", result, (now,), (then,), minus, rounded=rounded)
            yield "percent", replace(ratio, rounded_over=rounded)

    def _rounded(self, terms: Sequence[Term], lines: Sequence[Line]) -> bool:
        """Tell whether whole numbers may be rounded: by their units, a caption or a note."""
        context = self.block.context
        if context.rounded:
            return True
        units = {term.number.unit or "" for term in terms} | {line.unit for line in lines}
        units -= {""}
        return any(map(is_rounded, units)) if units else context.thousands
