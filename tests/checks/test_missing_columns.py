"""Columns that KPIs need and files lack: named, with a header in their place where one fits."""

import csv
import tomllib
from pathlib import Path

import pytest
from openpyxl import Workbook

from support.inspected import inspection
from support.small_project import Project

SUMS = """
[source.sales]
title = "売上"
rhythm = "continuous"
key = ["no"]
[source.sales.columns]
no = { headers = ["番号"], type = "id", required = true }
on = { headers = ["受付日"], type = "date", required = true }
kind = { headers = ["区分"], type = "text" }
amount = { headers = ["金額"], type = "number" }
tax = { headers = ["税額"], type = "number" }
[kpi.sum]
title = "金額の合計"
source = "sales"
measure = "sum"
of = "amount"
[kpi.mean]
title = "金額の平均"
source = "sales"
measure = "mean"
of = "amount"
"""
ROWS = (("R1", "2025/4/1", "新規", "10円"), ("R2", "2025/5/1", "更改", "20円"))


def project(folder: Path, header: str, *rows: tuple[str, ...], options: str = "") -> Project:
    """Return a project of one export of sales."""
    lines = [",".join(row) for row in rows]
    return Project(folder).export("sales", lines, header=header, options=options).toml(SUMS)


def told(project: Project) -> list[tuple[str, str | None, str]]:
    """Return cause, column and detail of every missing column."""
    faults = inspection(project, period="2025H1").faults
    return [
        (f.kind.cause, f.place.column, f.detail_in("ja")) for f in faults if f.kind.code == "D406"
    ]


def test_near_header_is_named_and_works(tmp_path: Path) -> None:
    """A renamed column is named with what to declare; declared, the figure is the file's sum."""
    renamed = project(tmp_path, "番号,受付日,区分,金額（円）", *ROWS)
    ((cause, column, detail),) = told(renamed)
    assert (cause, column) == ("near", "金額")
    titles, advised = detail.split("; ")
    assert titles == "金額の合計, 金額の平均"
    assert tomllib.loads(advised) == {"headers": {"amount": ["金額（円）"]}}
    assert renamed.summarize("sum").number() is None
    (tmp_path / "b").mkdir()
    declared = project(tmp_path / "b", "番号,受付日,区分,金額（円）", *ROWS, options=f", {advised}")
    assert told(declared) == []
    with (tmp_path / "b" / "sales0.csv").open(encoding="utf-8", newline="") as stream:
        amounts = [int(row["金額（円）"].rstrip("円")) for row in csv.DictReader(stream)]
    assert declared.summarize("sum").number() == sum(amounts) == 30


@pytest.mark.parametrize(
    ("header", "cell"),
    [
        ("金額区分", "高"),  # near, but its cells are no numbers
        ("備考", "10"),  # numbers under a header that is not near
        ("金額（円）", ""),  # nothing to try it on
    ],
)
def test_only_what_fits_is_named(tmp_path: Path, header: str, cell: str) -> None:
    """A header is named only if it is near and its cells can be read as the column."""
    rows = [(*row[:3], cell) for row in ROWS]
    assert told(project(tmp_path, f"番号,受付日,区分,{header}", *rows)) == [
        ("", "金額", "金額の合計, 金額の平均")
    ]


def test_column_in_use_is_never_named(tmp_path: Path) -> None:
    """The only near header is that of another column of the catalogue."""
    rows = [(*row[:2], row[3]) for row in ROWS]
    assert told(project(tmp_path, "番号,受付日,税額", *rows)) == [
        ("", "金額", "金額の合計, 金額の平均")
    ]


def test_column_that_no_kpi_needs(tmp_path: Path) -> None:
    """税額 and 区分 may lack in silence."""
    assert told(project(tmp_path, "番号,受付日,金額", ("R1", "2025/4/1", "10"))) == []


def test_each_file_by_itself(tmp_path: Path) -> None:
    """Of two files, a CSV and a workbook, each is named that lacks the column."""
    both = project(tmp_path, "番号,受付日,金額", ("R1", "2025/4/1", "10"))
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("番号", "受付日", "金額 計"), ("R2", "2025/5/1", 20)):
        sheet.append(row)
    book.save(tmp_path / "sales1.xlsx")
    both.exports["sales"].append('{ files = "sales1.xlsx", covers = "2024-04..2025-09" }')
    faults = [f for f in inspection(both).faults if f.kind.code == "D406"]
    assert [(f.place.file, f.place.sheet, f.kind.cause) for f in faults] == [
        ("sales1.xlsx", "Sheet", "near")
    ]
    assert faults[0].detail_in("ja").endswith('headers = { amount = ["金額 計"] }')


def test_sources_without_export_are_no_matter(tmp_path: Path) -> None:
    """A KPI that needs two sources is not counted where one has no export: nothing is told."""
    own = Project(tmp_path).export("explanations", ["K1,2025/4/1"], header="記録番号,説明日")
    assert "公的介護保険制度の説明を記録した生保担当者" not in str(told(own))
    own.export("staff", ["S001,生保,2020/4/1,"], covers=None)
    assert "公的介護保険制度の説明を記録した生保担当者" in str(told(own))


def test_columns_that_others_are_made_of(tmp_path: Path) -> None:
    """Of a column that is made of an absent one that one is named, as it stands in the files."""
    own = project(tmp_path, "番号,受付日,金額", *(("R1", "2025/4/1", "10円"),)).toml(
        '[source.sales.columns.net]\ntype = "number"\n'
        'from = { add = ["amount"], subtract = ["tax"] }\n'
        '[kpi.net]\ntitle = "税抜きの合計"\nsource = "sales"\n'
        'measure = "sum"\nof = "net"\n'
    )
    assert told(own) == [("", "税額", "税抜きの合計")]
