"""Differences against their two values, and percentages against numerator and denominator."""

from collections.abc import Iterator, Sequence

from kpicli.audit.patterns import Entry, Pattern

_CURRENT = ("今", "当", "本", "current")
_VALUES = {"plain", "total", "period"}
_YEARS = {"前年度", "昨年度", "前年", "昨年"}


def difference_patterns(entries: Sequence[Entry]) -> Iterator[Pattern]:
    """Yield which value a difference is taken of, and which is taken away.

    The other value is the one that the label names (前期比増減), else the only one of an earlier
    period, else the one just before the difference; or, of two columns of the same half in two
    named years, the earlier. The value itself is the only one left, or the one that says so (今期).
    """
    for place, entry in enumerate(entries):
        if entry.says.kind != "difference":
            continue
        signed = entry.label.rstrip("%)( ").endswith("比")
        pair = _two_years(entries) or _compared(entries, place)
        if pair is not None:
            now, then = pair
            yield Pattern("difference", entry.line, (now.line,), (then.line,), signed)


def percentage_patterns(entries: Sequence[Entry]) -> Iterator[Pattern]:
    """Yield a rate of a labelled numerator and denominator, where each stands once."""
    kinds = [[e for e in entries if e.says.kind == k] for k in ("rate", "numerator", "denominator")]
    if all(len(kind) == 1 for kind in kinds):
        rate, numerator, denominator = (kind[0].line for kind in kinds)
        yield Pattern("percentage", rate, (numerator,), (denominator,))


def _compared(entries: Sequence[Entry], place: int) -> tuple[Entry, Entry] | None:
    earlier = [entry for entry in entries if entry.says.kind == "previous"]
    named = [e for e in earlier if e.says.reference == entries[place].says.reference]
    if entries[place].says.reference and named:
        earlier = named
    elif entries[place].says.reference and len(earlier) > 1:
        return None
    if len(earlier) > 1:
        earlier = [entry for entry in earlier if entry == entries[place - 1]]
    if len(earlier) != 1:
        return None
    now = _current(entries, earlier[0])
    return None if now is None else (now, earlier[0])


def _current(entries: Sequence[Entry], then: Entry) -> Entry | None:
    values = [entry for entry in entries if entry.says.kind in _VALUES and entry.label]
    if len(values) > 1 and then.says.rest:
        values = [entry for entry in values if entry.label.endswith(then.says.rest)] or values
    if len(values) > 1 and then.says.reference in _YEARS:
        years = [entry for entry in values if entry.says.months == 12]
        values = years or values
    if len(values) > 1:
        values = [entry for entry in values if entry.label.startswith(_CURRENT)]
    return values[0] if len(values) == 1 else None


def _two_years(entries: Sequence[Entry]) -> tuple[Entry, Entry] | None:
    values = [entry for entry in entries if entry.says.kind in {*_VALUES, "previous"}]
    if len(values) != 2 or any(entry.says.kind != "period" for entry in values):
        return None
    first, second = (entry.says for entry in values)
    alike = (first.months, first.number, first.rest) == (second.months, second.number, second.rest)
    comparable = (
        first.year and second.year and first.year[:1].isdigit() == second.year[:1].isdigit()
    )
    if not alike or not comparable or first.year == second.year:
        return None
    then, now = sorted(values, key=lambda entry: (len(entry.says.year), entry.says.year))
    return now, then
