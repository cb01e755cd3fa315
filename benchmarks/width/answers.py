"""Every value of every KPI, as kpicli's JSON has it and as other programs list it."""

import json
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

Place = tuple[str, str, str | None]
"""KPI, span (`2025H1`, `2025-04`), and part; None is the total."""
Number = Decimal | tuple[Decimal, Decimal]
"""One number; or the numerator and denominator of a ratio, or the sum and count of a mean."""
Answer = Mapping[Place, Number]


def from_list(output: bytes) -> Answer:
    """Read what a script prints: [kpi, span, item, number or two]; what is nothing is left out."""
    answer: dict[Place, Number] = {}
    for kpi, span, item, value in json.loads(output, parse_float=Decimal, parse_int=Decimal):
        if isinstance(value, list):
            if value[1]:
                answer[kpi, span, item] = (value[0] or Decimal(0), value[1])
        elif value is not None:
            answer[kpi, span, item] = value
    return answer


def differences(printed: bytes, answer: Answer) -> list[str]:
    """Return where kpicli's JSON and an answer differ, value by value.

    What kpicli does not show is a difference, but not a part that another period alone has.
    """
    unlike: list[str] = []
    seen: dict[Place, str] = {}
    summary = json.loads(printed)
    own: set[str] = set()
    for place, told, compared_with in _told(summary):
        if not compared_with:
            own.add(place[1])
        shown = f"{told['value']} {told['numerator']}/{told['denominator']}"
        if seen.setdefault(place, shown) != shown:
            unlike.append(f"{place}: kpicli has {seen[place]} and {shown}")
        other = answer.get(place)
        if not _agree(told, other):
            unlike.append(f"{place}: {shown} is not {other}")
    others = {p for p in answer.keys() - seen.keys() if p[2] is None or (p[1] in own and answer[p])}
    return unlike + [f"{place}: only the other has it" for place in sorted(others, key=str)]


def counts_of(printed: bytes) -> dict[tuple[str, str | None], object]:
    """Return the values of the period itself by KPI and part, as kpicli's JSON has them."""
    summary = json.loads(printed)
    span = summary["period"]["name"]
    return {
        (kpi, item): told["value"] for (kpi, own, item), told, _ in _told(summary) if own == span
    }


def compared(printed: bytes) -> int:
    """Return how many values kpicli's JSON has, each of which is compared."""
    return len({place for place, _, _ in _told(json.loads(printed))})


def _told(summary: dict[str, Any]) -> Iterator[tuple[Place, dict[str, Any], bool]]:
    """Yield every total and part of the period, its months and what they are compared with.

    The last says whether it is of such another period. Parts that are the months themselves stand
    among the groups anyway.
    """
    for kpi in summary["kpis"]:
        figures = kpi["figures"]
        groups = [(summary["period"]["name"], figures)]
        groups += [(group["period"]["name"], group) for group in figures["groups"]]
        for span, group in groups:
            own = [group["total"]] if group["total"] else []
            own += [part for part in group["parts"] if part["part"] != "month"]
            for told in own:
                item = told.get("item")
                yield (kpi["id"], span, item), told, False
                for other in told["comparisons"]:
                    yield (kpi["id"], other["period"]["name"], item), other, True


def _agree(told: dict[str, Any], other: Number | None) -> bool:
    value, numerator, denominator = told["value"], told["numerator"], told["denominator"]
    if other is None:
        return not denominator and (value is None or not Decimal(value))
    if not isinstance(other, tuple):
        return value is not None and Decimal(value) == other
    if numerator is not None:
        return (Decimal(numerator), Decimal(denominator)) == other
    if value is None or Decimal(denominator) != other[1]:
        return False
    mean = Decimal(value)
    exact = other[0] / other[1]
    return exact.quantize(mean, ROUND_HALF_UP) == mean
