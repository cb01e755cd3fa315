"""The questions of a folder as a workbook, and back."""

from io import BytesIO
from pathlib import Path

import openpyxl

from kpicli.intake.mapping_book import Filled, mapping_book, read_mapping, with_filled
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.writing import guessed_keys


def proposed(folder: Path) -> Proposal:
    """Return what is proposed for an export with staff, and a word that no table lists."""
    rows = [f"V{n},2025/{4 + n % 6}/{1 + n},損保,損保,S001,感謝" for n in range(1, 25)]
    header = "受付番号,受付日,商品区分,チーム,担当者,声の区分"
    text = "\n".join((header, *rows, "X1,2025/4/1,損保,損保,S001,苦情", ""))
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return understand([folder], folder)[1]


def test_there_and_back(tmp_path: Path) -> None:
    """Unfilled, the workbook changes nothing: every question stays open, every column as it was."""
    proposal = proposed(tmp_path)
    file = tmp_path / "m.xlsx"
    file.write_bytes(mapping_book(proposal, tmp_path, "ja"))
    filled = read_mapping(file)
    assert filled.answers == {"value voices.category 苦情": "", "fiscal year": ""}
    assert filled.columns["a.csv", "受付日"] == "received_on"
    settled = with_filled(proposal, filled, tmp_path)
    assert (settled.feeds, settled.synonyms) == (proposal.feeds, {})
    assert settled.settled == frozenset()
    assert "fiscal_year.starts" in guessed_keys(settled)


def test_an_answer_and_a_blank(tmp_path: Path) -> None:
    """What is answered is no guess any more, even by the first number; a blank one still is."""
    proposal = proposed(tmp_path)
    answered = with_filled(proposal, Filled({"fiscal year": "1"}), tmp_path)
    assert "fiscal_year.starts" not in guessed_keys(answered)
    blank = with_filled(proposal, Filled({"value voices.category 苦情": "3"}), tmp_path)
    assert "fiscal_year.starts" in guessed_keys(blank)
    assert blank.synonyms == {("voices", "category"): {"不満": ("苦情",)}}


def test_what_a_blank_means_stands_in_the_workbook(tmp_path: Path) -> None:
    """Beside each question stands what is taken where it is not answered, guess or open."""
    book = openpyxl.load_workbook(BytesIO(mapping_book(proposed(tmp_path), tmp_path, "ja")))
    head, *rows = book.worksheets[0].iter_rows(values_only=True)
    assert head == ("質問", "選択肢", "空欄のままなら", "答え(番号)", "キー")
    assert [line[:3] for line in str(rows[-1][1]).split("\n")] == ["1) ", "2) ", "3) ", "4) "]
    assert {row[4]: row[2:4] for row in rows} == {
        "value voices.category 苦情": ("未定のまま: 知らない値のまま(要確認になる)", None),
        "fiscal year": ("推測のまま: 4 月", None),
    }


def test_no_personal_value_is_in_it(tmp_path: Path) -> None:
    """What people may send by mail holds no staff number and no id."""
    book = openpyxl.load_workbook(BytesIO(mapping_book(proposed(tmp_path), tmp_path, "en")))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row]
    assert not any("S001" in cell or "V1" in cell for cell in cells)
    assert "people (values not shown) 1 different" in cells


def test_a_corrected_column(tmp_path: Path) -> None:
    """A column that people name is taken for that, and what had it before gives it up."""
    proposal = proposed(tmp_path)
    filled = Filled({}, {("a.csv", "担当者"): "-", ("a.csv", "商品区分"): "team"})
    (feed,) = with_filled(proposal, filled, tmp_path).feeds
    assert {match.name: match.column.header for match in feed.matches} == {
        "voice_id": "受付番号",
        "received_on": "受付日",
        "team": "商品区分",
        "category": "声の区分",
    }
