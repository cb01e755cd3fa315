"""Where each declared column stands in a header row, and the advice where one is missing.

The advice is tried on the file before it is given.
"""

import difflib
import json
import tomllib
from collections.abc import Collection, Sequence
from datetime import UTC

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.catalog.sources import ColumnType, Source
from kpicli.loaders.cells.headers import Extra, match_headers, missing_columns, shown_header
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.readers import date_reader, read_id, read_number
from kpicli.values.folding import fold, header_key

Sample = Sequence[Sequence[Cell]]
"""Some of the rows below a header, to try a suggestion on."""

_SHOWN = 40  # characters of a header that a message repeats
_LISTED = 30
_ALIKE = 0.4  # レコード番号 for 受付番号, but not 内容


def column_positions(
    cells: Sequence[str], source: Source, label: str, extra: Extra = None, sample: Sample = ()
) -> dict[str, int]:
    """Return the one position of every declared column that the header row has.

    Raises `InputError` when a required column is missing (naming what was there and the nearest
    header under which the `sample` of rows fits) or when a declared column stands there twice.
    """
    matches = match_headers(cells, source, extra)
    missing = missing_columns(matches, source)
    if missing:
        used = {position for positions in matches.values() for position in positions}
        raise _missing_column(missing[0], cells, source, label, used, sample)
    for name, positions in matches.items():
        if len(positions) > 1:
            raise _repeated(name, cells, source, positions, label)
    return {name: positions[0] for name, positions in matches.items()}


def _repeated(
    name: str, cells: Sequence[str], source: Source, positions: Sequence[int], label: str
) -> InputError:
    header = source.columns[name].headers[0]
    places = ", ".join(str(position + 1) for position in positions)
    written = [cells[position] for position in positions]
    same = len(set(map(header_key, written))) == 1
    choice = headers_entry(source.id, name, f"{shown_header(written[0])}#2") if same else None
    return InputError(
        Text(
            f"{label}: 列「{header}」が二つ以上あります({places} 列目)",
            f"{label}: the column {header!r} stands there more than once (columns {places})",
        ),
        Text(
            "どちらを使うか決められません。一方の見出しを変えてください"
            if choice is None
            else f"使う列を番号で選び、{choice.ja}",
            "nothing says which one counts: rename one of the headers"
            if choice is None
            else f"choose one by its number: {choice.en}",
        ),
    )


def _missing_column(
    name: str,
    cells: Sequence[str],
    source: Source,
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
    there = [cell[:_SHOWN] for cell in map(shown_header, cells) if cell]
    listed = "、".join(there[:_LISTED]) + ("…" if len(there) > _LISTED else "")
    entry = headers_entry(source.id, name, near or "見出し")
    return InputError(
        Text(
            f"{label}: 必要な列「{wanted}」({source.title})がありません。"
            f"見出しの行: {listed or '空'}",
            f"{label}: the required column {wanted!r} ({source.title}) is missing. "
            f"Headers found: {listed or 'none'}",
        ),
        Text(
            (f"「{near}」がその列なら、" if near else "別の見出しの列があるなら、")
            + (entry.ja if entry else "kpicli.toml の headers に書いてください"),
            (f"if {near!r} is that column, " if near else "if it goes by another header, ")
            + (entry.en if entry else "add it under `headers` in kpicli.toml"),
        ),
    )


def near_header(
    name: str, cells: Sequence[str], source: Source, used: Collection[int], sample: Sample
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


def _fits(kind: ColumnType, place: int, sample: Sample, *, lone: bool) -> bool:
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
