"""An office's own documents, filled: only what holds a placeholder changes."""

import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pytest
import xlsxwriter
from openpyxl import load_workbook

from kpicli.base.errors import InputError
from kpicli.report.narrative.figure_values import template_values
from kpicli.report.office.document import filled_document
from kpicli.report.office.values import Figures
from support.report_fixtures import RENEWALS, VOICES, small_summary
from support.small_project import Project

MACRO = b"\xd0\xcf\x11\xe0 a macro"
PIVOT = "xl/pivotTables/pivotTable1.xml"


@pytest.fixture
def figures(project: Project) -> Figures:
    """Return the figures of three voices and three talks."""
    project.export("voices", VOICES).export("renewals", RENEWALS)
    return Figures(template_values(small_summary(project, ("voices", "renewal_talks")), "ja"))


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a document by name, in their order."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rich_form(folder: Path) -> bytes:
    """Return a form with everything that a library that writes it anew would drop or change."""
    file, macro = folder / "form.xlsm", folder / "vba.bin"
    macro.write_bytes(MACRO)
    with xlsxwriter.Workbook(file) as book:
        sheet, data = book.add_worksheet("報告"), book.add_worksheet("資料")
        data.write_column("A1", [3, 1, 2])
        sheet.write(
            "B2", "{{ voices }}", book.add_format({"num_format": '#,##0"件"', "bold": True})
        )
        sheet.write("B3", "前期から{{ voices.change }}です")
        sheet.write("B4", "{{ renewal_talks }}", book.add_format({"num_format": "0.0%"}))
        sheet.write("A1", "様式")
        sheet.insert_textbox("D2", "手書きの注")
        sheet.add_sparkline("C2", {"range": "資料!A1:A3"})
        sheet.conditional_format("C1:C9", {"type": "data_bar", "data_bar_2010": True})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=資料!$A$1:$A$3"})
        sheet.insert_chart("D9", chart)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 1)
        sheet.print_area("A1:F20")
        book.add_vba_project(str(macro), is_stream=False)
    written = BytesIO(file.read_bytes())
    with zipfile.ZipFile(written, "a") as archive:  # nobody but Excel writes pivots
        archive.writestr(PIVOT, '<pivotTableDefinition name="集計"/>')
    return written.getvalue()


def test_only_the_sheet_with_placeholders_changes(figures: Figures, tmp_path: Path) -> None:
    """Text box, sparkline, data bar, chart, pivot, macro, print set-up: byte for byte."""
    form = rich_form(tmp_path)
    filled = filled_document(form, "form.xlsm", figures)
    before, after = parts(form), parts(filled)
    assert list(after) == list(before)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["xl/worksheets/sheet1.xml"]
    assert after["xl/vbaProject.bin"] == MACRO
    assert PIVOT in after
    # In the sheet too all is the same but the three cells.
    old, new = before[changed[0]].decode(), after[changed[0]].decode()
    for cell in ("B2", "B3", "B4"):
        for text in (old, new):
            assert text.count(f'<c r="{cell}"') == 1
        start, end = old.index(f'<c r="{cell}"'), old.index("</c>", old.index(f'<c r="{cell}"'))
        made = new.index(f'<c r="{cell}"')
        old = old[:start] + old[end:]
        new = new[:made] + new[new.index("</c>", made) :]
    assert old == new


def test_cells_hold_numbers_as_their_formats_show_them(figures: Figures, tmp_path: Path) -> None:
    """A count is a number, a ratio under a format of percents a fraction, a sentence text."""
    filled = filled_document(rich_form(tmp_path), "form.xlsm", figures)
    with pytest.warns(UserWarning, match="extension"):  # openpyxl itself would drop it
        sheet = load_workbook(BytesIO(filled), data_only=True)["報告"]
    assert [sheet[cell].value for cell in ("B2", "B3", "B4")] == [3, "前期から1件増です", 0.667]
    assert sheet["B2"].font.bold is True


@pytest.mark.parametrize(
    ("written", "form", "expected"),
    [
        ("{{ voices }}", "General", 3),
        ("{{ voices }}", "yyyy/m/d", "3件"),
        ("{{ voices }}", "0%", "3件"),
        (" {{ voices.不満 }} ", "0", 1),
        ("{{ voices }}件", "0", "3件"),
        ("{{ renewal_talks }}", "General", 66.7),
        ("{{ renewal_talks.numerator }}", "0", 2),
        ("{{ voices.change }}", "0", 1),
        ("{{ voices.感謝 - voices.不満 }}", "0", 1),
        ("{{ period }}", "0", "2025年度上期"),
        ("{{ period.end }}", "0", "2025年9月30日"),
        ("{{ voices[“2025-05”] }}", "0", 2),
        ("a < b & {{ voices }}", "0", "a < b & 3件"),
    ],
)
def test_a_cell(
    figures: Figures, tmp_path: Path, written: str, form: str, expected: str | float
) -> None:
    """What a cell holds, and under which format."""
    file = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_string("A1", written, book.add_format({"num_format": form}))
    filled = filled_document(file.read_bytes(), "form.xlsx", figures)
    sheet = load_workbook(BytesIO(filled)).active
    assert sheet is not None
    assert sheet["A1"].value == expected


def test_results_of_formulas_are_not_kept(figures: Figures, tmp_path: Path) -> None:
    """They were calculated from the words of the template; opened, the book is calculated anew."""
    file = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write("A1", "{{ voices }}")
        sheet.write_formula("A2", "=A1*2", None, 0)
    asked = b' fullCalcOnLoad="1"'
    form = form_with(file.read_bytes(), "xl/workbook.xml", asked, b"")
    assert asked not in parts(form)["xl/workbook.xml"]
    filled = filled_document(form, "form.xlsx", figures)
    shown = load_workbook(BytesIO(filled), data_only=True).active
    assert shown is not None
    assert (shown["A1"].value, shown["A2"].value) == (3, None)
    assert asked in parts(filled)["xl/workbook.xml"]


def test_what_cannot_be_filled_is_refused_with_its_cell(figures: Figures, tmp_path: Path) -> None:
    """Unknown names, formulas, heads of tables: every one at once, and nothing is written."""
    file = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("報告")
        sheet.write("A1", "{{ voice }}")
        sheet.write("C7", "声 {{ voices.苦情 }} {{ voices")
        sheet.write_formula("C8", '="{{ voices }}"', None, "{{ voices }}")
        sheet.add_table("E1:F3", {"columns": [{"header": "{{ voices }}"}, {"header": "b"}]})
    with pytest.raises(InputError) as raised:
        filled_document(file.read_bytes(), "form.xlsx", figures)
    lines = raised.value.message.ja.splitlines()
    assert [line.partition(":")[0].strip() for line in lines[1:]] == [
        "報告!A1",
        "報告!E1",
        "報告!C7",
        "報告!C8",
    ]
    assert "voices" in lines[1]


def test_figures_in_doubt_are_refused_unless_allowed(project: Project, tmp_path: Path) -> None:
    """With leave they carry their state, and a cell of its own is text then, never a number."""
    project.export("voices", [*VOICES, "V7,2025/13/1,生保,感謝,,"])
    nodes = template_values(small_summary(project, ("voices",)), "ja")
    file = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("報告").write("B2", "{{ voices }}")
    with pytest.raises(InputError) as raised:
        filled_document(file.read_bytes(), "form.xlsx", Figures(nodes))
    assert "報告!B2: 確定していない数値です" in raised.value.message.ja
    filled = filled_document(file.read_bytes(), "form.xlsx", Figures(nodes, allow_doubt=True))
    sheet = load_workbook(BytesIO(filled)).active
    assert sheet is not None
    value = sheet["B2"].value
    assert isinstance(value, str)
    assert value.startswith("3件(要確認")


def _document(fill: Callable[[Path], None], folder: Path, suffix: str) -> bytes:
    file = folder / f"form{suffix}"
    fill(file)
    return file.read_bytes()


def test_a_word_document(figures: Figures, tmp_path: Path) -> None:
    """Placeholders cut into runs are found; runs keep their look, other parts their bytes."""

    def write(file: Path) -> None:
        document = docx.Document()
        paragraph = document.add_paragraph("お客様の声は ")
        paragraph.add_run("{{ voi").bold = True
        paragraph.add_run("ces.感")
        paragraph.add_run("謝 }}でした。")
        document.add_table(1, 2).cell(0, 1).text = "{{ renewal_talks }}"
        document.sections[0].footer.paragraphs[0].text = "{{ period }}"
        document.save(str(file))

    form = _document(write, tmp_path, ".docx")
    filled = filled_document(form, "form.docx", figures)
    before, after = parts(form), parts(filled)
    changed = [name for name in before if before[name] != after[name]]
    assert set(changed) == {"word/document.xml", "word/footer1.xml"}
    document = docx.Document(BytesIO(filled))
    paragraph = document.paragraphs[0]
    assert [(run.text, run.bold) for run in paragraph.runs] == [
        ("お客様の声は ", None),
        ("2件", True),
        ("", None),
        ("でした。", None),
    ]
    assert document.tables[0].cell(0, 1).text == "3件中2件(66.7%)"
    assert document.sections[0].footer.paragraphs[0].text == "2025年度上期"


def test_slides(figures: Figures, tmp_path: Path) -> None:
    """Titles, boxes and tables of slides; what is wrong is named with the slide."""

    def write(file: Path) -> None:
        deck = pptx.Presentation()
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        assert slide.shapes.title is not None
        slide.shapes.title.text = "声 {{ voices }}"
        deck.save(str(file))

    form = _document(write, tmp_path, ".pptx")
    filled = filled_document(form, "form.pptx", figures)
    before, after = parts(form), parts(filled)
    assert [n for n in before if before[n] != after[n]] == ["ppt/slides/slide1.xml"]
    title = pptx.Presentation(BytesIO(filled)).slides[0].shapes.title
    assert title is not None
    assert title.text == "声 3件"
    wrong = form_with(form, "ppt/slides/slide1.xml", b"{{ voices }}", b"{{ nothing }}")
    with pytest.raises(InputError) as raised:
        filled_document(wrong, "form.pptx", figures)
    assert "スライド 1: 「nothing」はありません" in raised.value.message.ja


def form_with(form: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """Return a form with other words in one part."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for part, content in parts(form).items():
            archive.writestr(part, content.replace(old, new) if part == name else content)
    return written.getvalue()


@pytest.mark.parametrize("name", ["form.docx", "form.xlsx", "form.pptx"])
def test_what_is_no_such_document_is_refused(figures: Figures, name: str) -> None:
    """Bytes that are no zip, a zip of something else, a form that has nothing to fill."""
    other = BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    for content in (b"", b"PK\x03\x04", other.getvalue()):
        with pytest.raises(InputError):
            filled_document(content, name, figures)


def test_a_form_without_placeholders_is_refused(figures: Figures, tmp_path: Path) -> None:
    """It would be mailed as if it had been filled."""
    file = tmp_path / "form.xlsx"
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write("A1", "841")
    with pytest.raises(InputError) as raised:
        filled_document(file.read_bytes(), "form.xlsx", figures)
    assert "がありません" in raised.value.message.ja
