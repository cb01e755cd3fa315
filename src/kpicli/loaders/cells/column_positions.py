"""Where each declared column stands in a header row, and the advice where one is missing.

The advice is tried on the file before it is given.
"""

import difflib
import json
import tomllib
from collections.abc import Collection, Sequence
from datetime import UTC
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kpicli.base import faults
from kpicli.base.errors import InputError
from kpicli.base.faults import Fault, Place
from kpicli.base.wording import Text
from kpicli.loaders.cells.headers import (
    UNPIVOTED,
    Extra,
    match_headers,
    missing_columns,
    shown_header,
)
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import date_reader, read_id, read_number
from kpicli.values.folding import fold, header_key

if TYPE_CHECKING:
    from kpicli.catalog.sources.columns import ColumnType
    from kpicli.catalog.sources.source import Source

Sample = Sequence[Sequence[Cell]]
"""Some of the rows below a header, to try a suggestion on."""

_SHOWN = 40  # characters of a header that a message repeats
_LISTED = 30
_ALIKE = 0.4  # レコード番号 for 受付番号, but not 内容


def column_positions(
    cells: Sequence[str], source: "Source", label: str, extra: Extra = None, sample: Sample = ()
) -> dict[str, int]:
    """Return the one position of every declared column that the header row has.

    Raises `InputError` when a required column is missing (naming what was there and the nearest
    header under which the `sample` of rows fits) or stands there twice. Any other column that does
    is absent, as nothing says which one counts: see `repeated_columns`.
    """
    matches = match_headers(cells, source, extra)
    missing = missing_columns(matches, source)
    if missing:
        used = {position for positions in matches.values() for position in positions}
        if missing[0] == UNPIVOTED:
            raise _nothing_to_unpivot(cells, source, label)
        raise _missing_column(missing[0], cells, source, label, used, sample)
    for name, positions in matches.items():
        if len(positions) > 1 and source.columns[name].required and name != UNPIVOTED:
            raise _repeated(name, cells, source, positions, label)
    return {name: own[0] for name, own in matches.items() if len(own) == 1}


def repeated_columns(cells: Sequence[str], source: "Source", extra: Extra = None) -> dict[str, str]:
    """Return, per declared column that stands in the header more than once, where and what helps.

    The columns are named as people and as spreadsheets count them, and behind them stands what
    chooses the second: `3 (C), 4 (D); headers = { score = ["点数#2"] }`.
    """
    repeated: dict[str, str] = {}
    for name, positions in match_headers(cells, source, extra).items():
        if len(positions) > 1 and name != UNPIVOTED:
            added = added_header(name, _choice(cells, positions))
            repeated[name] = _places(positions) + (f"; {added}" if added else "")
    return repeated


def repeated_findings(
    cells: Sequence[str], source: "Source", place: Place, extra: Extra = None
) -> tuple[Fault, ...]:
    """Return a warning per declared column that stands in the header of a file more than once."""
    return tuple(
        Fault(
            faults.REPEATED_COLUMN,
            source.id,
            replace(place, column=source.columns[name].headers[0]),
            detail=detail,
        )
        for name, detail in repeated_columns(cells, source, extra).items()
    )


def _places(positions: Sequence[int]) -> str:
    return ", ".join(f"{position + 1} ({_letters(position)})" for position in positions)


def _letters(position: int) -> str:
    """Return the letters of a column as spreadsheets have them: 0 is A, 26 is AA."""
    before, last = divmod(position, 26)
    return (_letters(before - 1) if before else "") + chr(ord("A") + last)


def _choice(cells: Sequence[str], positions: Sequence[int]) -> str:
    """Return the header that chooses the second: its own, or with a number where all are one."""
    written = [cells[position] for position in positions]
    same = len(set(map(header_key, written))) < len(written)
    return shown_header(written[1]) + ("#2" if same else "")


def _repeated(
    name: str, cells: Sequence[str], source: "Source", positions: Sequence[int], label: str
) -> InputError:
    header, places = source.columns[name].headers[0], _places(positions)
    choice = headers_entry(source.id, name, _choice(cells, positions))
    return InputError(
        Text(
            f"{label}: 列「{header}」が二つ以上あります({places} 列目)",
            f"{label}: the column {header!r} stands there more than once (columns {places})",
        ),
        Text(
            "どちらを使うか決められません。一方の見出しを変えてください"
            if choice is None
            else f"使う列を選び、{choice.ja}",
            "nothing says which one counts: rename one of the headers"
            if choice is None
            else f"choose one: {choice.en}",
        ),
    )


def _missing_column(
    name: str,
    cells: Sequence[str],
    source: "Source",
    label: str,
    used: Collection[int],
    sample: Sample,
) -> InputError:
    """Return the error for a required column that is not there.

    The nearest header is suggested whose position no column has `used` and whose cells in the
    `sample` can be read as the column's type; without such a header none is.
    """
    wanted = source.columns[name].headers[0]
    near = near_header(name, cells, source, used, sample)
    listed = _listed(cells)
    entry = headers_entry(source.id, name, near or "見出し")
    return InputError(
        Text(
            f"{label}: 必要な列「{wanted}」({source.title.ja})がありません。"
            f"見出しの行: {listed or '空'}",
            f"{label}: the required column {wanted!r} ({source.title.en}) is missing. "
            f"Headers found: {listed or 'none'}",
        ),
        Text(
            (f"「{near}」がその列なら、" if near else "別の見出しの列があるなら、")
            + (entry.ja if entry else "kpicli.toml の headers に書いてください"),
            (f"if {near!r} is that column, " if near else "if it goes by another header, ")
            + (entry.en if entry else "add it under `headers` in kpicli.toml"),
        ),
    )


def _nothing_to_unpivot(cells: Sequence[str], source: "Source", label: str) -> InputError:
    listed = _listed(cells)
    patterns = "、".join(source.columns[UNPIVOTED].headers)
    return InputError(
        Text(
            f"{label}: unpivot の columns「{patterns}」に合う列がありません。"
            f"見出しの行: {listed or '空'}",
            f"{label}: no column fits the columns {patterns!r} of unpivot. "
            f"Headers found: {listed or 'none'}",
        ),
        Text(
            f"kpicli.toml の [exports] の {source.id} の unpivot を直してください"
            "(* は任意の文字です)",
            f"correct the unpivot of {source.id} under [exports] in kpicli.toml "
            "(* stands for any text)",
        ),
    )


def _listed(cells: Sequence[str]) -> str:
    there = [cell[:_SHOWN] for cell in map(shown_header, cells) if cell]
    return "、".join(there[:_LISTED]) + ("…" if len(there) > _LISTED else "")


def near_header(
    name: str, cells: Sequence[str], source: "Source", used: Collection[int], sample: Sample
) -> str | None:
    """Return the header nearest to that of a column which is not there; None where none is near.

    No column has `used` its position, its cells in the `sample` can be read as the column's type,
    and it can be declared.
    """
    column, lone = source.columns[name], name == source.lone_key
    free = [
        shown_header(cell)
        for place, cell in enumerate(cells)
        if place not in used and _fits(column.type, place, sample, lone=lone)
    ]
    fitting = [cell for cell in free if cell and len(cell) <= _SHOWN]
    near = _nearest(column.headers[0], fitting)
    return near if near and added_header(name, near) else None


def added_header(column: str, header: str) -> str | None:
    """Return the key that declares a header in TOML; None where that would be none."""
    added = f"headers = {{ {column} = [{json.dumps(header, ensure_ascii=False)}] }}"
    try:
        read = tomllib.loads(added)["headers"][column]
    except tomllib.TOMLDecodeError:
        return None
    return added if read == [header] else None


def headers_entry(source: str, column: str, header: str) -> Text | None:
    """Return what to add to the entry of a source; None where that would be no TOML.

    Only the key to add is named: the entry keeps its `files`, `covers` and whatever else it has.
    """
    added = added_header(column, header)
    if added is None:
        return None
    return Text(
        f"kpicli.toml の [exports] の {source} に次を加えてください: {added}"
        f"(項目は {source} = {{ files = …, headers = … }} の形で書きます)",
        f"add to {source} under [exports] in kpicli.toml: {added} "
        f"(the entry is of the form {source} = {{ files = …, headers = … }})",
    )


def _nearest(wanted: str, there: Sequence[str]) -> str | None:
    near = difflib.get_close_matches(wanted, there, n=1, cutoff=_ALIKE)
    return near[0] if near else None


def _fits(kind: "ColumnType", place: int, sample: Sample, *, lone: bool) -> bool:
    """Return whether all cells that are filled can be read, some are, and ids do not repeat.

    Days are no ids. Without a sample every column fits.
    """
    if not sample:
        return True
    cells = [row[place] for row in sample if place < len(row)]
    cells = [cell for cell in cells if fold(text_of(cell))]
    dates = date_reader(UTC)
    if kind == "date":
        return bool(cells) and all(dates(cell).fault is None for cell in cells)
    if kind == "number":
        return bool(cells) and all(read_number(cell).fault is None for cell in cells)
    if kind != "id":
        return True
    ids = [read_id(cell) for cell in cells]
    if any(read.fault for read in ids) or (lone and len({read.value for read in ids}) < len(ids)):
        return False
    return any(dates(cell).fault is not None or text_of(cell).isdecimal() for cell in cells)
