"""Writing delimited text the way different programs export it."""

import codecs
import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from generator.chance import Chance

Row = list[str]


def write_table(
    path: Path,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    encoding: str,
    *,
    ends: Literal["\r\n", "\n"] = "\r\n",
    delimiter: str = ",",
    quote_all: bool = False,
) -> None:
    """Write the header and the rows, UTF-16 with a byte-order mark.

    A character that the encoding lacks is an error.
    """
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=delimiter,
        lineterminator=ends,
        quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL,
    )
    writer.writerow(header)
    writer.writerows(rows)
    mark = codecs.BOM_UTF16_LE if encoding == "utf-16-le" else b""
    path.write_bytes(mark + text.getvalue().encode(encoding))


def variant(chance: Chance, value: str, others: Mapping[str, Sequence[str]]) -> str:
    """Return the value, or about once in five times one of the other ways to write it."""
    ways = others.get(value, ())
    return chance.pick(ways) if ways and chance.below(5) == 0 else value


LINES: dict[str, Sequence[str]] = {
    "生保": ("生命保険", "生保 "),
    "損保": ("損害保険", "　損保"),
    "団体": ("団体保険",),
}
"""Other ways to write the line; a blank around a word is harmless."""
