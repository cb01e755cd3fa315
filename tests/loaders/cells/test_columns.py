"""Codes, numerals and dates as the columns of real files give them."""

import pickle
from datetime import UTC
from pathlib import Path

import pandas as pd
import pytest

from kpicli.catalog.read import read_catalog
from kpicli.loaders.cells.columns import ColumnReaders
from support.small_project import Project, codes, places

# 対応番号,対応日,商品区分,対応方法,公的保険制度の説明,納得して契約


def method(folder: Path, day: str, cell: str) -> tuple[str | None, dict[str, int]]:
    """Return the 対応方法 that a cell is read as, and what is told of it."""
    row = f'E1,{day},生保,"{cell}",済,はい'
    dataset = Project(folder).export("elderly", [row]).load("elderly")
    value = dataset.frame["method"].iat[0]
    return (value if isinstance(value, str) else None), codes(dataset)


@pytest.mark.parametrize(
    ("cell", "before", "since"),
    [
        ("①", "親族同席", "親族同席"),
        ("②", "複数人募集", "複数回募集"),
        ("③", "複数回募集", "複数人募集"),
        ("④", "電話確認", "電話確認"),
        ("②複数人募集", "複数人募集", "複数人募集"),
        ("③ 複数回", "複数回募集", "複数回募集"),
        ("複数人", "複数人募集", "複数人募集"),
        ("書面", "書面確認", "書面確認"),
    ],
)
def test_numerals_mean_what_they_meant_on_the_base_date(
    cell: str, before: str, since: str, tmp_path: Path
) -> None:
    """② and ③ changed places on 1 October 2025; words mean themselves on either side."""
    assert method(tmp_path, "2025/9/30", cell)[0] == before
    assert method(tmp_path, "2025/10/1", cell)[0] == since


@pytest.mark.parametrize(
    ("day", "cell", "warned"),
    [
        ("2025/9/30", "②複数回募集", True),
        ("2025/10/1", "②複数回募集", False),
        ("2025/9/30", "②複数人募集", False),
        ("2025/10/1", "②複数人募集", True),
        ("2025/10/1", "①親族同席", False),
    ],
)
def test_a_numeral_against_its_words_is_a_warning_and_the_words_win(
    day: str, cell: str, warned: bool, tmp_path: Path
) -> None:
    """The words are counted, and the disagreement is told."""
    assert method(tmp_path, day, cell) == (cell[1:], {"D153": 1} if warned else {})


@pytest.mark.parametrize("day", ["", "9月30日"])
def test_a_bare_numeral_without_a_date_is_a_fault(day: str, tmp_path: Path) -> None:
    """Where the base date is blank or unreadable nobody knows what ② meant; words are clear."""
    assert method(tmp_path, day, "②")[1].get("D103") == 1
    assert method(tmp_path, day, "②複数人募集")[0] == "複数人募集"
    assert "D103" not in method(tmp_path, day, "電話確認")[1]


@pytest.mark.parametrize(
    ("cell", "first"),
    [
        ("①④", "親族同席"),
        ("④①", "親族同席"),
        ("④・③", "複数回募集"),
        ("電話確認、複数人募集", "複数人募集"),
        ("書面確認/電話確認", "電話確認"),
        ("電話+親族同席", "親族同席"),
        ("④;②", "複数人募集"),
        ("④\n②", "複数人募集"),
        ("④電話確認,①親族同席", "親族同席"),
    ],
)
def test_a_cell_with_several_methods_counts_once_under_the_first(
    cell: str, first: str, tmp_path: Path
) -> None:
    """The first in the order of the numerals in force, and the number of such rows is told."""
    assert method(tmp_path, "2025/9/30", cell) == (first, {"D152": 1})


def test_the_order_of_several_methods_is_dated(tmp_path: Path) -> None:
    """From October 2025 複数回募集 comes before 複数人募集."""
    assert method(tmp_path, "2025/9/30", "②③")[0] == "複数人募集"
    assert method(tmp_path, "2025/10/1", "②③")[0] == "複数回募集"


@pytest.mark.parametrize("cell", ["①①", "親族同席・①", "電話、電話確認"])
def test_one_method_said_twice_is_one(cell: str, tmp_path: Path) -> None:
    """Repeating a method is no second method."""
    value, told = method(tmp_path, "2025/9/30", cell)
    assert value is not None
    assert told == {}


@pytest.mark.parametrize(
    "cell", ["⑤", "12①", "該当なし・電話確認", "電話確認?", "訪問・電話確認", "・"]
)
def test_a_method_that_is_not_listed_is_a_fault(cell: str, tmp_path: Path) -> None:
    """Nothing is guessed from a part of the cell, and 該当なし stands alone."""
    assert method(tmp_path, "2025/9/30", cell) == (None, {"D102": 1})


def test_every_fault_names_file_row_and_column(tmp_path: Path) -> None:
    """Faults are all collected, in the order of the rows, each at its cell."""
    dataset = (
        Project(tmp_path)
        .export(
            "voices",
            [
                "V1,2025/9/31,生保,感謝,,",
                "V2,2025/9/30,火災,苦情,,",
                "1.23E+11,2025/9/30,生保,感謝,,7/4/1",
                "V4,2025/9/30,生保,感謝,,",
            ],
        )
        .load("voices")
    )
    assert [
        (fault.kind.code, fault.place.row, fault.place.column, fault.value)
        for fault in dataset.faults
    ] == [
        ("D101", 2, "受付日", "2025/9/31"),
        ("D102", 3, "商品区分", "火災"),
        ("D102", 3, "声の区分", "苦情"),
        ("D104", 4, "受付番号", "1.23E+11"),
        ("D101", 4, "改善日", "7/4/1"),
    ]
    assert {fault.place.file for fault in dataset.faults} == {"voices0.csv"}
    assert dataset.accounting.faulty == 1  # the row that cannot be told from others


def test_serials_are_noted_once_per_file_and_column(tmp_path: Path) -> None:
    """The accounting tells how many dates were Excel serials, and where the first stands."""
    rows = ["V1,2025/4/1,生保,感謝,,", "V2,45748,生保,感謝,,45749", "V3,45750,生保,感謝,,"]
    project = Project(tmp_path).export("voices", rows)
    dataset = project.load("voices")
    assert codes(dataset) == {"D151": 3}
    assert places(dataset, "D151") == [("voices0.csv", 3, "受付日"), ("voices0.csv", 3, "改善日")]
    assert project.summarize("voices").number() == 3


def test_an_open_list_takes_any_value_and_merges_synonyms(tmp_path: Path) -> None:
    """コンプライアンス推進会議 is the same meeting; any other name is its own."""
    rows = [
        "M1,2025/4/1,コンプライアンス会議",
        "M2,2025/4/2,ｺﾝﾌﾟﾗｲｱﾝｽ推進会議",
        "M3,2025/4/3,全体朝礼",
        "M4,2025/4/4,コンプライアンス会議(臨時)",
    ]
    project = Project(tmp_path).export("meetings", rows)
    assert project.summarize("compliance_meetings").number() == 2
    assert codes(project.load("meetings")) == {}


def test_dates_in_a_declared_order(tmp_path: Path) -> None:
    """4/1/2025 is a fault until the column says which comes first; then both orders are read."""
    rows = ["V1,4/1/2025,生保,感謝,,", "V2,2025/4/2,生保,感謝,,", "V3,13/4/2025,生保,感謝,,"]
    assert codes(Project(tmp_path).export("voices", rows).load("voices")) == {"D101": 2}
    for order, days in (
        ("mdy", ["2025-04-01", "2025-04-02", None]),
        ("dmy", ["2025-01-04", "2025-04-02", "2025-04-13"]),
    ):
        project = Project(tmp_path).export("voices", rows)
        project.toml("[source.voices]\nextends = true")
        project.toml(f'[source.voices.columns.received_on]\norder = "{order}"')
        column = project.load("voices").frame["received_on"]
        assert [None if day is pd.NaT else day.date().isoformat() for day in column] == days


def test_readers_travel_with_all_that_is_declared() -> None:
    """Another process reads as this one does, without what is remembered here."""
    catalog = read_catalog()
    readers = ColumnReaders(
        catalog.source["voices"], catalog, UTC, {"line": {"生保": ("生",)}}, blanks=("－",)
    )
    before = readers.readings("line", ["生", "－", "x"], 0, epoch_1904=False)
    moved = pickle.loads(pickle.dumps(readers))
    assert moved.readings("line", ["生", "－", "x"], 0, epoch_1904=False) == before
    assert moved.declared == readers.declared
    assert [reading.value for reading in before] == ["生保", None, None]


@pytest.mark.parametrize(
    ("options", "last", "blank", "fault"),
    [
        ("", "C9", False, False),
        ("", "", True, False),
        ("", "1.23E+11", False, True),
        (", blanks = ['C9']", "C9", True, False),
        (", blanks = ['C7']", "C9", False, False),
        (", id_width = { customer = 6 }", "C9", False, False),
    ],
)
def test_many_ids_are_what_each_is(
    options: str, last: str, blank: bool, fault: bool, tmp_path: Path
) -> None:
    """Thousands of plain ids are taken as they stand; one that is not is noticed."""
    customers = [*(f"K{number:05}" for number in range(3_000)), "00123", last]
    rows = [f"X{n},2025/5/1,{c},高額療養費制度,有,生保,S1" for n, c in enumerate(customers)]
    dataset = Project(tmp_path).export("explanations", rows, options=options).load("explanations")
    column = dataset.column("customer")
    read = [column.values[code] if code >= 0 else None for code in column.codes]
    zeros = "000123" if "id_width" in options else "00123"
    expected = [*customers[:-2], zeros, None if blank or fault else last]
    assert read == expected
    assert codes(dataset) == ({"D104": 1} if fault else {})
