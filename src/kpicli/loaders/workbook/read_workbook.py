"""Reading an export that is an Excel workbook (xlsx, xlsm)."""

import fnmatch
import json
import unicodedata
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from kpicli.base import faults
from kpicli.base.errors import InputError
from kpicli.base.faults import Fault, Place
from kpicli.base.wording import Text, nearest_of
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.column_positions import column_positions, repeated_findings
from kpicli.loaders.cells.headers import missing_columns
from kpicli.loaders.cells.raw_table import HeldTable
from kpicli.loaders.files.content import read_all
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.files.file_patterns import COVERS, covered
from kpicli.loaders.workbook.container import damaged, kind_of, leading_bytes
from kpicli.loaders.workbook.header_rows import SEARCHED_ROWS, find_header, nearest_header
from kpicli.loaders.workbook.manifest import SheetPart
from kpicli.loaders.workbook.parts import Package, read_package
from kpicli.loaders.workbook.sheet.read_cells import read_cells
from kpicli.loaders.workbook.sheet_table import Sheet, SheetColumns, SheetRows


def read_workbook(file: ExportFile, source: Source) -> HeldTable:
    """Return the rows of the one sheet of `file` that holds `source`.

    That is the sheet named by the settings, else the one visible sheet whose header fits. Rows
    reach from below the header to the last row with a value; blank and hidden rows among them are
    rows. A merged cell's value counts for its top left cell alone, a formula by the result that
    the file keeps; without a result it is a `CellError`. Ids come as their number format shows
    them (`00123`).
    Raises `InputError` for a file that is broken, encrypted or abnormally large, for an unknown
    sheet, for no or several sheets that fit, and for a required column that is missing.
    """
    package = read_package(read_all(file.content), file.label)
    parts = package.sheets if file.sheet is None else (_named(package.sheets, file, file.sheet),)
    sheets = [_read(package, part, file, source) for part in parts]
    chosen = _select_sheet(sheets, file, source) if file.sheet is None else sheets[0]
    header = chosen.header or nearest_header(chosen.cells, source, file.headers)
    if not header.positions:
        raise _no_header(chosen, file, source)
    label = f"{file.label} [{chosen.name}]"
    width = len(header.labels)
    sample = chosen.cells.first_rows(header.bottom + 1, width)
    positions = column_positions(header.labels, source, label, file.headers, sample)
    filled = () if file.shape is None else file.shape.taken
    rows = SheetRows(chosen, header, file.label, positions, source, filled)
    return HeldTable(
        rows=rows.count,
        columns=SheetColumns(rows),
        headers=rows.headers,
        header_cells=header.labels,
        positions=positions,
        title_rows=header.top - 1,
        place=rows.place,
        cells=rows.cells,
        sheet=chosen.name,
        epoch_1904=package.epoch_1904,
        findings=(
            *rows.findings(source.id),
            *repeated_findings(
                header.labels, source, Place(file.label, sheet=chosen.name), file.headers
            ),
            *_sheets_not_read(sheets, chosen, file.label, source.id),
        ),
    )


def files_of_sheets(file: ExportFile) -> list[ExportFile]:
    """Return a file for each sheet whose name fits the pattern that stands for its sheet.

    A text file is itself alone, and a sheet of just that name is that one. Raises `InputError`
    where none fits.
    """
    if kind_of(leading_bytes(file.content), file.label) != "workbook":
        return [file]
    pattern = unicodedata.normalize("NFC", file.sheet or "")
    package = read_package(read_all(file.content), file.label)
    names = [unicodedata.normalize("NFC", part.name) for part in package.sheets]
    if pattern in names:
        return [file]
    fitting = [name for name in names if fnmatch.fnmatchcase(name, pattern.replace(COVERS, "*"))]
    if not fitting:
        _ = _named(package.sheets, file, pattern)  # it says which sheets there are
    period = COVERS in pattern
    return [
        replace(file, sheet=name, covers=covered(pattern, name) if period else file.covers)
        for name in fitting
    ]


def _read(package: Package, part: SheetPart, file: ExportFile, source: Source) -> Sheet:
    cells = read_cells(package, part)
    return Sheet(part.name, part.visible, cells, find_header(cells, source, file.headers))


def _named(parts: Sequence[SheetPart], file: ExportFile, name: str) -> SheetPart:
    wanted = unicodedata.normalize("NFC", name)
    names = [part.name for part in parts]
    for part in parts:
        if unicodedata.normalize("NFC", part.name) == wanted:
            return part
    near = nearest_of(name, names)
    listed = "、".join(names)
    raise InputError(
        Text(
            f"{file.label}: シート「{name}」がありません。シート: {listed}",
            f"{file.label}: there is no sheet {name!r}. Sheets: {listed}",
        ),
        Text(
            "kpicli.toml の sheet を直してください" + (f"(近い名前: {near})" if near else ""),
            f"correct `sheet` in kpicli.toml{f', perhaps to {near!r}' if near else ''}",
        ),
    )


def _select_sheet(sheets: Sequence[Sheet], file: ExportFile, source: Source) -> Sheet:
    visible = [sheet for sheet in sheets if sheet.visible]
    fitting = [sheet for sheet in visible if sheet.header is not None]
    if len(fitting) == 1:
        _require_no_other(visible, fitting[0], file, source)
        return fitting[0]
    if fitting:
        raise _several(fitting, file)
    hidden = [sheet for sheet in sheets if sheet.header is not None]
    if hidden:
        raise _only_hidden(hidden, file, source)
    if not visible:
        raise damaged(file.label, Text("表示されているシートがありません", "no visible sheet"))
    return max(
        visible, key=lambda s: len(nearest_header(s.cells, source, file.headers).positions)
    )  # the likeliest one: the message about the missing column speaks of it


def _require_no_other(
    visible: Sequence[Sheet], chosen: Sheet, file: ExportFile, source: Source
) -> None:
    """Raise the error for a sheet in sight that has much of the header, but not all it needs.

    Its rows would be missing from every figure. Much is half of what the chosen sheet has, and two
    columns at least: a sheet of totals has less.
    """
    own = 0 if chosen.header is None else len(chosen.header.positions)
    for sheet in visible:
        if sheet.header is None and sheet.cells.last_row():
            near = nearest_header(sheet.cells, source, file.headers)
            missing = missing_columns(near.positions, source)
            if missing and len(near.positions) >= max(2, own / 2):
                raise _half_fitting(sheet, chosen, source.columns[missing[0]].headers[0], file)


def _half_fitting(sheet: Sheet, chosen: Sheet, header: str, file: ExportFile) -> InputError:
    return InputError(
        Text(
            f"{file.label} [{sheet.name}]: 必要な列「{header}」がありませんが、ほかの見出しは"
            "合うので、データのシートのようです",
            f"{file.label} [{sheet.name}]: the required column {header!r} is missing, though its "
            "other headers fit, so that it seems to hold data",
        ),
        Text(
            f"見出しを直してください。データでなければ、kpicli.toml に sheet = "
            f"{_quoted(chosen)} と書いてください",
            f"correct its header; if it holds no data, write sheet = {_quoted(chosen)} "
            "in kpicli.toml",
        ),
    )


def _no_header(sheet: Sheet, file: ExportFile, source: Source) -> InputError:
    """Return the error for a sheet without a known header: its cells may be data, none is shown."""
    wanted = "、".join(c.headers[0] for c in source.columns.values() if c.required)
    return InputError(
        Text(
            f"{file.label} [{sheet.name}]: 最初の {SEARCHED_ROWS} 行に"
            f"{source.title.ja}の見出しがありません",
            f"{file.label} [{sheet.name}]: the first {SEARCHED_ROWS} rows hold no header "
            f"of {source.title.en}",
        ),
        Text(
            f"必要な見出し: {wanted}。別の見出しなら、kpicli.toml の headers に書いてください",
            f"required: {wanted}. If they go by other headers, add these under `headers` "
            "in kpicli.toml",
        ),
    )


def _several(sheets: Sequence[Sheet], file: ExportFile) -> InputError:
    listed = "、".join(sheet.name for sheet in sheets)
    return InputError(
        Text(
            f"{file.label}: 見出しの合うシートが複数あります: {listed}",
            f"{file.label}: the header of several sheets fits: {listed}",
        ),
        Text(
            f"kpicli.toml に sheet = {_quoted(sheets[0])} のように書いてください。"
            "両方を読むには、シートごとに一つの項目にします",
            f"write sheet = {_quoted(sheets[0])} (or another) in kpicli.toml; "
            "to read several, give one entry for each",
        ),
    )


def _only_hidden(sheets: Sequence[Sheet], file: ExportFile, source: Source) -> InputError:
    listed = "、".join(sheet.name for sheet in sheets)
    return InputError(
        Text(
            f"{file.label}: {source.title.ja}の見出しは非表示のシートにしかありません: {listed}",
            f"{file.label}: only hidden sheets have the header of {source.title.en}: {listed}",
        ),
        Text(
            f"読むには kpicli.toml に sheet = {_quoted(sheets[0])} と書いてください",
            f"to read it, write sheet = {_quoted(sheets[0])} in kpicli.toml",
        ),
    )


def _quoted(sheet: Sheet) -> str:
    return json.dumps(sheet.name, ensure_ascii=False)  # as TOML has it


def _sheets_not_read(
    sheets: Sequence[Sheet], chosen: Sheet, label: str, source: str
) -> Iterator[Fault]:
    """Yield what the workbook holds besides: sheets in sight, and hidden ones that would fit."""
    others = [sheet for sheet in sheets if sheet is not chosen and sheet.cells.last_row()]
    hidden = [sheet.name for sheet in others if not sheet.visible and sheet.header is not None]
    visible = [sheet.name for sheet in others if sheet.visible]
    for kind, names in ((faults.HIDDEN_SHEET, hidden), (faults.SHEETS_NOT_READ, visible)):
        if names:
            place = Place(label, sheet=names[0])
            yield Fault(kind, source, place, count=len(names), detail="、".join(names))
