"""Ids that overlapping exports spell otherwise: never counted twice in silence."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from kpicli.loaders.rows.spelled_ids import loose, numbered
from kpicli.model.value import Status
from support.small_project import HEADERS, Project, accounted, codes


def voices(numbers: range, spell: Callable[[int], str], line: str = "生保") -> list[str]:
    """Return rows of voices, a day of June each."""
    return [f"{spell(n)},2025/6/{n},{line},感謝,," for n in numbers]


@pytest.mark.parametrize(
    "spell",
    [
        str,
        lambda n: f"{n}.0",
        lambda n: f"0-00-{n:02d}",
        lambda n: f"0000{n:03d}",
        lambda n: f"'{n:05d}",
    ],
)
def test_an_overlap_spelled_otherwise_is_in_doubt(
    tmp_path: Path, spell: Callable[[int], str]
) -> None:
    """Twenty rows, ten of them again: 20 and 10 in doubt, not a final 30; both files are named."""
    project = Project(tmp_path).export("voices", voices(range(1, 21), lambda n: f"{n:05d}"))
    project.export("voices", voices(range(11, 21), spell))
    dataset = project.load("voices")
    (fault,) = (f for f in dataset.faults if f.kind.code == "D210")
    assert (fault.place.file, fault.place.row, fault.count) == ("voices1.csv", 2, 10)
    assert fault.other is not None
    assert (fault.other.file, fault.other.row) == ("voices0.csv", 12)
    assert accounted(dataset) == {"read": 30, "usable": 20, "faulty": 10}
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (20, Status.PROVISIONAL, 10)


@pytest.mark.parametrize("spell", ["v-{:03d}", "V{:03d}", "V {}", "'V-{:03d}"])
def test_letters_spelled_otherwise_are_in_doubt(tmp_path: Path, spell: str) -> None:
    """Ten rows of another system's spelling of the same ids do not count as ten more."""
    project = Project(tmp_path).export("voices", voices(range(1, 21), lambda n: f"V-{n:03d}"))
    project.export("voices", voices(range(11, 21), spell.format))
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (20, Status.PROVISIONAL, 10)


@pytest.mark.parametrize("width", ["5", "{ voice_id = 5 }"])
def test_a_width_gives_lost_zeros_back(tmp_path: Path, width: str) -> None:
    """With `id_width` the rows are the same, also where the later one is corrected."""
    project = Project(tmp_path).export("voices", voices(range(1, 21), lambda n: f"{n:05d}"))
    later = [*voices(range(11, 20), str), "20,2025/6/20,損保,感謝,,", "21,2025/9/1,生保,感謝,,"]
    project.export("voices", later, options=f", id_width = {width}")
    dataset = project.load("voices")
    assert "D210" not in codes(dataset)
    assert accounted(dataset) == {"read": 31, "usable": 21, "duplicate": 9, "superseded": 1}
    assert project.summarize("voices").value().status is Status.OK


def test_rows_of_other_content_or_of_one_file_are_others(tmp_path: Path) -> None:
    """Another day, another code, or both spellings in one file: two rows."""
    project = Project(tmp_path).export("voices", voices(range(1, 11), lambda n: f"{n:05d}"))
    other_day = [f"{n + 1},2025/6/{n},生保,感謝,," for n in range(1, 9)]
    project.export("voices", [*other_day, *voices(range(10, 11), str, "損保")])
    assert "D210" not in codes(project.load("voices"))
    both = voices(range(1, 11), str) + voices(range(1, 11), lambda n: f"{n:05d}")
    alone = Project(tmp_path).export("voices", both)
    assert accounted(alone.load("voices")) == {"read": 20, "usable": 20}


def test_a_row_that_has_its_own_spelling_elsewhere_does_not_hide_a_third(tmp_path: Path) -> None:
    """Of three exports the one in the middle was saved by Excel."""
    project = Project(tmp_path)
    for spell in (lambda n: f"{n:05d}", str, lambda n: f"{n:05d}"):
        last = spell(25 if spell is str else 26)
        project.export("voices", [*voices(range(1, 11), spell), f"{last},2025/7/1,生保,感謝,,"])
    assert project.summarize("voices").value().faulty_rows == 10


@given(st.integers(0, 99_999), st.integers(5, 12))
def test_spellings_of_a_number_have_one_form(number: int, width: int) -> None:
    """Zeros before it, `.0` behind it."""
    forms = {loose(str(number)), loose(str(number).zfill(width)), loose(f"{number}.0")}
    assert forms == {str(number)}


@pytest.mark.parametrize("text", ["1-2", "01-02", "1月2日", "2025-01-02", "2025/1/2"])
def test_a_date_that_excel_made_of_an_id(text: str) -> None:
    """All of them may be `1-2`."""
    assert loose(text) == "12"


@pytest.mark.parametrize("text", ["V0020", "v20", "V-020", "V 20", "'V20", "V_0020", "Ｖ‐20"])
def test_an_id_with_letters(text: str) -> None:
    """Case, dashes, white space, the apostrophe of a spreadsheet, zeros behind the letters."""
    assert loose(text) == "v20"


@pytest.mark.parametrize(
    ("one", "other"), [("V20", "V200"), ("V2-20", "V2-21"), ("A20", "B20"), ("V20", "20")]
)
def test_ids_that_are_others(one: str, other: str) -> None:
    """Other letters and other digits are other ids."""
    assert loose(one) != loose(other)


@pytest.mark.parametrize("text", ["", "-", "'", "・"])
def test_what_is_no_id(text: str) -> None:
    """Signs alone have nothing in common with any id."""
    assert loose(text) == ""


@pytest.mark.parametrize("shown", ["000-0000", '"V"0000000', "0000000", '0000"-"000'])
def test_an_id_is_what_its_format_shows(tmp_path: Path, shown: str) -> None:
    """A workbook and the CSV saved from it are one and the same, whatever the format adds."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADERS["voices"].split(","))
    for day in range(1, 31):
        sheet.append([1000 + day, f"2025/6/{day}", "生保", "感謝"])
        sheet.cell(1 + day, 1).number_format = shown
    book.save(tmp_path / "voices.xlsx")
    digits = [f"{1000 + day:07d}" for day in range(1, 31)]
    texts = {
        "000-0000": [f"{own[:3]}-{own[3:]}" for own in digits],
        '"V"0000000': [f"V{own}" for own in digits],
        '0000"-"000': [f"{own[:4]}-{own[4:]}" for own in digits],
    }.get(shown, digits)
    project = Project(tmp_path).export(
        "voices", [f"{text},2025/6/{day},生保,感謝,," for day, text in enumerate(texts, 1)]
    )
    project.exports["voices"].append('{ files = "voices.xlsx", covers = "2024-04..2025-09" }')
    dataset = project.load("voices")
    assert (accounted(dataset), codes(dataset)) == (
        {"read": 60, "usable": 30, "duplicate": 30},
        {},
    )
    value = project.summarize("voices").value()
    assert (value.number, value.status) == (30, Status.OK)


@pytest.mark.parametrize("text", ["1001", "1,001", "1001.0", "0-001-001"])
def test_what_the_format_does_not_show_stays_in_doubt(tmp_path: Path, text: str) -> None:
    """Zeros, commas or signs that only one of both has: told with both files, never two."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADERS["voices"].split(","))
    sheet.append([1001, "2025/6/1", "生保", "感謝"])
    sheet.cell(2, 1).number_format = "000-0000"
    book.save(tmp_path / "voices.xlsx")
    project = Project(tmp_path).export("voices", [f'"{text}",2025/6/1,生保,感謝,,'])
    project.exports["voices"].append('{ files = "voices.xlsx", covers = "2024-04..2025-09" }')
    (fault,) = (f for f in project.load("voices").faults if f.kind.code == "D210")
    assert fault.other is not None
    assert {fault.place.file, fault.other.file} == {"voices0.csv", "voices.xlsx"}
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (1, Status.PROVISIONAL, 1)


def test_a_line_repeated_in_its_own_file_has_no_twin_in_another(tmp_path: Path) -> None:
    """Each export has each row twice, and spells it its own way: still in doubt, not 20."""
    project = Project(tmp_path)
    for spell in (lambda n: f"{n:05d}", str):
        project.export("voices", voices(range(1, 11), spell) * 2)
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 40, "usable": 10, "duplicate": 20, "faulty": 10}
    value = project.summarize("voices").value()
    assert (value.number, value.status, value.faulty_rows) == (10, Status.PROVISIONAL, 10)


@given(st.lists(st.integers(0, 3000), max_size=60), st.integers(1, 20_000))
def test_combinations_are_numbered_as_sorting_would(values: list[int], more: int) -> None:
    """Whether marks or sorting give the numbers makes no difference."""
    bound = max(values, default=0) + more
    ordered = sorted(set(values))
    places = numbered(np.array(values, np.int64), bound)
    assert places.tolist() == [ordered.index(value) for value in values]
