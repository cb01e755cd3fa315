"""Matching a file's header cells with the columns that a source declares."""

import difflib
from collections.abc import Mapping, Sequence

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.catalog.sources import Source
from kpicli.values.folding import fold

_SHOWN = 40  # characters of a header that a message repeats
Extra = Mapping[str, tuple[str, ...]] | None


def match_headers(
    cells: Sequence[str], source: Source, extra: Extra = None
) -> dict[str, list[int]]:
    """Return, per catalogue column, the 0-based positions whose header is one of its spellings.

    Spellings compare folded, so width, dashes and white space do not matter. `extra` adds
    spellings from the settings. Columns without a match are absent from the result; more than one
    position means that the file has the column twice.
    """
    spellings = source.spellings
    if extra:
        spellings = {**spellings, **{fold(h): name for name in extra for h in extra[name]}}
    matches: dict[str, list[int]] = {}
    for position, cell in enumerate(cells):
        name = spellings.get(fold(cell))
        if name is not None:
            matches.setdefault(name, []).append(position)
    return matches


def missing_columns(matches: Mapping[str, Sequence[int]], source: Source) -> list[str]:
    """Return the names of the required columns that `found` lacks, in declared order."""
    return [
        name for name, column in source.columns.items() if column.required and name not in matches
    ]


def is_header(cells: Sequence[str], source: Source, extra: Extra = None) -> bool:
    """Return whether the cells are the header row of `source`: every required column is there."""
    return not missing_columns(match_headers(cells, source, extra), source)


def column_positions(
    cells: Sequence[str], source: Source, label: str, extra: Extra = None
) -> dict[str, int]:
    """Return the one position of every declared column that the header row has.

    Raises `InputError` when a required column is missing (naming what was there and the nearest
    header) or when a declared column stands there twice.
    """
    matches = match_headers(cells, source, extra)
    missing = missing_columns(matches, source)
    if missing:
        raise _missing(missing[0], cells, source, label)
    for name, positions in matches.items():
        if len(positions) > 1:
            raise _repeated(source.columns[name].headers[0], positions, label)
    return {name: positions[0] for name, positions in matches.items()}


def _missing(name: str, cells: Sequence[str], source: Source, label: str) -> InputError:
    wanted = source.columns[name].headers[0]
    there = [cell.strip()[:_SHOWN] for cell in cells if cell.strip()]
    listed = "、".join(there[:30]) + ("…" if len(there) > 30 else "")
    near = difflib.get_close_matches(wanted, there, n=1, cutoff=0.5)
    return InputError(
        Text(
            f"{label}: 必要な列「{wanted}」({source.title})がありません。"
            f"見出しの行: {listed or '空'}",
            f"{label}: the required column {wanted!r} ({source.title}) is missing. "
            f"Headers found: {listed or 'none'}",
        ),
        Text(
            (f"「{near[0]}」がその列なら、" if near else "別の見出しの列があるなら、")
            + "kpicli.toml の [exports] に次のように書いてください: "
            + _entry(source.id, label, name, near[0] if near else "見出し"),
            (f"if {near[0]!r} is that column, " if near else "if it goes by another header, ")
            + "write under [exports] in kpicli.toml: "
            + _entry(source.id, label, name, near[0] if near else "header"),
        ),
    )


def _entry(source: str, label: str, column: str, header: str) -> str:
    return f'{source} = {{ files = "{label}", headers = {{ {column} = ["{header}"] }} }}'


def _repeated(header: str, positions: Sequence[int], label: str) -> InputError:
    places = ", ".join(str(position + 1) for position in positions)
    return InputError(
        Text(
            f"{label}: 列「{header}」が二つ以上あります({places} 列目)",
            f"{label}: the column {header!r} stands there more than once (columns {places})",
        ),
        Text(
            "どちらを使うか決められません。一方の見出しを変えてください",
            "nothing says which one counts: rename one of the headers",
        ),
    )
