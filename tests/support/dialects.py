"""Exports of every source that the packs declare, made up and written as other programs would.

A dialect changes how a table is written, never what its cells mean: other names of files and
headers, other encodings, kintone, Salesforce, ledgers in Excel, a sheet per month, zips.
"""

import csv
import io
import random
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from openpyxl.utils import get_column_letter

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.read import read_catalog
from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source

FIRST, DAYS = date(2025, 4, 1), 183
"""The exports hold 2025-04 to 2025-09."""
_APART = 6_000
"""The ids of exports that are made by other chances begin so far from each other."""
_TOGETHER = 3
"""So many rows share the first of two ids that make a key."""
MADE_UP = ("甲店", "乙店", "丙店")
"""Values of open code tables that list none."""


@dataclass(frozen=True)
class Export:
    """A table: the source that it is of, its columns by their names there, and its rows."""

    source: Source
    columns: Mapping[str, Sequence[str]]
    headers: Mapping[str, str]
    """The header of each column; what programs add besides has none here."""
    closed: Sequence[str] = ()
    """The code columns whose tables list every value, one to a cell."""

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return len(next(iter(self.columns.values())))


def made_up(source: Source, catalog: Catalog, rows: int, seed: int = 1) -> Export:
    """Return an export of a source, its usual headers over cells made by chance."""
    chance = random.Random(f"{source.id} {seed}")
    days = sorted(FIRST + timedelta(days=chance.randrange(DAYS)) for _ in range(rows))
    columns = {
        name: [
            _cell(name, column, source, catalog, n + seed * _APART, days[n], chance)
            for n in range(rows)
        ]
        for name, column in source.columns.items()
    }
    tables = {name: catalog.codes_of(source, name) for name in columns}
    closed = [n for n, table in tables.items() if table and not (table.open or table.several)]
    headers = {name: column.headers[0] for name, column in source.columns.items()}
    return Export(source, columns, headers, closed)


def _cell(
    name: str,
    column: Column,
    source: Source,
    catalog: Catalog,
    row: int,
    day: date,
    chance: random.Random,
) -> str:
    match column.type:
        case "id":
            return f"{name[0].upper()}{_number(name, source, row, chance):05}"
        case "date" if name in source.dating[:1]:
            return f"{day:%Y/%m/%d}"
        case "date":
            blank = 0.0 if column.required and source.rhythm != "register" else 0.5
            later = day + timedelta(days=chance.randrange(1, 60))
            return "" if chance.random() < blank else f"{later:%Y/%m/%d}"
        case "code":
            table = catalog.codes_of(source, name)
            values = () if table is None else tuple(table.values)
            return chance.choice(values or MADE_UP)
        case "number":
            return str(chance.randrange(1, 11))
        case "free_text":
            return f"お問い合わせの内容を記録した文章です。{chance.randrange(10**6)}"
        case _:
            return f"文{chance.randrange(9)}"


def _number(name: str, source: Source, row: int, chance: random.Random) -> int:
    """Return the number of an id: of those in the key, no two rows have the same ones."""
    ids = [key for key in source.key if source.columns[key].type == "id"]
    if name not in ids:
        return chance.randrange(30)
    if len(ids) == 1:
        return row
    return row // _TOGETHER if name == ids[0] else row % _TOGETHER


def pack_exports(pack: str, rows: int, seed: int = 1) -> list[Export]:
    """Return an export of each source of a pack that stands in files."""
    catalog = read_catalog(packs=(pack,))
    sources = [source for source in catalog.source.values() if source.of is None]
    return [made_up(source, catalog, rows, seed) for source in sources]


_OTHER_ENDINGS = (("番号", "No."), ("日", "年月日"), ("区分", "の区分"), ("方法", "の方法"))


def with_other_headers(export: Export, chance: random.Random) -> Export:
    """Return the export under declared synonyms, other endings, or with marks around headers."""

    def other(name: str, header: str) -> str:
        ways = [header, f"■{header}", f"{header}(必須)", f"{export.source.title.ja}_{header}"]
        ways += export.source.columns[name].headers[1:]
        ways += [
            header.removesuffix(old) + new
            for old, new in _OTHER_ENDINGS
            if header.endswith(old) and header != old
        ]
        return chance.choice(ways)

    headers: dict[str, str] = {}
    for name, header in export.headers.items():
        chosen = other(name, header)
        headers[name] = (
            header if chosen in (*headers.values(), *export.headers.values()) else chosen
        )
    return Export(export.source, export.columns, headers)


def table_of(export: Export, chance: random.Random | None = None) -> list[list[str]]:
    """Return header and rows, the columns in another order where chance is given."""
    names = list(export.columns)
    if chance is not None:
        chance.shuffle(names)
    header = [export.headers[name] for name in names]
    return [header, *([export.columns[name][n] for name in names] for n in range(export.rows))]


def text_of(table: Sequence[Sequence[str]], delimiter: str = ",") -> str:
    """Return a table as CSV."""
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter, lineterminator="\r\n").writerows(table)
    return stream.getvalue()


def _bytes(text: str, encoding: str) -> bytes:
    """Return a text in an encoding; in UTF-8 where that lacks a character, such as ㋿."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode("utf-8")


Dialect = Callable[[Export, Path, random.Random], Export]
"""Writes an export under a path without suffix, and returns it with the headers it has there."""


def renamed(export: Export, path: Path, chance: random.Random) -> Export:
    """Write other headers in another order, in UTF-8."""
    other = with_other_headers(export, chance)
    path.with_suffix(".csv").write_text(text_of(table_of(other, chance)), encoding="utf-8")
    return other


def encoded(export: Export, path: Path, chance: random.Random) -> Export:
    """Write one of the encodings that Windows programs write, and one of the separators."""
    encoding, sign = chance.choice([("cp932", ","), ("utf-16", "\t"), ("utf-8-sig", ";")])
    text = text_of(table_of(export), sign)
    path.with_suffix(".csv").write_bytes(_bytes(text, encoding))
    return export


def kintone(export: Export, path: Path, chance: random.Random) -> Export:
    """Kintone's CSV: every app's own fields beside those of the app, dates with hyphens."""
    header, *rows = table_of(with_iso_dates(export), chance)
    added = [
        [str(n), "管理者", "2025-10-01 09:00", "管理者", "2025-10-01 09:00"]
        for n in range(1, len(rows) + 1)
    ]
    fields = ["レコード番号", "作成者", "作成日時", "更新者", "更新日時"]
    table = [[*fields, *header], *([*a, *row] for a, row in zip(added, rows, strict=True))]
    path.with_suffix(".csv").write_bytes(text_of(table).encode("utf-8-sig"))
    return export


def salesforce(export: Export, path: Path, chance: random.Random) -> Export:
    """Write a Salesforce export: fields named in English, an id of the system's, stamps in UTC."""
    named = {
        name: "".join(part.capitalize() for part in name.split("_")) + "__c"
        for name in export.columns
    }
    other = with_iso_dates(Export(export.source, export.columns, named), "T00:00:00.000+0000")
    header, *rows = table_of(other, chance)
    table = [
        ["Id", "OwnerId", "CreatedDate", *header],
        *(
            [f"a0B5g00000{n:05}EAG", "0055g000001AAAAEAG", "2025-10-01T00:00:00.000+0000", *row]
            for n, row in enumerate(rows)
        ),
    ]
    path.with_suffix(".csv").write_text(text_of(table), encoding="utf-8")
    return other


def with_iso_dates(export: Export, end: str = "") -> Export:
    """Return the export with dates as 2025-04-01, and what follows the day."""
    dates = [name for name, column in export.source.columns.items() if column.type == "date"]
    columns = {
        name: [cell.replace("/", "-") + end if cell else "" for cell in cells]
        if name in dates
        else cells
        for name, cells in export.columns.items()
    }
    return Export(export.source, columns, export.headers)


def ledger(export: Export, path: Path, chance: random.Random) -> Export:
    """Write a ledger in Excel: titles above the header, real dates, a sheet of totals beside it."""
    other = with_other_headers(export, chance)
    header, *rows = table_of(other)
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "台帳"
    sheet.append([f"{export.source.title.ja}の台帳"])
    sheet.append([])
    sheet.append(header)
    for row in rows:
        sheet.append([_stored(cell) for cell in row])
    totals = book.create_sheet("集計")
    totals.append(["月", "件数"])
    totals.append(["4月", len(rows)])
    book.save(path.with_suffix(".xlsx"))
    return other


def merged_keys(export: Export, path: Path, chance: random.Random) -> Export:  # noqa: ARG001
    """Write a ledger that is grouped by its first code, the code merged over its rows."""
    codes = [name for name, column in export.source.columns.items() if column.codes is not None]
    names = list(export.columns)
    key = codes[0] if codes else names[0]
    place = names.index(key)
    header, *rows = table_of(export)
    rows.sort(key=lambda row: row[place])
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(header)
    first = 2
    for number, row in enumerate(rows, 2):
        sheet.append([_stored(cell) for cell in row])
        last = number - 1 == len(rows) or rows[number - 1][place] != row[place]
        if last and codes:
            if number > first:
                letter = get_column_letter(place + 1)
                sheet.merge_cells(f"{letter}{first}:{letter}{number}")
            first = number + 1
    book.save(path.with_suffix(".xlsx"))
    return export


def sheets_by_month(export: Export, path: Path, chance: random.Random) -> Export:  # noqa: ARG001
    """Write a workbook with a sheet for each month, every one under the same header."""
    header, *rows = table_of(export)
    base = (export.source.base_date, *export.source.dating)[0] or next(iter(export.columns))
    place = list(export.columns).index(base)
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for month in sorted({row[place][5:7] for row in rows}):
        sheet = book.create_sheet(f"{int(month)}月")
        sheet.append(header)
        for row in rows:
            if row[place][5:7] == month:
                sheet.append([_stored(cell) for cell in row])
    book.save(path.with_suffix(".xlsx"))
    return export


def _stored(cell: str) -> str | date | int | None:
    if cell[4:5] == "/" and len(cell) == 10:
        year, month, day = map(int, cell.split("/"))
        return date(year, month, day)
    return int(cell) if cell.isdecimal() else cell or None


def zipped(export: Export, path: Path, chance: random.Random) -> Export:
    """Write a zip of one CSV in cp932, in a folder whose name is Japanese."""
    other = with_other_headers(export, chance)
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as archive:
        archive.writestr("出力/data.csv", _bytes(text_of(table_of(other)), "cp932"))
    return other


def opaque(export: Export, path: Path, chance: random.Random) -> Export:
    """Write a third of the headers as numbers that say nothing."""
    headers = {
        name: f"項目{n}" if chance.random() < 1 / 3 else header
        for n, (name, header) in enumerate(export.headers.items(), 1)
    }
    other = Export(export.source, export.columns, headers)
    path.with_suffix(".csv").write_text(text_of(table_of(other, chance)), encoding="utf-8")
    return other


def with_decoys(export: Export, path: Path, chance: random.Random) -> Export:
    """Write columns beside the right ones that look like them: dates, numbers, people, words."""
    other = with_other_headers(export, chance)
    header, *rows = table_of(other, chance)
    added: dict[str, Callable[[int], str]] = {
        "更新日": lambda n: f"{FIRST + timedelta(days=n % DAYS):%Y/%m/%d}",
        "旧番号": lambda n: f"Z{n:06}",
        "承認者": lambda n: f"S{n % 7:03}",
        "備考": lambda n: f"担当へ申し送りをした記録です。{n}",
        "有効区分": lambda n: ("有", "無")[n % 2],
        "入力日": lambda n: f"{FIRST + timedelta(days=(n * 7) % DAYS):%Y/%m/%d}",
    }
    decoys = {name: cell for name, cell in added.items() if name not in header}
    table = [
        [*decoys, *header],
        *([*(cell(n) for cell in decoys.values()), *row] for n, row in enumerate(rows)),
    ]
    path.with_suffix(".csv").write_text(text_of(table), encoding="utf-8")
    return other


def boxes(export: Export, path: Path, chance: random.Random) -> Export:
    """Write the first code column as check boxes: a column for each value, 1 where it is ticked."""
    if not export.closed:
        return renamed(export, path, chance)
    split = export.closed[0]
    rest = [name for name in export.columns if name != split]
    values = sorted(set(export.columns[split]))
    header = export.headers[split]
    table = [
        [*(export.headers[name] for name in rest), *(f"{header}[{value}]" for value in values)],
        *(
            [
                *(export.columns[name][n] for name in rest),
                *("1" if export.columns[split][n] == value else "" for value in values),
            ]
            for n in range(export.rows)
        ),
    ]
    path.with_suffix(".csv").write_text(text_of(table), encoding="utf-8")
    return Export(export.source, export.columns, {name: export.headers[name] for name in rest})


def by_month(export: Export) -> Counter[tuple[str, str]]:
    """Return how many rows there are by first code and month (`2025/04`)."""
    codes = [name for name, column in export.source.columns.items() if column.codes is not None]
    kinds = export.columns[codes[0]] if codes else ["全体"] * export.rows
    days = export.columns[export.source.dating[0]]
    return Counter((kind, day[:7]) for kind, day in zip(kinds, days, strict=True) if day)


def crosstab(export: Export, path: Path, chance: random.Random) -> None:  # noqa: ARG001
    """Write how many rows there are by month and first code: a table of figures, no export."""
    _cross(export, path, lambda month: f"{int(month[5:])}月", totals=False)


def wide(export: Export, path: Path, chance: random.Random) -> None:
    """Write rows by month and first code, as offices keep them: of a year, perhaps with totals.

    The year stands in the headers, or else in the file's name.
    """
    totals = chance.random() < 0.5
    if chance.random() < 0.5:
        ways = ("{0}年{1}月", "{0}-{1:02}", "令和7年{1}月")
        way = chance.choice(ways)
        _cross(export, path, lambda m: way.format(m[:4], int(m[5:])), totals=totals)
        return
    named = path.with_name(f"{path.name}_2025年度")
    _cross(export, named, lambda month: f"{int(month[5:])}月", totals=totals)


def _cross(export: Export, path: Path, header: Callable[[str], str], *, totals: bool) -> None:
    counts = by_month(export)
    kinds = sorted({kind for kind, _ in counts})
    months = sorted({month for _, month in counts})
    rows = [[counts[kind, month] for month in months] for kind in kinds]
    table = [[kind, *map(str, row)] for kind, row in zip(kinds, rows, strict=True)]
    names = ["区分", *map(header, months)]
    if totals:
        names.append("合計")
        table = [[*line, str(sum(row))] for line, row in zip(table, rows, strict=True)]
        sums = [sum(column) for column in zip(*rows, strict=True)]
        table.append(["合計", *map(str, sums), str(sum(sums))])
    path.with_name(f"{path.name}.csv").write_text(text_of([names, *table]), encoding="utf-8")


DIALECTS: Mapping[str, Dialect] = {
    "renamed": renamed,
    "encoded": encoded,
    "kintone": kintone,
    "salesforce": salesforce,
    "ledger": ledger,
    "sheets": sheets_by_month,
    "merged": merged_keys,
    "zipped": zipped,
    "opaque": opaque,
    "decoys": with_decoys,
    "boxes": boxes,
}
"""The dialects by their names."""
