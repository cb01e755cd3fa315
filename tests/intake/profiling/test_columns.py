"""What a column holds, by its cells."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.profiling.columns import Kind, column_of
from kpicli.loaders.cells.raw_table import Cell

WORDS = frozenset({"感謝", "不満", "要望"})


def kind(header: str, *cells: Cell) -> Kind:
    """Return the kind of a column of these cells."""
    return column_of(0, header, list(cells), WORDS).kind


@pytest.mark.parametrize(
    ("header", "cells", "expected"),
    [
        ("列", ("", " ", None), "blank"),
        ("番号", ("V1", "V2", "V3", "V4"), "id"),
        ("研修", ("R2024-01", "R2024-01", "R2024-02", "R2024-02"), "id"),
        ("担当者", ("S001", "S001", "S002", "S002"), "person"),
        ("列", ("2025/4/1", "令和7年4月2日", "R7.4.3", "20250404"), "date"),
        ("保険料", ("48,000円", "12,300円", "▲300円", "48,000円"), "amount"),
        ("満足度", ("5", "4", "5", "3"), "score"),
        ("感謝", ("1", "", "0", "1"), "tick"),
        ("面談", ("○", "×", "○", ""), "tick"),
        ("列", ("感謝", "不満", "感謝", "要望"), "code"),
        ("方法", ("電話;面談", "電話", "面談", "電話;面談"), "several"),
        ("内容", ("短い", "短い", "文", "短い"), "free_text"),
        ("ご意見・ご要望(自由記入)", ("よい", "よい", "早く", "よい"), "free_text"),
        ("お気づきの点", ("よい", "よい", "早く", "よい"), "free_text"),
        ("保険料", ("1200", "3400", "980", "15000"), "amount"),
    ],
)
def test_kinds(header: str, cells: tuple[Cell, ...], expected: Kind) -> None:
    """Each kind is known by its cells, with the header where these leave it open."""
    assert kind(header, *cells) == expected


def test_names_are_people() -> None:
    """Short words that nobody knows may be names: their values are not kept."""
    column = column_of(0, "列", ["甲乙 丙", "丁戊 己", "庚辛 壬", "甲乙 丙"], WORDS)
    assert (column.kind, column.values) == ("person", {})


def test_people_and_texts_leave_no_value() -> None:
    """Of people, ids and free text no cell can be read back from a profile."""
    for header, cells in (("顧客番号", ["C001", "C002"]), ("内容", ["電話での照会", "見積の依頼"])):
        column = column_of(0, header, cells)
        assert column.values == {}
        assert not any(cell in repr(column) for cell in cells)


def test_dates_with_evidence() -> None:
    """Dates are told with their span, those that cannot be read, and how they lie over months."""
    cells: list[Cell] = ["2025/4/1", datetime(2025, 4, 30, 9, 5), "R7.5.2", "不明", ""]  # noqa: DTZ001
    dates = column_of(0, "受付日", cells).dates
    assert dates is not None
    assert (dates.readable, dates.unreadable) == (3, 1)
    assert (dates.first, dates.last) == (date(2025, 4, 1), date(2025, 5, 2))
    assert dates.months == {(2025, 4): 2, (2025, 5): 1}
    assert dates.forms == ("western", "era")


@pytest.mark.parametrize(
    ("cell", "form"),
    [
        ("2025/4/1", "western"),
        ("令和7年4月1日", "era"),
        ("20250401", "digits"),
        ("45748", "serial"),
        ("2025-04-01 09:05", "time"),
        ("2025-04-01T09:05:00+09:00", "offset"),
    ],
)
def test_forms_of_dates(cell: str, form: str) -> None:
    """How dates are written is part of the evidence."""
    dates = column_of(0, "受付日", [cell, cell]).dates
    assert dates is not None
    assert dates.forms == (form,)


def test_days_begin_in_japan() -> None:
    """A stamp in UTC lies on the day that it is in Japan."""
    dates = column_of(0, "受付日", ["2025-04-30T15:00:00.000Z"]).dates
    assert dates is not None
    assert dates.first == date(2025, 5, 1)


def test_five_digits_are_ids() -> None:
    """Numbers that could be days of a spreadsheet are such only under a header that says date."""
    cells = [str(number) for number in range(45000, 45020)]
    assert column_of(0, "証券番号", cells).kind == "id"
    assert column_of(0, "受付日", cells).kind == "date"


def test_a_few_rows_twice_still_tell_rows_apart() -> None:
    """An export may repeat a row or two; a column of many repeats does not tell rows apart."""
    ids = [f"V{number}" for number in range(100)]
    assert column_of(0, "番号", [*ids, "V1", "V2"]).tells_rows_apart
    assert not column_of(0, "番号", [*ids, *ids]).tells_rows_apart


@given(st.lists(st.sampled_from(["感謝", "不満", "", "要望"]), max_size=40))
def test_values_are_counted(cells: list[str]) -> None:
    """The values of a code are counted, one for one, and blanks are none of them."""
    column = column_of(0, "声", cells, WORDS)
    assert sum(column.values.values()) == column.filled == sum(map(bool, cells))
    assert all(number == cells.count(value) for value, number in column.values.items())
