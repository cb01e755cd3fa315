"""Faults of one cell: errors, dates that are none, slipped years, values that nobody lists."""

import random
from collections.abc import Callable
from datetime import date

from fuzz.projects.catalogue import CODES, NUMERALS, PEOPLE, Source
from fuzz.projects.draft import Draft, Export
from fuzz.projects.faults.planting import DAYS, damage, last_lines, pick
from fuzz.projects.spelling import encodable

_DATES = (
    "2025/9/31",
    "4月1日",
    "平成35年1月1日",
    "令和元年4月30日",
    "7/4/1",
    "070401",
    "2025041",
    "2025/6/10 25:00",
    "2025年6月",
    "2025/6/10(日)",
    "6/10/2025",
    "未定",
    "－",
)
_NUMBERS = ("八十点", "10～20", "1E+05", "12,34", "⑶", "未定", "5ドル")
_ERRORS = ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!")


def _source(rng: random.Random, draft: Draft) -> Source:
    return rng.choice(draft.sources)


def _column(rng: random.Random, source: Source, *kinds: str) -> str | None:
    fit = [n for n, c in source.columns.items() if c.kind in kinds]
    return rng.choice(fit) if fit else None


def _damage_one(
    rng: random.Random, draft: Draft, source: Source, column: str | None, raw: str
) -> bool:
    thing = (
        None if column is None else pick(rng, draft, source, lambda t: t.record[column] is not None)
    )
    codecs = {export.codec for export in draft.exports[source.id]}
    if thing is None or column is None or not all(encodable(raw, codec) for codec in codecs):
        return False
    damage(draft, source, thing, column, raw, everywhere=rng.random() < 0.5)
    return True


def error_value(rng: random.Random, draft: Draft) -> bool:
    """Put an error value of a spreadsheet into any column."""
    source = _source(rng, draft)
    column = _column(rng, source, "id", "code", "date", "number")
    return _damage_one(rng, draft, source, column, rng.choice((*_ERRORS, "####", "########")))


def no_date(rng: random.Random, draft: Draft) -> bool:
    """Put a date that is none, or not one alone, into a column of dates."""
    source = _source(rng, draft)
    return _damage_one(rng, draft, source, _column(rng, source, "date"), rng.choice(_DATES))


def no_number(rng: random.Random, draft: Draft) -> bool:
    """Put what is no number into a column of numbers."""
    source = _source(rng, draft)
    return _damage_one(rng, draft, source, _column(rng, source, "number"), rng.choice(_NUMBERS))


def unlisted(rng: random.Random, draft: Draft) -> bool:
    """Put a value into a column of codes that its closed table does not list."""
    source = _source(rng, draft)
    fit = [n for n, c in source.columns.items() if c.codes and not CODES[c.codes].open]
    column = rng.choice(fit) if fit else None
    return _damage_one(
        rng, draft, source, column, rng.choice(("苦情", "***", "未定", "なし", "不明"))
    )


def rewritten_id(rng: random.Random, draft: Draft) -> bool:
    """Let a spreadsheet rewrite an id."""
    source = _source(rng, draft)
    return _damage_one(
        rng, draft, source, _column(rng, source, "id"), rng.choice(("1.23E+11", "1月2日", "2-Jan"))
    )


def blank_key(rng: random.Random, draft: Draft) -> bool:
    """Leave a number blank."""
    source = _source(rng, draft)
    column = source.key[0] if source.key else None
    return _damage_one(rng, draft, source, column, "")


def eraless(rng: random.Random, draft: Draft) -> bool:
    """Write a base date as a spreadsheet leaves 070401: 70401."""
    source = _source(rng, draft)
    if source is PEOPLE:
        return False
    thing = pick(rng, draft, source, lambda t: isinstance(t.record[source.base], date))
    if thing is None:
        return False
    day = thing.record[source.base]
    assert isinstance(day, date)
    raw = f"{day.year - 2018}{day:%m%d}"
    damage(draft, source, thing, source.base, raw, everywhere=rng.random() < 0.5)
    return True


def slipped_year(rng: random.Random, draft: Draft) -> bool:
    """Let the year of a base date slip, far back or ahead; one for each source, or it is a body."""
    source = _source(rng, draft)
    if source is PEOPLE or f"slipped_year {source.id}" in draft.faults:
        return False
    thing = pick(rng, draft, source, lambda t: isinstance(t.record[source.base], date))
    if thing is None:
        return False
    day = thing.record[source.base]
    assert isinstance(day, date)
    slipped = day.replace(
        year=rng.choice((1925, 1985, 2005, 2015, 2020, 2026, 2027, 2052, 2105)),
        day=min(day.day, 28),
    )
    oldest = 2014 if source.rhythm == "sparse" else 2022  # a sparse source may have gaps of years
    if oldest < slipped.year and slipped <= draft.today:
        return False
    draft.faults.append(f"slipped_year {source.id}")
    raw = rng.choice(
        (f"{slipped.year}/{slipped.month}/{slipped.day}", f"{slipped:%Y%m%d}", slipped.isoformat())
    )
    export, lines = last_lines(draft, source, thing)
    if source.key is None or source.base in source.key:  # elsewhere it would be another row
        lines = [line for _, line in draft.lines(source.id, thing)]
    (_, until, _), (_, _, later) = NUMERALS
    assert until is not None
    numerals = {meaning: sign for sign, meaning in later.items()}
    method = numerals.get(str(thing.record.get("method"))) if day > until else None
    for line in lines:
        line.raw[source.base] = raw
        if method is not None and encodable(method, export.codec):
            line.raw["method"] = method
    slipped_in = [own for own, line in draft.lines(source.id, thing) if source.base in line.raw]
    within = [own for own in DAYS if all(_may_hold(each, own) for each in slipped_in)]
    thing.worlds += [({**thing.record, source.base: own},) for own in (*within, slipped)]
    return True


def _may_hold(export: Export, day: date) -> bool:
    """Return whether a day lies among those of an export; what says that it covers more may."""
    base = export.source.base
    days = [cell for line in export.lines if isinstance(cell := line.record[base], date)]
    return "covers" in export.options or min(days) <= day <= max(days)


CELL_FAULTS: dict[str, Callable[[random.Random, Draft], bool]] = {
    own.__name__: own
    for own in (
        error_value,
        no_date,
        no_number,
        unlisted,
        rewritten_id,
        blank_key,
        eraless,
        slipped_year,
    )
}
