"""Reading a cell against a code table: synonyms, circled numerals, several values in a cell."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal, Protocol

from msgspec import Struct

from kpicli.values.folding import fold

CIRCLED = "①-⑳"
_SEPARATORS = re.compile(r"[・、,/+;]")
_PIECE = re.compile(rf"([{CIRCLED}])?([^{CIRCLED}]*)")
_AROUND_WORDS = " .:()"
LABELLED = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?) ?[:.)] ?([^0-9].*)", re.DOTALL)
"""A folded cell of a number and what it is called, such as `5:とても満足`."""

SEVERAL = "; "
"""What stands between the values of a cell that counts under each of them."""

Problem = Literal["unknown", "numeral_without_date", "numeral", "several", "excluded"]


class Numerals(Protocol):
    """The meanings of circled numerals from `since` to `until` (inclusive; None: open)."""

    @property
    def since(self) -> date | None:
        """Return the first day."""
        ...

    @property
    def until(self) -> date | None:
        """Return the last day."""
        ...

    @property
    def meanings(self) -> Mapping[str, str]:
        """Return what each numeral means."""
        ...


class CodeReading(Struct, frozen=True):
    """The reading of one cell. `value` is None where it is blank or where there is a `problem`.

    A cell that is not in the list can have a particular problem: a `numeral` without a meaning,
    `several` values where one is allowed, or an `excluded` value beside others.
    `several`: the cell holds more than one value, and counts under the first. `disagreement`: a
    numeral stands beside words that mean something else; the words won.
    """

    value: str | None
    problem: Problem | None = None
    several: bool = False
    disagreement: bool = False


BLANK = CodeReading(None)
UNKNOWN = CodeReading(None, "unknown")


class CodeReader:
    """Reads cells against one table (domain rules "Circled numerals", "Values").

    `values` maps each value to its synonyms, in declared order; an `open_list` takes any other
    text, folded; `several` allows more than one value in a cell, of which `"each"` keeps all; an
    `excluded` value cannot stand with others.
    """

    def __init__(
        self,
        values: Mapping[str, Iterable[str]],
        *,
        open_list: bool = False,
        several: bool | Literal["each"] = False,
        excluded: Sequence[str] = (),
        numerals: bool = False,
    ) -> None:
        self._spellings = {
            fold(spelling): value
            for value, synonyms in values.items()
            for spelling in (value, *synonyms)
        }
        self._declared = tuple(values)
        self._open = open_list
        self._several, self._each = bool(several), several == "each"
        self._excluded = frozenset(excluded)
        self._pieces = several or numerals

    def read(self, text: str, numerals: Numerals | None = None) -> CodeReading:
        """Return what the cell says, `numerals` being the meanings in force at the row's date.

        A number with a label (`5:とても満足`) is the value that the number is, if that is listed.
        A bare numeral without `numerals` is a problem, never a guess. Of several values the first
        in the order of the numerals, then in declared order, is the reading.
        """
        folded = fold(text)
        if not folded:
            return BLANK
        value = self._spellings.get(folded)
        if value is None:
            value = self._by_its_number(folded)
        if value is not None:
            return CodeReading(value)
        if self._open and self._each:
            named = dict.fromkeys(self._spellings.get(words, words) for _, words in _pieces(text))
            return CodeReading(SEVERAL.join(sorted(named)) or folded)
        if self._open:
            return CodeReading(folded)
        reading = self._read_pieces(text, numerals)
        # Where cells hold one value, what a cell with several would mean is only asked to say so.
        return reading if self._pieces or reading.problem == "several" else UNKNOWN

    def _by_its_number(self, folded: str) -> str | None:
        """Return the value that a labelled number is, unless the label is itself another value."""
        parts = LABELLED.fullmatch(folded)
        if parts is None:
            return None
        number, label = self._spellings.get(parts[1]), self._spellings.get(parts[2])
        return number if label in (None, number) else None

    def _read_pieces(self, text: str, numerals: Numerals | None) -> CodeReading:
        pieces = list(_pieces(text))
        named: dict[str, None] = {}
        disagreement = False
        for numeral, words in pieces:
            meaning = numerals.meanings.get(numeral) if numerals and numeral else None
            if not words and numerals is None:
                return CodeReading(None, "numeral_without_date")
            value = self._spellings.get(words) if words else meaning
            if value is None:
                return UNKNOWN if words else CodeReading(None, "numeral")
            disagreement |= meaning is not None and meaning != value
            named[value] = None
        return self._resolve(tuple(named), numerals, disagreement)

    def _resolve(
        self, named: tuple[str, ...], numerals: Numerals | None, disagreement: bool
    ) -> CodeReading:
        if not named:
            return UNKNOWN
        if len(named) > 1 and (not self._several or self._excluded & set(named)):
            return CodeReading(None, "excluded" if self._several else "several")
        dated = tuple(numerals.meanings.values()) if numerals else ()
        ranked = sorted(named, key=(*dated, *self._declared).index)
        if self._each:
            return CodeReading(SEVERAL.join(ranked), disagreement=disagreement)
        first = ranked[0]
        return CodeReading(first, several=len(named) > 1, disagreement=disagreement)


def _pieces(text: str) -> Iterable[tuple[str, str]]:
    """Yield (numeral or "", folded words or "") for each value that the cell names."""
    for token in _SEPARATORS.split(fold(re.sub(r"[\r\n\v\f]+", ";", text))):
        for numeral, words in _PIECE.findall(token):
            words = words.strip(_AROUND_WORDS)
            if numeral or words:
                yield numeral, words


def in_force(tables: Sequence[Numerals], day: date) -> Numerals | None:
    """Return the first table whose dates (inclusive) hold `day`; None where none does."""
    for table in tables:
        if (table.since is None or table.since <= day) and (
            table.until is None or day <= table.until
        ):
            return table
    return None


TICKED = frozenset(map(fold, ("1", "○", "◯", "●", "✓", "✔", "☑", "レ", "true", "yes", "はい")))
EMPTY = frozenset(map(fold, ("", "0", "×", "✕", "－", "☐", "□", "false", "no", "いいえ")))
"""Not so the letter x, by which some mean a cross and others a tick."""


def is_ticked(text: str) -> bool | None:
    """Return whether a box is ticked; None where the cell says neither.

    An empty cell, 0, a cross or a dash is an empty box; 1, a circle, a tick or レ a ticked one.
    """
    folded = fold(text).lower()
    return True if folded in TICKED else False if folded in EMPTY else None
