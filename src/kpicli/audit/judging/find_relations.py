"""The relations of a table: the readings of its labels that its numbers bear out."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from kpicli.audit.judging.discovered import balance_claims
from kpicli.audit.judging.excuses import Across
from kpicli.audit.judging.judge import added, asserted, choose, never_adding, sums
from kpicli.audit.judging.side import Side
from kpicli.audit.layout.lines import Block, Line
from kpicli.audit.readings.differences import difference_claims
from kpicli.audit.readings.entries import AnyReading, Claim, Entry, groups
from kpicli.audit.readings.means import mean_claims
from kpicli.audit.readings.parents import parent_claims, sex_claims
from kpicli.audit.readings.periods import period_claims
from kpicli.audit.readings.rates import rate_claims
from kpicli.audit.readings.steps import step_claims
from kpicli.audit.readings.totals import total_claims
from kpicli.audit.relations import Ratio, Relation, Term, percentage

_BESIDE = {"previous", "target", "mean", "statistic", "cumulative", "difference", "growth"}


def find_relations(block: Block) -> Iterator[Relation]:
    """Yield what a table asserts by its labels and numbers, and by cells that hold a ratio."""
    rows = Side(block, block.rows, block.columns, turned=False)
    columns = Side(block, block.columns, block.rows, turned=True)
    by_rows = choose(rows, list(_claims(block.rows, block.columns)))
    by_columns = choose(columns, list(_claims(block.columns, block.rows)))
    by_rows += choose(rows, list(balance_claims(rows, sums(by_rows))))
    by_columns += choose(columns, list(balance_claims(columns, sums(by_columns))))
    for side, choices, others in ((rows, by_rows, by_columns), (columns, by_columns, by_rows)):
        across = Across(added(others), never_adding(choices))
        for choice in choices:
            yield from asserted(choice, side, across)
    yield from _own_ratios(block)
    yield from _lone_ratios(block)


def _claims(lines: Sequence[Line], across: Sequence[Line]) -> Iterator[Claim]:
    found = [claim for entries in groups(lines) for claim in _of_entries(entries)]
    yield from _joined([*found, *rate_claims(lines, across), *step_claims(lines, across)])


def _joined(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Yield the claims, those of one line as one that cannot all be meant, each reading once.

    A total may be one by each of its labels, and a period of halves and of months; what is computed
    otherwise is computed in one way.
    """
    found: dict[object, Claim] = {}
    for claim in claims:
        kind = claim.readings[0].kind if claim.readings else "total"
        months = claim.readings[0].style if kind == "period" else ""
        by = (claim.level, kind, months) if kind in {"total", "period"} else ()
        key = (claim.result.number, claim.result.shift, by)
        before = found.get(key)
        if before is None:
            found[key] = claim
            continue
        added = tuple(r for r in claim.readings if not _is_there(r, before.readings))
        longer = max(before, claim, key=lambda each: len(each.before) + len(each.after))
        found[key] = replace(longer, readings=before.readings + added)
    yield from found.values()


def _is_there(reading: AnyReading, others: Sequence[AnyReading]) -> bool:
    return any(replace(other, style=reading.style) == reading for other in others)


def _of_entries(entries: Sequence[Entry]) -> Iterator[Claim]:
    yield from total_claims(entries)
    yield from parent_claims(entries)
    yield from sex_claims(entries)
    yield from period_claims(entries)
    yield from difference_claims(entries)
    yield from mean_claims(entries)


def _own_ratios(block: Block) -> Iterator[Relation]:
    """Yield the cells that write a fraction together with its percentage."""
    for row in block.rows:
        for column in block.columns:
            numbers = block.numbers(row, column)
            if "percent" in numbers and "numerator" in numbers:
                yield _ratio(block, row, column, column)


def _lone_ratios(block: Block) -> Iterator[Relation]:
    """Yield the one fraction and the one percentage of a row, which leave no other reading.

    Columns of an earlier period, a target or a difference are not looked at.
    """
    columns = [column for column in block.columns if not column.kinds & _BESIDE]
    for row in block.rows:
        cells = [(column, block.numbers(row, column)) for column in columns]
        fractions = [column for column, numbers in cells if "numerator" in numbers]
        rates = [column for column, numbers in cells if "percent" in numbers]
        if len(fractions) == len(rates) == 1 and fractions != rates:
            yield _ratio(block, row, rates[0], fractions[0])


def _ratio(block: Block, row: Line, rate: Line, fraction: Line) -> Ratio:
    numbers = block.numbers(row, fraction)
    return percentage(
        Term(block.spot(row, rate, "percent"), block.numbers(row, rate)["percent"]),
        Term(block.spot(row, fraction, "numerator"), numbers["numerator"]),
        Term(block.spot(row, fraction, "denominator"), numbers["denominator"]),
    )
