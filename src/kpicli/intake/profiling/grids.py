"""The grids of a file: rows of a text or of each visible sheet as they stand, and the header."""

from collections.abc import Iterator
from pathlib import Path

from kpicli.intake.profiling.groups import named_groups
from kpicli.intake.profiling.header_row import header_row
from kpicli.intake.profiling.tables import Grid, Table, table_of
from kpicli.loaders.cells.raw_table import Cell
from kpicli.loaders.files.archives import is_zip, members_of
from kpicli.loaders.files.candidates import SUFFIXES
from kpicli.loaders.files.content import Content, open_content, read_all
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.plain_rows import plain_rows
from kpicli.loaders.text.encoding import read_encoding
from kpicli.loaders.workbook.container import kind_of, leading_bytes
from kpicli.loaders.workbook.parts import Package, read_package
from kpicli.loaders.workbook.sheet.read_cells import read_cells
from kpicli.loaders.workbook.sheet_cells import SheetCells


def contents_of(file: Path, label: str) -> Iterator[tuple[Content, str]]:
    """Yield a file, or each table in a zip, with the name by which the settings find it."""
    content = open_content(file, label)
    if not is_zip(file.name):
        yield content, label
        return
    for member in members_of(content, str(file.absolute()), label, "**", "").read:
        if Path(member.label).suffix.lower() in SUFFIXES:
            yield member.content(), member.label


def tables_of(
    content: Content, label: str, vocabulary: frozenset[str] = frozenset()
) -> list[Table]:
    """Return the tables of a file: one of a text, one for each visible sheet that holds any.

    Words of the `vocabulary` are no names. Raises `InputError` for what cannot be read.
    """
    every = (table_of(grid, vocabulary) for grid in grids_of(content, label))
    return [table for table in every if table is not None]


def grids_of(content: Content, label: str) -> list[Grid]:
    """Return the grids of a file: one of a text, one for each visible sheet that holds any cell.

    Raises `InputError` for what cannot be read.
    """
    kind = kind_of(leading_bytes(content), label)
    if kind == "workbook":
        return list(_sheets(read_package(read_all(content), label), label, content.sha256))
    if kind == "parquet":
        from kpicli.loaders.parquet.parquet_table import read_grid  # few exports are

        return [Grid(file=label, digest=content.sha256, rows=read_grid(content, label), header=0)]
    text = read_encoding(ExportFile(label, label, content), None)
    plain = plain_rows(text, label)
    rows = [list[Cell](row) for row in plain.rows]
    header = header_row(rows)
    groups = named_groups(rows, header)
    return [
        Grid(
            file=label,
            digest=content.sha256,
            rows=rows,
            header=header,
            lines=plain.lines,
            encoding=text.encoding,
            delimiter=plain.delimiter,
            grouped=groups.places,
            aside=groups.aside,
        )
    ]


def _sheets(package: Package, label: str, digest: str) -> Iterator[Grid]:
    read = [(part.name, read_cells(package, part)) for part in package.sheets if part.visible]
    filled = [(name, cells) for name, cells in read if cells.last_row()]
    for name, cells in filled:
        rows = _grid(cells)
        header = header_row(rows)
        merged = frozenset[int]() if header is None else _spread(rows, cells, header)
        groups = named_groups(rows, header)
        yield Grid(
            file=label,
            digest=digest,
            rows=rows,
            header=header,
            sheet=name,
            sheets=tuple(name for name, _ in filled),
            merged=merged,
            grouped=groups.places,
            aside=groups.aside,
            hidden=frozenset(row - 1 for row in cells.hidden),
        )


def _spread(rows: list[list[Cell]], cells: SheetCells, header: int) -> frozenset[int]:
    """Fill the rows over which a cell below the header is merged, and return in which columns.

    A row with nothing else in it stays blank.
    """
    places: set[int] = set()
    for merge in cells.merges:
        place, top = merge.left - 1, merge.top - 1
        if merge.left != merge.right or top <= header or merge.bottom == merge.top:
            continue
        value = rows[top][place] if top < len(rows) and place < len(rows[top]) else None
        for row in rows[top + 1 : merge.bottom]:
            if value is not None and any(cell is not None for cell in row):
                row[place] = value
                places.add(place)
    return frozenset(places)


def _grid(cells: SheetCells) -> list[list[Cell]]:
    """Return a sheet as rows of one width; numbers come as the sheet shows them."""
    columns = range(1, cells.width + 1)
    return [
        [None if cell is None else cell.as_shown for cell in map(row.get, columns)]
        for row in cells.stored(range(1, cells.last_row() + 1))
    ]
