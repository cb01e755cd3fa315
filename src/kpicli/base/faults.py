"""The catalogue of data faults: what can be wrong with, or worth knowing about, a row or a file.

A fault is a value, never an exception. Every kind stands in `faults.json`: its code, its level, and
in Japanese and English its title, its message and what to do about it. Codes never change their
meaning. `D1xx` cells, `D2xx` rows and keys, `D3xx` files, `D4xx` coverage and definitions, `D5xx`
frozen records, `D6xx` files as they stand, without settings. To add one: an entry there, a name
below, an example in tools/fault_examples.py, a trap in its test.

One code can have several causes, of which each has a message and advice of its own: `2025/9/31` and
`4月1日` are both no date, but not for the same reason. To add one: an entry under `causes` of its
kind, a trap in the test.
"""

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from typing import Literal

from msgspec import Struct, json

from kpicli.base.wording import Language, Text

Level = Literal["fault", "warning", "note"]


class FaultKind(Struct, frozen=True):
    """A kind of finding: `fault` takes its row out of the figures, `warning` and `note` do not.

    `cause` is "" where the message speaks of the kind in general.
    """

    code: str
    level: Level
    title: Text
    message: Text
    advice: Text
    cause: str = ""

    @property
    def name(self) -> str:
        """Return the code with the cause, if any: `D101.no_year`."""
        return f"{self.code}.{self.cause}" if self.cause else self.code

    def because(self, cause: str) -> "FaultKind":
        """Return the kind with the message and the advice of a cause; "" is the kind in general."""
        return KINDS[f"{self.code}.{cause}" if cause else self.code]

    def __reduce__(self) -> tuple[Callable[[str], "FaultKind"], tuple[str]]:
        """Travel between processes as its name: there is one object per kind and cause."""
        return _of_name, (self.name,)


class _Cause(Struct, frozen=True):
    message: Text
    advice: Text


class _Entry(Struct, frozen=True):
    """A kind as it stands in the file."""

    code: str
    level: Level
    title: Text
    message: Text
    advice: Text
    causes: dict[str, _Cause] = {}

    def kinds(self) -> Iterator[FaultKind]:
        """Yield the kind in general, then its causes."""
        yield FaultKind(self.code, self.level, self.title, self.message, self.advice)
        for name, cause in self.causes.items():
            yield FaultKind(self.code, self.level, self.title, cause.message, cause.advice, name)


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
    detail: str | Text = ""

    @property
    def level(self) -> Level:
        """Return `fault`, `warning` or `note`."""
        return self.kind.level

    def detail_in(self, language: Language) -> str:
        """Return the detail in `language`; a name from the data is the same in both."""
        return self.detail if isinstance(self.detail, str) else self.detail.in_language(language)


def _read_kinds() -> dict[str, FaultKind]:
    data = pkgutil.get_data(__package__, "faults.json")  # importlib.resources would load zipfile
    entries = json.decode(data or b"[]", type=list[_Entry])
    return {kind.name: kind for entry in entries for kind in entry.kinds()}


def _of_name(name: str) -> FaultKind:
    return KINDS[name]


KINDS: Mapping[str, FaultKind] = _read_kinds()
"""Every kind by its name, in the order of codes; its causes follow it."""
CATALOGUE: Mapping[str, FaultKind] = {kind.code: kind for kind in KINDS.values() if not kind.cause}
"""Every kind in general by its code, in the order of codes."""

UNREADABLE_DATE = CATALOGUE["D101"]
UNKNOWN_CODE = CATALOGUE["D102"]
NUMERAL_WITHOUT_DATE = CATALOGUE["D103"]
SAVED_BY_EXCEL = CATALOGUE["D104"]
UNREADABLE_NUMBER = CATALOGUE["D105"]
ERROR_CELL = CATALOGUE["D106"]
NEVER_CALCULATED = CATALOGUE["D107"]
HIDDEN_BY_MERGING = CATALOGUE["D108"]
GARBLED = CATALOGUE["D109"]
EXCEL_SERIAL = CATALOGUE["D151"]
SEVERAL_VALUES = CATALOGUE["D152"]
NUMERAL_AGAINST_WORDS = CATALOGUE["D153"]
NO_BASE_DATE = CATALOGUE["D154"]
INVISIBLE_SIGNS = CATALOGUE["D155"]
SCALED_NUMBER = CATALOGUE["D156"]
MIXED_UNITS = CATALOGUE["D157"]
NO_DATE_MEANT = CATALOGUE["D158"]
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
PLANNED = CATALOGUE["D211"]
LINES_AGAIN = CATALOGUE["D212"]
REPEATED_FILE = CATALOGUE["D310"]
HIDDEN_ROWS = CATALOGUE["D311"]
HIDDEN_SHEET = CATALOGUE["D312"]
SHEETS_NOT_READ = CATALOGUE["D313"]
MERGED_CELLS = CATALOGUE["D314"]
NOTES_NOT_COUNTED = CATALOGUE["D315"]
HEADER_AGAIN = CATALOGUE["D316"]
SHORT_ROWS = CATALOGUE["D317"]
MERGED_DATES = CATALOGUE["D318"]
UNIT_ROW = CATALOGUE["D319"]
REPEATED_COLUMN = CATALOGUE["D320"]
TOTAL_DIFFERS = CATALOGUE["D321"]
NOTHING_HAPPENED = CATALOGUE["D322"]
MEMBERS_NOT_READ = CATALOGUE["D331"]
BLANK_CELLS = CATALOGUE["D332"]
GROUP_LINES = CATALOGUE["D333"]
TOTAL_COLUMNS = CATALOGUE["D334"]
TABLE_LINES = CATALOGUE["D335"]
EMPTY_TABLES = CATALOGUE["D336"]
RECORD_COLUMNS = CATALOGUE["D337"]
MAYBE_TOTALS = CATALOGUE["D338"]
COLUMNS_LEFT = CATALOGUE["D339"]
EMPTY_MONTH = CATALOGUE["D401"]
ENDS_EARLY = CATALOGUE["D402"]
NOT_COVERED = CATALOGUE["D403"]
SHORT_REACH = CATALOGUE["D404"]
GONE = CATALOGUE["D405"]
COLUMN_MISSING = CATALOGUE["D406"]
FALLEN = CATALOGUE["D407"]
NOT_SELECTED = CATALOGUE["D411"]
NOT_THERE = CATALOGUE["D412"]
RECORD_NOT_SEALED = CATALOGUE["D501"]
SEAL_NOT_CHECKED = CATALOGUE["D502"]
EDITION_MISSING = CATALOGUE["D503"]
EDITION_CHANGED = CATALOGUE["D504"]
EDITION_TWICE = CATALOGUE["D505"]
RECORD_REPLACED = CATALOGUE["D506"]
RECORD_MISSING = CATALOGUE["D507"]
FILE_NOT_READ = CATALOGUE["D601"]
NO_HEADER_ROW = CATALOGUE["D602"]
LONG_ROWS = CATALOGUE["D603"]
NO_HEADER = CATALOGUE["D604"]
SAME_HEADER = CATALOGUE["D605"]
REPEATED_IDS = CATALOGUE["D606"]
IDS_ALIKE = CATALOGUE["D607"]
SINGLE_CELLS = CATALOGUE["D608"]
MERGED_OVER_ROWS = CATALOGUE["D609"]
