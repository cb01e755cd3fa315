from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.codes import CodeReader, CodeReading, in_force, is_ticked


@dataclass(frozen=True)
class Table:
    """What numerals mean from one day to another."""

    since: date | None
    until: date | None
    meanings: Mapping[str, str]


OLD = Table(None, date(2025, 9, 30), {"①": "甲", "②": "乙", "③": "丙"})
NEW = Table(date(2025, 10, 1), None, {"①": "甲", "②": "丙", "③": "乙"})
VALUES = {"甲": ("第一",), "乙": (), "丙": (), "なし": ()}
SEVERAL = CodeReader(VALUES, several=True, excluded=("なし",), numerals=True)
SINGLE = CodeReader(VALUES, numerals=True)
PLAIN = CodeReader({"ABC": ("エービーシー",), "その他": ()})
OPEN = CodeReader({"ABC": ("エービーシー",)}, open_list=True)


@pytest.mark.parametrize(
    "text", ["ABC", "ＡＢＣ", " ABC ", "\u200bABC", "エービーシー", "ｴｰﾋﾞｰｼｰ", "\ufeffABC\n"]
)
def test_synonyms_and_widths_merge_into_the_value(text: str) -> None:
    """A value is recognised folded, and by its listed synonyms."""
    assert PLAIN.read(text) == CodeReading("ABC")


@pytest.mark.parametrize("text", ["abc", "AB", "ABCD", "A・B・C", "不明", "①"])
def test_nothing_else_merges(text: str) -> None:
    """What is not listed is unknown; it is never taken for その他."""
    assert PLAIN.read(text) == CodeReading(None, "unknown")
    assert PLAIN.read("ABC・その他") == CodeReading(None, "several")


def test_an_open_list_takes_any_text_folded() -> None:
    """Synonyms merge, other texts stand for themselves, circled numerals too."""
    assert OPEN.read("エービーシー") == CodeReading("ABC")
    assert OPEN.read("　新しい 会議 ") == CodeReading("新しい 会議")
    assert OPEN.read("会議①・会議②") == CodeReading("会議①・会議②")


@pytest.mark.parametrize("text", ["", " ", "　", "\u200b"])
def test_blank_is_no_value_and_no_problem(text: str) -> None:
    """White space alone is blank in every list."""
    for reader in (PLAIN, OPEN, SEVERAL, SINGLE):
        assert reader.read(text, OLD) == CodeReading(None)


@pytest.mark.parametrize(
    ("text", "table", "value"),
    [
        ("②", OLD, "乙"),
        ("②", NEW, "丙"),
        ("②.", NEW, "丙"),
        ("(②)", OLD, "乙"),
        ("②乙", OLD, "乙"),
        ("② 乙", NEW, "乙"),
        ("②：乙", NEW, "乙"),
        ("乙", NEW, "乙"),
        ("②乙", None, "乙"),
    ],
)
def test_a_numeral_means_what_the_table_says_and_words_win(
    text: str, table: Table | None, value: str
) -> None:
    """A bare numeral goes through the table in force; beside words it only confirms them."""
    reading = SEVERAL.read(text, table)
    assert (reading.value, reading.problem) == (value, None)
    assert reading.disagreement is ("乙" in text and "②" in text and table is NEW)


@pytest.mark.parametrize("text", ["②", "①②", "②・甲"])
def test_a_bare_numeral_without_a_table_is_a_problem(text: str) -> None:
    """Where the date is not known, neither is the meaning."""
    assert SEVERAL.read(text, None) == CodeReading(None, "numeral_without_date")


@pytest.mark.parametrize("text", ["④", "④甲④", "⑳"])
def test_a_numeral_that_means_nothing_is_no_value(text: str) -> None:
    """A numeral outside the table is told as such."""
    assert SEVERAL.read(text, OLD) == CodeReading(None, "numeral")


@pytest.mark.parametrize("text", ["12①", "①2"])
def test_digits_beside_a_numeral_are_unknown(text: str) -> None:
    """12① is neither 12 nor ①."""
    assert SEVERAL.read(text, OLD) == CodeReading(None, "unknown")


@pytest.mark.parametrize(
    ("text", "table", "first"),
    [
        ("③②", OLD, "乙"),
        ("③②", NEW, "丙"),
        ("丙,乙", OLD, "乙"),
        ("丙,乙", None, "乙"),
        ("丙/第一", OLD, "甲"),
    ],
)
def test_several_values_count_under_the_first_in_the_dated_order(
    text: str, table: Table | None, first: str
) -> None:
    """The order is that of the numerals in force, else the declared one."""
    assert SEVERAL.read(text, table) == CodeReading(first, several=True)


@pytest.mark.parametrize("text", ["甲・なし", "なし①"])
def test_an_excluded_value_stands_alone(text: str) -> None:
    """なし beside a value is a contradiction, not a value."""
    assert SEVERAL.read(text, OLD) == CodeReading(None, "excluded")
    assert SEVERAL.read("なし", OLD) == CodeReading("なし")


def test_a_list_of_one_value_a_cell_takes_no_more() -> None:
    """Where several are not allowed, two values are none, and one said twice is one."""
    assert SINGLE.read("①②", OLD) == CodeReading(None, "several")
    assert SINGLE.read("①甲", OLD) == CodeReading("甲")


@pytest.mark.parametrize(
    ("day", "table"), [(date(2025, 9, 30), OLD), (date(2025, 10, 1), NEW), (date(1990, 1, 1), OLD)]
)
def test_the_table_in_force_holds_the_day(day: date, table: Table) -> None:
    """Both ends of a table are inclusive."""
    assert in_force((OLD, NEW), day) is table


def test_no_table_is_in_force_in_a_gap() -> None:
    """A day that no table holds has none."""
    assert in_force((NEW,), date(2025, 9, 30)) is None


@given(st.text(alphabet="①②③④甲乙丙なし第一・、,/+;\n .()12", max_size=12))
def test_whatever_stands_in_a_cell_is_read_or_refused(text: str) -> None:
    """Any cell gives a listed value, a blank or a problem, and never both."""
    for table in (OLD, NEW, None):
        reading = SEVERAL.read(text, table)
        assert reading.value is None or reading.value in VALUES
        assert reading.value is None or reading.problem is None


def test_two_values_in_a_plain_list_are_told_as_such() -> None:
    """A list without numerals takes one value a cell, written as it stands in the list."""
    plain = CodeReader({"甲": ("第一",), "乙": ()})
    assert plain.read("第一・乙") == CodeReading(None, "several")
    for text in ("甲・甲", "(甲)", "甲・丙", "①"):
        assert plain.read(text) == CodeReading(None, "unknown")


@pytest.mark.parametrize("text", ["1", "１", "○", "◯", "✓", "✔", "☑", "レ", "true", "TRUE", "はい"])
def test_a_ticked_box(text: str) -> None:
    """A circle, a tick, 1 and true are ticked, in any width and case."""
    assert is_ticked(text) is True


@pytest.mark.parametrize("text", ["", " ", "0", "×", "－", "-", "☐", "False", "いいえ"])
def test_an_empty_box(text: str) -> None:
    """Nothing, 0, a cross, a dash and false are not."""
    assert is_ticked(text) is False


@pytest.mark.parametrize("text", ["x", "X", "2", "不明", "○×", "未"])
def test_what_says_neither(text: str) -> None:
    """The letter x is a cross to some and a tick to others: nothing is guessed."""
    assert is_ticked(text) is None
