"""Matching a file's header cells with the columns that a source declares."""

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from kpicli.values.folding import header_key

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source


Extra = Mapping[str, tuple[str, ...]] | None

UNPIVOTED = "*"
"""In the place of a column's name: the columns of which each filled cell makes a row."""

_NUMBERED = re.compile(r"(.+)#([1-9][0-9]{0,4})", re.DOTALL)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def match_headers(
    cells: Sequence[str], source: "Source", extra: Extra = None
) -> dict[str, list[int]]:
    """Return, per catalogue column, the 0-based positions whose header is one of its spellings.

    Spellings compare by `header_key`, so width, dashes and white space do not matter. A usual
    header wins over a synonym: beside it the synonym is the header of some other column. `extra`
    adds spellings from the settings, which count as usual ones, and are of no column but those
    that they name; `Method__c#2` is the second of the columns headed `Method__c`, and that alone.
    What it has for `UNPIVOTED` are patterns, for columns that are no others.
    Columns without a match are absent; more than one position means that the file has it twice.
    """
    keys = [header_key(cell) for cell in cells]
    matches: dict[str, list[int]] = {}
    for position, key in enumerate(keys):
        for name in source.spellings.get(key, ()):
            matches.setdefault(name, []).append(position)
    for name, positions in matches.items():
        usual = header_key(source.columns[name].headers[0])
        matches[name] = [p for p in positions if keys[p] == usual] or positions
    if extra:
        named = {name: headers for name, headers in extra.items() if name != UNPIVOTED}
        matches = _with_extra(matches, keys, source, named)
        _ = matches.pop(UNPIVOTED, None)  # of patterns that are headers themselves: not all of them
        matches |= _unpivoted(matches, cells, extra.get(UNPIVOTED, ()))
    return dict(sorted(matches.items(), key=lambda match: match[1]))


def _unpivoted(
    matches: Mapping[str, list[int]], cells: Sequence[str], patterns: Sequence[str]
) -> dict[str, list[int]]:
    taken = {place for places in matches.values() for place in places}
    places = [
        place
        for place, cell in enumerate(cells)
        if place not in taken and unpivoted_name(cell, patterns) is not None
    ]
    return {UNPIVOTED: places} if places else {}


def unpivoted_name(header: str, patterns: Sequence[str]) -> str | None:
    """Return what the first pattern that fits a header takes of it; None where none fits.

    `*` stands for any text. What is taken is the text for which `{name}` stands, else all of it. A
    day, as a workbook has it, also fits as `2025年4月1日`, `2025年4月` and `4月`, and is taken
    whole. Width, dashes and white space do not matter.
    """
    own = header_key(header)
    if not own:
        return None
    day = _DAY.fullmatch(own)
    forms = () if day is None else _written(*map(int, day.groups()))
    for pattern in patterns:
        wanted = re.escape(header_key(pattern))
        wanted = wanted.replace(r"\{name\}", "(.+)").replace(r"\*", ".*")
        fit = re.fullmatch(wanted, own)
        if fit is not None:
            return fit[1] if fit.groups() else shown_header(header)
        if any(re.fullmatch(wanted, form) for form in forms):
            return own
    return None


def _written(year: int, month: int, day: int) -> Sequence[str]:
    return (f"{year}年{month}月{day}日", f"{year}年{month}月", f"{year}/{month}", f"{month}月")


def _with_extra(
    matches: Mapping[str, list[int]],
    keys: Sequence[str],
    source: "Source",
    extra: Mapping[str, tuple[str, ...]],
) -> dict[str, list[int]]:
    numbered = {name: _numbered(headers, keys) for name, headers in extra.items()}
    added = {
        name: numbered[name] or [p for p, key in enumerate(keys) if key in wanted]
        for name, headers in extra.items()
        for wanted in [set(map(header_key, headers))]
    }
    named = {position for positions in added.values() for position in positions}
    merged: dict[str, list[int]] = {}
    for name in dict.fromkeys((*matches, *added)):
        own, declared = added.get(name, []), matches.get(name, [])
        usual = header_key(source.columns[name].headers[0])
        kept = [p for p in declared if p not in named and (not own or keys[p] == usual)]
        positions = own if numbered.get(name) else sorted({*own, *kept})
        if positions:
            merged[name] = positions
    return merged


def _numbered(headers: Sequence[str], keys: Sequence[str]) -> list[int]:
    """Return the position that a header with a number chooses; a header written so goes first."""
    for header in headers:
        match = _NUMBERED.fullmatch(header.strip())
        if match is not None and header_key(header) not in keys:
            places = [p for p, key in enumerate(keys) if key == header_key(match[1])]
            chosen = places[int(match[2]) - 1 : int(match[2])]
            if chosen:
                return chosen
    return []


def stacked_labels(
    columns: Sequence[Sequence[str]], source: "Source", extra: Extra = None
) -> tuple[str, ...]:
    """Return one label per column of a header in several rows, of which it has its texts.

    They stand from the top, those of groups (`保険会社`) above that of the column (`報告日`). It
    goes by `保険会社 報告日` where that is a known header, else by its own text where that is one,
    else by all of them: white space and line breaks do not count where headers are matched.
    """
    options = [(" ".join(texts), texts[-1] if texts else "") for texts in columns]
    spellings = [spelling for option in options for spelling in option]
    matched = match_headers(spellings, source, extra)
    known = {spellings[place] for places in matched.values() for place in places}
    return tuple(next((own for own in option if own in known), option[0]) for option in options)


def missing_columns(matches: Mapping[str, Sequence[int]], source: "Source") -> list[str]:
    """Return the names of the required columns that `matches` lacks, in declared order."""
    return [
        name for name, column in source.columns.items() if column.required and name not in matches
    ]


def is_header(cells: Sequence[str], source: "Source", extra: Extra = None) -> bool:
    """Return whether the cells are the header row of `source`: every required column is there."""
    return not missing_columns(match_headers(cells, source, extra), source)


def shown_header(text: str) -> str:
    """Return a header as messages show it: on one line."""
    return "".join(line.strip() for line in text.splitlines())
