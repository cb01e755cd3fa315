"""A ledger that is kept as a wide table, and its settings."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from openpyxl import Workbook

from support.small_project import Project

TABLES = """[source.monthly]
title = "月次"
rhythm = "continuous"
key = ["area", "shop", "on"]
[source.monthly.columns]
area = { headers = "地区", type = "code", codes = "names" }
shop = { headers = "店舗", type = "code", codes = "names", required = true }
on = { headers = "日付", type = "date", required = true }
count = { headers = "件数", type = "number" }
[codes.names]
open = true
[kpi.n]
title = "件数"
source = "monthly"
measure = "sum"
of = "count"
parts = { by = "shop" }
"""
UNPIVOT = 'unpivot = { columns = "20*", name = "on", value = "count" }'


def monthly(project: Project, file: str, content: bytes, options: str = UNPIVOT) -> Project:
    """Export the content as monthly figures of shops."""
    (project.folder / file).write_bytes(content)
    more = f", {options}" if options else ""
    entry = f'{{ files = "{file}", covers = "2025-04..2025-09"{more} }}'
    project.exports.setdefault("monthly", []).append(entry)
    return project if project.tables else project.toml("catalogue = []").toml(TABLES)


def text(*lines: str, encoding: str = "utf-8") -> bytes:
    """Return lines as a file."""
    return "".join(f"{line}\n" for line in lines).encode(encoding)


def book(
    rows: Iterable[Sequence[object]], *, merged: Sequence[str] = (), sheet: str = "表"
) -> bytes:
    """Return a workbook with these rows and merged ranges."""
    made = Workbook()
    own = made.worksheets[0]
    own.title = sheet
    for row in rows:
        own.append(list(row))
    for cells in merged:
        own.merge_cells(cells)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()
