"""The catalogue of data faults: what can be wrong with, or worth knowing about, a row or a file.

A fault is a value, never an exception. Every kind stands in `faults.json`: its code, its level, and
in Japanese and English its title, its message and what to do about it. Codes never change their
meaning. `D1xx` cells, `D2xx` rows and keys, `D3xx` files, `D4xx` coverage and definitions, `D5xx`
frozen records. To add one: an entry there, a name below, an example in tools/fault_examples.py, a
trap in its test.
"""

import pkgutil
from collections.abc import Callable, Mapping
from typing import Literal

from msgspec import Struct, json

from kpicli.base.wording import Text

Level = Literal["fault", "warning", "note"]


class FaultKind(Struct, frozen=True):
    """A kind of finding: `fault` takes its row out of the figures, `warning` and `note` do not."""

    code: str
    level: Level
    title: Text
    message: Text
    advice: Text

    def __reduce__(self) -> tuple[Callable[[str], "FaultKind"], tuple[str]]:
        """Travel between processes as its code: there is one object per kind."""
        return _of_code, (self.code,)


class Place(Struct, frozen=True):
    """Where: the file as the user knows it, its sheet, row (or record), line, and column header.

    `row` counts as the program that made the file does (a sheet's row; in a text file the
    record, its header being 1); `line` is the text file's physical line, which differs from the
    record where cells hold line breaks.
    """

    file: str
    sheet: str | None = None
    row: int | None = None
    line: int | None = None
    column: str | None = None


class Fault(Struct, frozen=True):
    """One finding: its kind, its place, and what the message needs.

    `value` is the cell as read and is shown only when asked for. `count` is the number of rows
    that one finding speaks of. `other` is the second place of a conflict.
    """

    kind: FaultKind
    source: str
    place: Place
    value: str | None = None
    count: int = 1
    other: Place | None = None
    detail: str = ""

    @property
    def level(self) -> Level:
        """Return `fault`, `warning` or `note`."""
        return self.kind.level


def _read_catalogue() -> dict[str, FaultKind]:
    data = pkgutil.get_data(__package__, "faults.json")  # importlib.resources would load zipfile
    return {kind.code: kind for kind in json.decode(data or b"[]", type=list[FaultKind])}


def _of_code(code: str) -> FaultKind:
    return CATALOGUE[code]


CATALOGUE: Mapping[str, FaultKind] = _read_catalogue()
"""Every kind by its code, in the order of codes."""

UNREADABLE_DATE = CATALOGUE["D101"]
UNKNOWN_CODE = CATALOGUE["D102"]
NUMERAL_WITHOUT_DATE = CATALOGUE["D103"]
SAVED_BY_EXCEL = CATALOGUE["D104"]
UNREADABLE_NUMBER = CATALOGUE["D105"]
ERROR_CELL = CATALOGUE["D106"]
EXCEL_SERIAL = CATALOGUE["D151"]
SEVERAL_VALUES = CATALOGUE["D152"]
NUMERAL_AGAINST_WORDS = CATALOGUE["D153"]
NO_BASE_DATE = CATALOGUE["D154"]
LOST_CHARACTERS = CATALOGUE["D161"]
BLANK_KEY = CATALOGUE["D201"]
KEY_CONFLICT = CATALOGUE["D202"]
KEY_CHANGED = CATALOGUE["D203"]
SAME_VALUE = CATALOGUE["D204"]
WRONG_ORDER = CATALOGUE["D205"]
NOT_FILLED = CATALOGUE["D206"]
FAR_DATE = CATALOGUE["D207"]
DATE_LOST = CATALOGUE["D208"]
NOT_HELD = CATALOGUE["D209"]
MAYBE_SAME = CATALOGUE["D210"]
REPEATED_FILE = CATALOGUE["D310"]
HIDDEN_ROWS = CATALOGUE["D311"]
HIDDEN_SHEET = CATALOGUE["D312"]
SHEETS_NOT_READ = CATALOGUE["D313"]
MERGED_CELLS = CATALOGUE["D314"]
NOTES_NOT_COUNTED = CATALOGUE["D315"]
HEADER_AGAIN = CATALOGUE["D316"]
SHORT_ROWS = CATALOGUE["D317"]
MERGED_DATES = CATALOGUE["D318"]
TOTAL_DIFFERS = CATALOGUE["D321"]
EMPTY_MONTH = CATALOGUE["D401"]
ENDS_EARLY = CATALOGUE["D402"]
NOT_COVERED = CATALOGUE["D403"]
SHORT_REACH = CATALOGUE["D404"]
GONE = CATALOGUE["D405"]
NOT_SELECTED = CATALOGUE["D411"]
RECORD_NOT_SEALED = CATALOGUE["D501"]
SEAL_NOT_CHECKED = CATALOGUE["D502"]
EDITION_MISSING = CATALOGUE["D503"]
EDITION_CHANGED = CATALOGUE["D504"]
EDITION_TWICE = CATALOGUE["D505"]
RECORD_REPLACED = CATALOGUE["D506"]
RECORD_MISSING = CATALOGUE["D507"]
