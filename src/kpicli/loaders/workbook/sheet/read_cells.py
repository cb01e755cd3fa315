"""The cells of one sheet: in bulk where it is large and its XML plain, else one by one."""

from kpicli.loaders.workbook.manifest import SheetPart
from kpicli.loaders.workbook.parts import Package, reading
from kpicli.loaders.workbook.shared_texts import SMALL
from kpicli.loaders.workbook.sheet.each_cell import read_each_cell
from kpicli.loaders.workbook.sheet_cells import SheetCells


def read_cells(package: Package, sheet: SheetPart) -> SheetCells:
    """Return the cells of `sheet`, formulas as the results that the file keeps of them.

    Raises `InputError` where the XML is broken, or where it names a row or a cell twice.
    """
    with reading(package.label):
        if package.archive.getinfo(sheet.part).file_size > SMALL:
            from kpicli.loaders.workbook.sheet.read_in_bulk import read_in_bulk

            with package.archive.open(sheet.part) as xml:
                cells = read_in_bulk(xml, package)
            if cells is not None:
                return cells
        with package.archive.open(sheet.part) as xml:
            return read_each_cell(xml, package).cells()
