"""The rows of a text file as they stand, where no source says what they hold."""

import re
from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.loaders.text.encoding import EncodedText
from kpicli.loaders.text.exact_reader import numbered_records

_SIGNS = ("\t", ",", ";")
_SEP_LINE = re.compile(r'(?i)"?sep=.?"?[ ,;\t]*')


class PlainRows(Struct, frozen=True):
    """All records of a file, and the sign that parts their cells; a `sep=` line is none.

    `lines` are those on which the records begin, counted from 1.
    """

    delimiter: str
    rows: Sequence[Sequence[str]]
    lines: Sequence[int] = ()


def plain_rows(text: EncodedText, label: str) -> PlainRows:
    """Return the records under the separator that gives most of them one width above 1.

    Raises `InputError` where quotes are broken under every separator that is there.
    """
    readings: list[tuple[int, PlainRows]] = []
    broken: InputError | None = None
    for sign in _SIGNS:
        if sign != "," and sign.encode() not in text.content:
            continue  # every row would be one cell
        try:
            numbered = list(numbered_records(label, text, sign))
        except InputError as error:  # with another separator its quotes may be whole
            broken = error if sign == "," else broken
            continue
        if numbered and _SEP_LINE.fullmatch(sign.join(numbered[0][1])):
            numbered = numbered[1:]
        rows, lines = [cells for _, cells in numbered], [line for line, _ in numbered]
        widths = Counter(len(row) for row in rows if len(row) > 1)
        readings.append((max(widths.values(), default=0), PlainRows(sign, rows, lines)))
    if broken is not None and not any(2 * score > len(own.rows) for score, own in readings):
        raise broken
    if not readings:
        raise InputError(
            Text(f"{label}: 表として読めません", f"{label}: it cannot be read as a table"),
            Text("CSV で保存し直してください", "save it again as CSV"),
        )
    return max(readings, key=lambda reading: reading[0])[1]
