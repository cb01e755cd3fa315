"""Names out of an export, made to do harm, come out of every format as harmless text."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

import kpicli
from kpicli.model.figures import Summary
from kpicli.output.formats import FORMATS, Options, renderer
from support.small_project import TODAY
from traps.make_traps import make_traps

STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Summary:
    """Return the voices by team, the teams being formulas, escape sequences and markup."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "voices.csv").write_bytes(make_traps()["hostile-teams.csv"])
    config = folder / "kpicli.toml"
    entry = '{ files = "voices.csv", covers = "2025-04..2025-09" }'
    config.write_text(f"[exports]\nvoices = {entry}\n", encoding="utf-8")
    return kpicli.summarize("2025H1", kpis=["voices"], by="team", config=config, today=TODAY)


def rendered(summary: Summary, name: str) -> str:
    """Return the Summary in a text format, without colour."""
    text = renderer(name)(summary, Options())
    assert isinstance(text, str)
    return text


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "xlsx"])
def test_no_format_prints_a_control_sequence(name: str, summary: Summary) -> None:
    """No ESC, no bell and no sign that turns the text around reaches a terminal."""
    text = rendered(summary, name)
    assert {sign for sign in "\x1b\x07\u202e\x9b" if sign in text} == set()
    assert "HYPERLINK" in text, "the name itself is still shown"


@pytest.mark.parametrize(("name", "sign"), [("csv", ","), ("tsv", "\t")])
def test_no_cell_begins_a_formula(name: str, sign: str, summary: Summary) -> None:
    """Cells of text are led by an apostrophe where a spreadsheet would calculate them."""
    text = rendered(summary, name)
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=sign))
    group = rows[0].index("group")
    groups = {row[group] for row in rows[1:]}
    assert {"'=HYPERLINK(1)", "'+1", "'-1", "'@SUM(A1)"} <= groups
    assert [cell for row in rows for cell in row if cell.startswith(STARTS)] == []


def test_no_cell_of_the_workbook_is_a_formula(summary: Summary, tmp_path: Path) -> None:
    """In xlsx the same names are texts with the mark of a leading apostrophe, as Excel sets it."""
    content = renderer("xlsx")(summary, Options())
    assert isinstance(content, bytes)
    (tmp_path / "kpi.xlsx").write_bytes(content)
    book = openpyxl.load_workbook(tmp_path / "kpi.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert any("HYPERLINK" in str(cell.value) for cell in texts)
    assert {cell.data_type for cell in texts} == {"s"}
    led = [cell for cell in texts if str(cell.value).startswith(STARTS)]
    assert [cell.coordinate for cell in led if not cell.quotePrefix] == []


def test_markup_stays_text_in_markdown(summary: Summary) -> None:
    """Tags, code marks and bars of a name are escaped in a Markdown table."""
    text = rendered(summary, "markdown")
    assert "<script>" not in text
    assert "&lt;script&gt;" in text
