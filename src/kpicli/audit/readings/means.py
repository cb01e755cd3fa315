"""Means of listed lines: 平均, 月平均."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from kpicli.audit.readings.entries import (
    Claim,
    Entry,
    RatioReading,
    Trust,
)

_ONE = Decimal(1)
_PLAIN = re.compile(r"月?平均値?")


def mean_claims(entries: Sequence[Entry]) -> Iterator[Claim]:
    """Yield that a line of means is that of the lines before it, since another such line.

    Totals among them are left out; of periods, those of one length are taken. A plain 平均 beside a
    total is promised to be that of what is added up.
    """
    start = 0
    for place, entry in enumerate(entries):
        if entry.says.kind != "mean":
            continue
        run = [each for each in entries[start:place] if each.is_part(entry.line)]
        parts = [each for each in run if each.says.kind != "total"]
        plain = len(parts) < len(run) and _PLAIN.fullmatch(entry.says.rest)
        start = place + 1
        lengths = {each.says.period.months if each.says.period else 0 for each in parts}
        readings = [
            RatioReading(
                "mean",
                entry.line,
                tuple(each.line for each in own),
                scale=_ONE,
                count=len(own),
                trust=Trust.PROMISED if plain and len(lengths) == 1 else Trust.LIKELY,
                style=f"mean {months}",
            )
            for months in sorted(lengths)
            if len(own := _of_length(parts, months)) > 1
        ]
        if readings:
            yield Claim(entry.line, entry.level, tuple(readings))


def _of_length(parts: Sequence[Entry], months: int) -> list[Entry]:
    return [p for p in parts if (p.says.period.months if p.says.period else 0) == months]
