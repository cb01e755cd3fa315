"""Every registered format, walked: the same summary through each, and the figures read back."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pkgutil import iter_modules

import openpyxl
import pytest
from pyarrow.parquet import read_table

from kpicli.base.errors import UnknownName
from kpicli.model.summary import Summary
from kpicli.output import formats
from kpicli.output.formats import FORMATS, SUFFIXES, Options, render
from kpicli.output.interface import Rendered
from kpicli.output.summary.answer import summary_answer
from support.tables_read import html_tables

Values = list[tuple[str, str, str]]

EXPECTED: Values = [
    ("コンプライアンス会議", "", "6"),
    ("自動車保険の継続案内前の対話", "", "70.6"),
    ("説明に納得しての契約(生保)", "", "-"),
    ("お客様の声", "", "1841"),
    ("お客様の声", "感謝", "1840"),
    ("お客様の声", "不満", "0"),
    ("お客様の声", "未記入", "1"),
    ("対応漏れ", "", "3"),
    ("対応漏れ", "点検で判明", "1"),
    ("対応漏れ", "期限超過", "2"),
    ("対応漏れ", "期限後に完了", "4"),
    ("意向確認ナビの使用(生保)", "", "-"),
    ("制度を説明し成約した顧客", "高額療養費制度", "124"),
]
TITLES = {title for title, _, _ in EXPECTED}
TAG = re.compile(r" \((原則[0-9,]+も|合算不可)\)")


def number(shown: str) -> str:
    """Return the number of a value as people read it: `178/252件 70.6%` is 70.6."""
    return re.sub("[^0-9.-]", "", shown.split()[-1]) or "-"


def of_tidy(rows: list[dict[str, str]]) -> Values:
    """Return title, item and value of tidy rows."""
    return [(row["title"], row["item"], row["value"] or "-") for row in rows]


def of_lines(lines: list[tuple[str, str]]) -> Values:
    """Return title, item and value of names and values as people read them."""
    found, title = [], ""
    for shown, value in lines:
        name = TAG.sub("", shown.removeprefix("(参考) ").removeprefix("(理由) "))
        title = name if name in TITLES else title
        if value:
            found.append((title, "" if name in TITLES else name, number(value)))
    return found


def of_csv(rendered: Rendered) -> Values:
    """Read CSV back."""
    return of_tidy(list(csv.DictReader(io.StringIO(str(rendered)))))


def of_tsv(rendered: Rendered) -> Values:
    """Read TSV back."""
    return of_tidy(list(csv.DictReader(io.StringIO(str(rendered)), delimiter="\t")))


def of_json(rendered: Rendered) -> Values:
    """Read JSON back."""
    found = []
    for kpi in json.loads(rendered)["kpis"]:
        figures = kpi["figures"]
        total = [] if figures["total"] is None else [{"item": "", **figures["total"]}]
        for each in (*total, *figures["parts"], *figures["rules"], *figures["memos"]):
            value = "-" if each["value"] is None else str(each["value"])
            found.append((kpi["title"], each["item"], value))
    return found


def of_xlsx(rendered: Rendered) -> Values:
    """Read the table of the workbook back, whose heads are those of an office."""
    assert isinstance(rendered, bytes)
    book = openpyxl.load_workbook(io.BytesIO(rendered))
    header, *rows = book["データ"].iter_rows(values_only=True)
    cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
    names = [{"項目": "title", "内訳": "item", "実績": "value"}.get(str(h), str(h)) for h in header]
    return of_tidy([dict(zip(names, row, strict=True)) for row in cells])


def of_parquet(rendered: Rendered) -> Values:
    """Read parquet back; a percentage is an exact decimal, of which the padding is taken off."""
    assert isinstance(rendered, bytes)
    rows = read_table(io.BytesIO(rendered)).to_pylist()
    values = ["-" if row["value"] is None else f"{row['value'].normalize():f}" for row in rows]
    return [(r["title"], r["item"] or "", v) for r, v in zip(rows, values, strict=True)]


def of_markdown(rendered: Rendered) -> Values:
    """Read the tables of the principles back."""
    figures = str(rendered).split("## 注")[0]
    lines = [line for line in figures.splitlines() if line[:1] == "|"]
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]
    rows = [row for row in rows if row[0] not in {"項目", "---"}]
    return of_lines([(row[0].lstrip("・"), row[1]) for row in rows])


def of_html(rendered: Rendered) -> Values:
    """Read the tables of the principles back."""
    tables = [table for table in html_tables(str(rendered)) if table.header[0] == "項目"]
    return of_lines([(row[0], row[1]) for table in tables for row in table.rows])


def of_table(rendered: Rendered) -> Values:
    """Read the lines of the principles back; at this width each figure stands on one line."""
    figures = str(rendered).split("\n注\n")[0].split("\n---")[1:]
    lines = [line for part in figures for line in part.splitlines()[2:]]
    return of_lines([_split(line) for line in lines])


def of_text(rendered: Rendered) -> Values:
    """Read the figures' lines back; phrases below a figure begin with the column's name."""
    figures = str(rendered).split("[注]")[0].split("\n\n")[1:]
    lines = [line for part in figures for line in part.splitlines()[1:]]
    other = re.compile(" +(前期|前年同期|目標|状態) ")
    return of_lines([_split(line) for line in lines if not other.match(line)])


def _split(line: str) -> tuple[str, str]:
    name, *cells = re.split("  +", line.strip())
    return name, cells[0] if cells else ""


READERS: dict[str, Callable[[Rendered], Values]] = {
    "table": of_table,
    "text": of_text,
    "csv": of_csv,
    "tsv": of_tsv,
    "json": of_json,
    "markdown": of_markdown,
    "html": of_html,
    "xlsx": of_xlsx,
    "parquet": of_parquet,
}


@pytest.mark.parametrize("name", FORMATS)
def test_figures_read_back(name: str, summary: Summary) -> None:
    """Every format shows every figure, in the summary's order, and none differs."""
    rendered = render(name, summary_answer(summary), Options(width=240))
    assert READERS[name](rendered) == EXPECTED


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_hidden_is_printed(name: str, language: str, hostile: Summary) -> None:
    """No text format lets a control character, a bidi mark or a file's line break through."""
    rendered = render(name, summary_answer(hostile), Options("en" if language == "en" else "ja"))
    if isinstance(rendered, bytes):
        return
    allowed = {"\n", "\t"} if name == "tsv" else {"\n"}
    assert {c for c in rendered if not c.isprintable() and c != "\u3000"} <= allowed
    assert rendered.endswith("\n")


@pytest.mark.parametrize("name", FORMATS)
def test_same_summary_same_output(name: str, summary: Summary) -> None:
    """Rendering twice gives the same text or bytes."""
    answer = summary_answer(summary)
    assert render(name, answer, Options()) == render(name, answer, Options())


def test_suffixes_name_formats() -> None:
    """Each suffix asks for a format that exists."""
    assert {SUFFIXES[suffix] for suffix in SUFFIXES} == set(FORMATS) - {"table"}
    assert SUFFIXES[".txt"] == "text"


def test_unknown_format(summary: Summary) -> None:
    """An unknown name is refused, and the hint lists the formats."""
    with pytest.raises(UnknownName) as caught:
        render("pdf", summary_answer(summary), Options())
    assert caught.value.message.en == "there is no such format: pdf"
    assert caught.value.hint is not None
    assert "xlsx" in caught.value.hint.ja


def test_imported_on_use() -> None:
    """Naming the formats imports neither openpyxl nor a format's module."""
    code = (
        "import sys, kpicli.output.formats;"
        "print([m for m in ('openpyxl', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_percentages_stay_exact(summary: Summary) -> None:
    """A percentage passes through as the decimal it is, with the digits it has."""
    assert Decimal(EXPECTED[1][2]) == summary.figures[1].value.number


def test_a_file_is_called_as_its_format() -> None:
    """Each module declares the format of its name, and no two share a suffix."""
    assert sorted(module.name for module in iter_modules(formats.__path__)) == sorted(FORMATS)
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert sorted(suffixes) == sorted(SUFFIXES)
