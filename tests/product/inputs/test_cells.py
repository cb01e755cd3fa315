"""Cells as people and systems really write them: the figure is right, or the message is."""

from decimal import Decimal
from pathlib import Path

import pytest

from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.value import Status
from support.ledger import ledger, ledger_book
from support.small_project import Project, codes


def dated(folder: Path, *cells: str) -> Project:
    """Return a ledger with a row received on the day that each cell names."""
    return ledger(folder, *(f'V{n},"{cell}",,苦情,1,C1' for n, cell in enumerate(cells)))


def names(dataset: Dataset) -> list[str]:
    """Return the kinds of the findings with their causes, in their order."""
    return [fault.kind.name for fault in dataset.faults]


@pytest.mark.parametrize(
    "cells",
    [
        ("2025/4/1 午前 9:05", "2025/4/1 午後11:05:00", "2025年4月1日 9時05分", "2025/4/1 9:05 AM"),
        ("2025/4/ 1", "2025/ 4/ 1", "R 7. 4. 1", "令和 7年 4月 1日"),
        ("2025年9月23日(火・祝)", "2025/4/29（火・祝日）", "2025年8月11日 月曜日", "2025/4/1(Tue)"),
        ("2025年9月30日現在", "2025/9/30時点", "20250930235959", "202504010000"),
        (
            "2025-09-30T14:59:59Z",
            "2025/9/30 23:59 JST",
            "2025/3/31 15:00 UTC",
            "2025-04-01 0:00 +0900",
        ),
    ],
)
def test_dates_as_people_and_systems_write_them(cells: tuple[str, ...], tmp_path: Path) -> None:
    """Times in words, padding, holidays, as-of words and stamps: each is the day that it names."""
    project = dated(tmp_path, *cells)
    assert project.summarize("n").number() == len(cells)
    assert names(project.load("ledger")) == []


def test_a_stamp_is_converted_before_its_day_is_cut(tmp_path: Path) -> None:
    """15:00 UTC on 30 September is 1 October in Tokyo, and in no figure of September."""
    assert (
        dated(tmp_path, "2025/9/30 15:00 UTC", "2025/9/30 14:59 UTC").summarize("n").number() == 1
    )


def test_cells_wrapped_as_formulas(tmp_path: Path) -> None:
    """`="…"` is unwrapped in ids, dates, codes and numbers alike."""
    rows = (
        '="00121",="2025/4/1",="2025/4/2",="苦情",="100",="C1"',
        '"=""00122""","=""2025/4/2""",,"=""要望""","=""200""",C1',
    )
    project = ledger(tmp_path, *rows)
    assert (project.summarize("n").number(), project.summarize("amount").number()) == (2, 300)
    assert project.summarize("customers").number() == 1
    assert project.summarize("open").number() == 1


def test_error_values_in_a_text_file_are_error_cells(tmp_path: Path) -> None:
    """#N/A is no third customer, as it is none in a workbook."""
    rows = (
        "V1,2025/5/1,,苦情,1,C1",
        "V2,2025/5/1,,苦情,1,C2",
        "V3,2025/5/1,,苦情,1,#N/A",
        "V4,2025/5/1,,苦情,1,#REF!",
    )
    text = ledger(tmp_path, *rows)
    value = text.summarize("customers").value()
    assert (value.number, value.status, value.faulty_rows) == (2, Status.PROVISIONAL, 2)
    assert names(text.load("ledger")) == ["D106.missing", "D106.reference"]
    cells = [row.split(",") for row in rows]
    (tmp_path / "book").mkdir()
    book = ledger_book(tmp_path / "book", *([*row[:4], 1, row[5]] for row in cells))
    assert book.summarize("customers").value() == value


def test_a_column_that_was_too_narrow(tmp_path: Path) -> None:
    """#### is what Excel saved in the place of a value: it says to widen the column."""
    dataset = ledger(tmp_path, "V1,########,,苦情,####,C1").load("ledger")
    assert names(dataset) == ["D106.narrow", "D106.narrow"]


def test_a_formula_that_was_never_calculated(tmp_path: Path) -> None:
    """The message says to open the workbook and save it, not that the formula is wrong."""
    project = ledger_book(tmp_path, ["V1", "=DATE(2025,4,1)", None, "苦情", "=1+1", "C1"])
    (message,) = {fault.kind.advice.en for fault in project.load("ledger").faults}
    assert message == "open the file in Excel and save it"
    assert names(project.load("ledger")) == ["D107", "D107"]


def test_invisible_signs_in_ids(tmp_path: Path) -> None:
    """Customers who look the same are the same, and the column is told once, with how many."""
    customers = (
        "C001",
        "C001\u202c",
        "\u200eC001",
        "C001\u2060",
        "C0\u00ad01",
        "C001\u00a0",
        "C002",
    )
    rows = (f"V{n},2025/4/1,,苦情,1,{customer}" for n, customer in enumerate(customers))
    project = ledger(tmp_path, *rows)
    assert project.summarize("customers").number() == 2
    (told,) = project.load("ledger").faults
    assert (told.kind.code, told.level, told.count) == ("D155", "note", 4)
    assert (told.place.row, told.place.column) == (3, "顧客番号")


def test_invisible_signs_in_the_key(tmp_path: Path) -> None:
    """A row that two exports have, once with a mark of direction in its number, counts once."""
    project = ledger(tmp_path, "V1,2025/4/1,,苦情,1,C1", "V2,2025/4/2,,苦情,1,C1")
    project.export(
        "ledger", ["V1\u200e,2025/4/1,,苦情,1,C1"], header="番号,受付日,完了日,区分,金額,顧客番号"
    )
    assert project.summarize("n").number() == 2
    assert codes(project.load("ledger")) == {}  # the row with the mark is the duplicate


def test_amounts_as_people_write_them(tmp_path: Path) -> None:
    """Yen, thousands and the signs of bookkeeping are read; the sum is checked by hand."""
    cells = ("12,300円", "￥48,000", "▲3", "△1,000", "(7)", "（２０）", "\\5,000", "15件", "1回目")
    rows = (f'V{n},2025/4/1,,苦情,"{cell}",C1' for n, cell in enumerate(cells))
    project = ledger(tmp_path, *rows)
    assert project.summarize("amount").number() == 12300 + 48000 - 3 - 1000 - 7 - 20 + 5000 + 15 + 1
    assert names(project.load("ledger")) == []


def test_scales_are_applied_and_told(tmp_path: Path) -> None:
    """千円 and 百万円 are multiplied in, with a note; beside plain amounts they are a warning."""
    rows = ("V1,2025/4/1,,苦情,12千円,C1", "V2,2025/4/1,,苦情,3千円,C1", "V3,2025/4/1,,苦情,0,C1")
    project = ledger(tmp_path, *rows)
    assert project.summarize("amount").number() == 15000
    assert codes(project.load("ledger")) == {"D156": 2}
    (tmp_path / "mixed").mkdir()
    mixed = ledger(
        tmp_path / "mixed", *rows, "V4,2025/4/1,,苦情,2百万円,C1", "V5,2025/4/1,,苦情,9,C1"
    )
    assert mixed.summarize("amount").number() == 2015009
    (warning,) = [fault for fault in mixed.load("ledger").faults if fault.level == "warning"]
    assert warning.other is not None
    assert (warning.kind.code, warning.count) == ("D157", 2)
    assert (warning.place.row, warning.other.row) == (5, 2)


@pytest.mark.parametrize("kpi", ["amount", "average"])
def test_a_percentage_is_the_same_in_a_workbook_and_in_a_text_file(
    kpi: str, tmp_path: Path
) -> None:
    """0.985 shown as 98.5% is 98.5, as the text is: what people see is what is counted."""
    shown = ("85%", "98.5%", "▲3%")
    (tmp_path / "text").mkdir()
    text = ledger(tmp_path / "text", *(f"V{n},2025/4/1,,苦情,{c},C1" for n, c in enumerate(shown)))
    rows = (
        [f"V{n}", "2025/4/1", None, "苦情", c, "C1"] for n, c in enumerate((0.85, 0.985, -0.03))
    )
    book = ledger_book(tmp_path, *rows, formats=("", "", "", "", "0%"))
    expected = {"amount": Decimal("180.5"), "average": Decimal("60.2")}[kpi]
    assert text.summarize(kpi).number() == book.summarize(kpi).number() == expected
    assert names(text.load("ledger")) == names(book.load("ledger")) == []


def test_percentages_beside_fractions_are_a_warning(tmp_path: Path) -> None:
    """85% and 0.9 in one column, be it in two files, may be one thing written in two ways."""
    project = ledger(tmp_path, "V1,2025/4/1,,苦情,85%,C1", "V2,2025/4/1,,苦情,90%,C1")
    project.export(
        "ledger", ["V3,2025/4/1,,苦情,0.9,C1"], header="番号,受付日,完了日,区分,金額,顧客番号"
    )
    (warning,) = project.load("ledger").faults
    assert warning.other is not None
    assert (warning.kind.code, warning.place.file, warning.other.file) == (
        "D157",
        "ledger1.csv",
        "ledger0.csv",
    )


def test_noise_of_floats_is_no_part_of_a_figure(tmp_path: Path) -> None:
    """A workbook keeps 110.00000000000001 where 110 is shown; three of them are 330."""
    rows = ([f"V{n}", "2025/4/1", None, "苦情", 100 * 1.1, "C1"] for n in range(3))
    assert 100 * 1.1 * 3 != 330
    assert str(ledger_book(tmp_path, *rows).summarize("amount").number()) == "330"


def test_sums_of_any_length_are_exact(tmp_path: Path) -> None:
    """Beyond 28 digits nothing is rounded, and no mean ends in a traceback."""
    longest = 10**28 - 1
    cells = (str(longest), str(longest), "0.0000000001")
    rows = (f"V{n},2025/4/1,,苦情,{cell},C1" for n, cell in enumerate(cells))
    project = ledger(tmp_path, *rows)
    assert project.summarize("amount").number() == Decimal(f"{2 * longest}.0000000001")
    assert str(project.summarize("average").number()) == "6666666666666666666666666666.0"
    (tmp_path / "long").mkdir()
    beyond = ledger(tmp_path / "long", f"V1,2025/4/1,,苦情,{longest}9,C1")
    assert names(beyond.load("ledger")) == ["D105.long"]


def test_an_end_that_never_comes_is_no_end(tmp_path: Path) -> None:
    """9999/12/31 as 完了日 is open, and told; as 受付日 it is a fault."""
    rows = (
        "V1,2025/4/1,9999/12/31,苦情,1,C1",
        "V2,2025/4/1,0000-00-00,苦情,1,C1",
        "V3,2025/4/1,2025/4/3,苦情,1,C1",
    )
    project = ledger(tmp_path, *rows)
    assert project.summarize("open").number() == 2
    assert codes(project.load("ledger")) == {"D158": 2}
    (tmp_path / "base").mkdir()
    assert names(dated(tmp_path / "base", "9999/12/31").load("ledger")) == ["D101.year"]


NOTHING = (
    "V1,2025/4/1,2025/4/3,苦情,10,C1",
    "V2,2025/4/2,－,－,-,C2",
    "V3,2025/4/3,未定,苦情,…,未定",
    "V4,2025/4/4,9999/12/31,苦情,***,C3",
    "V5,2025/4/5,0000/00/00,苦情,,C3",
    "V6,2025/4/6,不明,苦情,,C3",
)
WORDS = '["－", "未定", "不明", "…", "***"]'


def test_words_for_nothing_are_faults_that_say_how_to_declare_them(tmp_path: Path) -> None:
    """Without a declaration a dash may mean anything: not done, not due, or zero."""
    dataset = ledger(tmp_path, *NOTHING).load("ledger")
    found = [fault for fault in dataset.faults if fault.level == "fault"]
    assert {fault.kind.name for fault in found} == {"D101.nothing", "D102.nothing", "D105.nothing"}
    assert all("blanks = " in f.kind.advice.ja or "blanks" in f.kind.advice.en for f in found)


@pytest.mark.parametrize("place", ["export", "catalogue", "column"])
def test_words_for_nothing_that_are_declared_are_blanks(place: str, tmp_path: Path) -> None:
    """The advice of the message, followed: for the export, the catalogue or each column."""
    options = f", blanks = {WORDS}" if place == "export" else ""
    project = ledger(tmp_path, *NOTHING, options=options)
    if place == "catalogue":
        project.toml(f"blanks = {WORDS}")
    if place == "column":
        project.tables = project.tables.replace(", type = ", f", blanks = {WORDS}, type = ")
    assert project.summarize("n").number() == 6
    assert project.summarize("open").number() == 5
    assert project.summarize("n").items() == {"苦情": 5, "要望": 0, "未記入": 1}
    value = project.summarize("amount").value()
    assert (value.number, value.status, value.faulty_rows) == (10, Status.PROVISIONAL, 5)
    assert names(project.load("ledger")) == ["D158"]


def test_a_word_that_the_code_table_lists_stays_a_value(tmp_path: Path) -> None:
    """不明 is nothing in a date, and a value where the table says so."""
    rows = ("V1,2025/4/1,不明,不明,1,C1", "V2,2025/4/1,,要望,1,C1")
    project = ledger(tmp_path, *rows, options=', blanks = ["不明", "要望"]')
    project.tables = project.tables.replace('"要望" = []', '"要望" = [], "不明" = []')
    assert project.summarize("n").items() == {"苦情": 0, "要望": 1, "不明": 1}
    assert project.summarize("open").number() == 2


def test_a_date_is_declared_to_mean_nothing_in_any_spelling(tmp_path: Path) -> None:
    """2999/12/31 as a blank is one in 2999-12-31 too, and as a workbook's own date."""
    rows = (
        "V1,2025/4/1,2999/12/31,苦情,1,C1",
        "V2,2025/4/1,29991231,苦情,1,C1",
        "V3,2025/4/1,2999-12-31 0:00,苦情,1,C1",
    )
    project = ledger(tmp_path, *rows, options=', blanks = "2999/12/31"')
    assert project.summarize("open").number() == 3
    assert names(project.load("ledger")) == []


def test_a_key_that_says_nothing_is_a_blank_key(tmp_path: Path) -> None:
    """Two rows without a number are not one and the same."""
    rows = ("-,2025/4/1,,苦情,1,C1", "－,2025/4/2,,苦情,1,C1", "V3,2025/4/3,,苦情,1,C1")
    project = ledger(tmp_path, *rows, options=', blanks = ["－"]')
    assert codes(project.load("ledger")) == {"D201": 2}


@pytest.mark.parametrize("cell", ["1月2日", "１月２日", "2-Jan", "Apr-25"])
def test_an_id_that_became_a_day_is_a_fault_as_in_a_workbook(cell: str, tmp_path: Path) -> None:
    """1-2 and 01-02 would both be 1月2日: nothing says which one it was."""
    project = ledger(tmp_path, f"{cell},2025/4/1,,苦情,1,C1", f"V2,2025/4/2,,苦情,1,{cell}")
    assert names(project.load("ledger")) == ["D104.date", "D104.date"]
    value = project.summarize("n").value()
    assert (value.number, value.status) == (1, Status.PROVISIONAL)  # V2, whose key is whole
