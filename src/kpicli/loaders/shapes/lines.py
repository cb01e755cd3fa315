"""A file whose lines are no rows, read line by line: every unpivoted column a column of its own."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.catalog.sources.columns import Column
from kpicli.loaders.cells.headers import UNPIVOTED, match_headers, unpivoted_name
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.cells.raw_table import RawTable
    from kpicli.loaders.files.export_file import ExportFile
    from kpicli.settings.tables.shapes import Shape, Unpivot

Reader = Callable[["ExportFile", "Source"], "RawTable"]
"""Returns a file's lines as rows of a source."""


class Lines(Struct, frozen=True):
    """The lines of a file, as rows of a `source` that has no column which the shape makes.

    `names` are, per unpivoted column in the file's order, the column's name in `table` and what its
    header makes; `totals` are headers of totals, which are not unpivoted.
    """

    table: "RawTable"
    source: "Source"
    names: Mapping[str, str]
    totals: tuple[str, ...] = ()


def read_lines(file: "ExportFile", source: "Source", shape: "Shape", read: Reader) -> Lines:
    """Return the lines of a file.

    Raises what `read` raises, and `InputError` where there is no column to unpivot.
    """
    unpivot = shape.unpivot
    if unpivot is None:
        lines = _source_of(source, shape, {})
        return Lines(read(file, lines), lines, {})
    headers = _headers(file, source, shape, unpivot, read)
    totals = tuple(header for header in headers if is_total(fold(header)))
    kept = [header for header in headers if header not in totals]
    names = {f"{UNPIVOTED}{number}": header for number, header in enumerate(kept, 1)}
    lines = _source_of(source, shape, {name: (header,) for name, header in names.items()})
    made = {name: unpivoted_name(h, unpivot.columns) or h for name, h in names.items()}
    return Lines(read(file, lines), lines, made, totals)


def _headers(
    file: "ExportFile", source: "Source", shape: "Shape", unpivot: "Unpivot", read: Reader
) -> list[str]:
    """Return the headers of the columns to be unpivoted: the file is read once more for them."""
    lines = _source_of(source, shape, {UNPIVOTED: unpivot.columns})
    extra = {**(file.headers or {}), UNPIVOTED: unpivot.columns}
    cells = read(replace(file, headers=extra), lines).header_cells
    return [cells[place] for place in match_headers(cells, lines, extra)[UNPIVOTED]]


def _source_of(
    source: "Source", shape: "Shape", unpivoted: Mapping[str, tuple[str, ...]]
) -> "Source":
    """Return the source with the unpivoted columns in the place of those that they make.

    Lines are told apart by the columns of the key that neither are made nor take the value above.
    """
    columns: dict[str, Column] = {n: c for n, c in source.columns.items() if n not in shape.made}
    if shape.unpivot is not None:
        value = source.columns[shape.unpivot.value]
        for name, headers in unpivoted.items():
            columns[name] = value.model_copy(update={"headers": headers, "required": True})
    own = [name for name in columns if name not in shape.taken]
    base = source.base_date in own
    return source.of_lines(columns, tuple(n for n in source.key if n in own), base)
