"""Cells of a column, read as what most of them are."""

from pathlib import Path

from support.plain_files import ROWS, checked, findings


def test_dates_that_cannot_be_read(tmp_path: Path) -> None:
    """They are counted by column and cause, with the row of the first."""
    rows = [*ROWS]
    for place, cell in ((4, "2025/9/31"), (6, "4月1日"), (9, "2025/2/30")):
        rows[place] = rows[place].replace(f"2025/4/{place + 1},", f"{cell},")
    assert findings(checked(tmp_path, *rows)) == [
        ("D101.no_such_day", "受付日", 2, 6),
        ("D101.no_year", "受付日", 1, 8),
    ]


def test_a_column_without_any_date_that_can_be_read(tmp_path: Path) -> None:
    """A column under a date's header whose cells all lack the year is no list of words."""
    rows = [f"V{n},4月{n}日" for n in range(1, 11)]
    assert findings(checked(tmp_path, *rows, header="番号,受付日")) == [
        ("D101.no_year", "受付日", 10, 2)
    ]
    words = [f"V{n},月曜" for n in range(1, 11)]
    assert findings(checked(tmp_path, *words, header="番号,曜日")) == []


def test_cells(tmp_path: Path) -> None:
    """Garbled cells, errors, invisible signs, lost characters and units are found, each once."""
    rows = [*ROWS]
    rows[2] = "V0003,2025/4/3,譚ｱ莠ｬ,S000,3000"
    rows[3] = "V0004,#N/A,不満,S001,4千"
    rows[4] = "V0005\u200e,2025/4/5,感謝,S002,5000"
    rows[5] = "V0006,2025/4/6,不満?,S000,#REF!"
    rows[7] = "V0008,2025/4/8,不?満,S002,八千"
    assert findings(checked(tmp_path, *rows)) == [
        ("D105", "保険料", 1, 9),
        ("D106.missing", "受付日", 1, 5),
        ("D106.reference", "保険料", 1, 7),
        ("D109", "区分", 1, 4),
        ("D157", "保険料", 1, 5),
        ("D161", "区分", 2, 7),
        ("D155", "受付番号", 1, 6),
        ("D156", "保険料", 1, 5),
    ]
