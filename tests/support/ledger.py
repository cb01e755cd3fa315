"""A ledger of one source with a column of each type, as CSV or as a workbook, and its figures."""

from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from support.small_project import Project

HEADER = "番号,受付日,完了日,区分,金額,顧客番号"
TABLES = """[source.ledger]
title = "台帳"
rhythm = "continuous"
key = ["no"]
[source.ledger.columns]
no = { headers = ["番号"], type = "id", required = true }
on = { headers = ["受付日"], type = "date", required = true }
done = { headers = ["完了日"], type = "date" }
kind = { headers = ["区分"], type = "code", codes = "ledger_kind" }
amount = { headers = ["金額"], type = "number" }
customer = { headers = ["顧客番号"], type = "id", personal = true }
[codes.ledger_kind]
values = { "苦情" = [], "要望" = [] }
[kpi.n]
title = "件数"
source = "ledger"
measure = "count"
parts = { by = "kind" }
[kpi.open]
title = "未完了"
source = "ledger"
measure = "count"
where = { done = { missing = true } }
[kpi.amount]
title = "金額"
source = "ledger"
measure = "sum"
of = "amount"
unit = "円"
[kpi.average]
title = "平均"
source = "ledger"
measure = "mean"
of = "amount"
unit = "円"
[kpi.customers]
title = "顧客"
source = "ledger"
measure = "distinct"
of = "customer"
unit = "名"
"""


def ledger(folder: Path, *rows: str, options: str = "", tables: str = "") -> Project:
    """Return a project whose ledger, a CSV file, has these rows."""
    project = Project(folder).export(
        "ledger", rows, header=HEADER, covers="2025-04..2025-09", options=options
    )
    return project.toml(TABLES + tables)


def ledger_book(
    folder: Path, *rows: Sequence[object], formats: Sequence[str] = (), options: str = ""
) -> Project:
    """Return a project whose ledger is a workbook; `formats` are those of the columns' numbers."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADER.split(","))
    for row in rows:
        sheet.append(list(row))
    for row in sheet.iter_rows(min_row=2):
        for cell, form in zip(row, formats, strict=False):
            if form:
                cell.number_format = form
    book.save(folder / "ledger.xlsx")
    project = Project(folder).toml(TABLES)
    project.exports["ledger"] = [
        f'{{ files = "ledger.xlsx", covers = "2025-04..2025-09"{options} }}'
    ]
    return project
