"""The cells of one sheet: in bulk where it is large and its XML plain, else one by one."""

import sys
from typing import Final

from kpicli.loaders.workbook.manifest import SheetPart
from kpicli.loaders.workbook.parts import Package, reading
from kpicli.loaders.workbook.sheet.each_cell import read_each_cell
from kpicli.loaders.workbook.sheet_cells import SheetCells

SMALL: Final = 640 << 10
"""Bytes of XML: up to here loading what the bulk way needs costs more than it spares."""
LOADED_SMALL: Final = 64 << 10
"""The same where it is loaded, as for any large run."""


def read_cells(package: Package, sheet: SheetPart) -> SheetCells:
    """Return the cells of `sheet`, formulas as the results that the file keeps of them.

    Raises `InputError` where the XML is broken, or where it names a row or a cell twice.
    """
    with reading(package.label):
        small = LOADED_SMALL if "pyarrow.compute" in sys.modules else SMALL
        if package.archive.getinfo(sheet.part).file_size > small:
            from kpicli.loaders.workbook.sheet.read_in_bulk import read_in_bulk

            with package.archive.open(sheet.part) as xml:
                cells = read_in_bulk(xml, package)
            if cells is not None:
                return cells
        with package.archive.open(sheet.part) as xml:
            return read_each_cell(xml, package).cells()
