import time
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicli.values.number_reading import (
    COUNT,
    ReadNumber,
    UnreadableNumber,
    is_total,
    parse_number,
)

WIDE = str.maketrans("0123456789,.-()%", "０１２３４５６７８９，．－（）％")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", "0"),
        (" 12 ", "12"),
        ("+5", "5"),
        ("１２", "12"),
        ("-3.50", "-3.5"),
        ("−3", "-3"),
        ("▲3", "-3"),
        ("△3", "-3"),
        ("▲ 1,234", "-1234"),
        ("(3)", "-3"),
        ("（３）", "-3"),
        ("1,234,567", "1234567"),
        ("12,300円", "12300"),
        ("12,300 円", "12300"),
        ("￥48,000", "48000"),
        ("¥ 48,000", "48000"),
        ("\\48,000", "48000"),
        ("¥-48,000", "-48000"),
        ("-¥48,000", "-48000"),
        ("▲￥48,000円", "-48000"),
        ("(¥48,000)", "-48000"),
        ("(12,300円)", "-12300"),
        ("12件", "12"),
        ("26名", "26"),
        ("3 人", "3"),
        ("1回", "1"),
        ("1回目", "1"),
        ("第1回", "1"),
        ("第１回目", "1"),
        ("80点", "80"),
        ("70歳", "70"),
        ("70才", "70"),
        ("30日", "30"),
        ("5枚", "5"),
        ("2社", "2"),
        ("1口", "1"),
        ('="100"', "100"),
        ("\u200e12\u202c", "12"),
        ("9999999999999999999999999999", "9999999999999999999999999999"),
        ("0.000000000000000000000000001", "1E-27"),
    ],
)
def test_numbers_as_people_write_them(text: str, number: str) -> None:
    """Width, commas, the signs of bookkeeping and the words that count things do not matter."""
    assert parse_number(text) == ReadNumber(Decimal(number))


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("98.5%", "98.5", "%"),
        ("８５％", "85", "%"),
        ("▲3 %", "-3", "%"),
        ("12千円", "12000", "千"),
        ("1.5千件", "1500", "千"),
        ("3万", "30000", "万"),
        ("▲3.5万円", "-35000", "万"),
        ("12百万円", "12000000", "百万"),
        ("(12百万円)", "-12000000", "百万"),
        ("2千万円", "20000000", "千万"),
        ("1.25億円", "125000000", "億"),
        ("3兆円", "3000000000000", "兆"),
    ],
)
def test_units_that_change_what_a_digit_is_worth(text: str, number: str, unit: str) -> None:
    """Scales are multiplied in; a percentage keeps its number; both are named."""
    assert parse_number(text) == ReadNumber(Decimal(number), unit)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", ""),
        ("五", ""),
        ("約12", ""),
        ("--3", ""),
        ("(-3)", ""),
        (".5", ""),
        ("NaN", ""),
        ("inf", ""),
        ("百万円", ""),
        ("٣", ""),
        ("3-", "unit"),
        ("1.", "unit"),
        ("12箱", "unit"),
        ("12以上", "unit"),
        ("$12", "unit"),
        ("1_000", "unit"),
        ("12円目", "unit"),
        ("1億2,000万円", "unit"),
        ("1,2", "commas"),
        ("1,23,456", "commas"),
        ("10～20", "range"),
        ("10~", "range"),
        ("10-20", "range"),
        ("10件〜20件", "range"),
        ("1E+05", "exponent"),
        ("①", "digits"),
        ("⑶", "digits"),
        ("⒊", "digits"),
        ("㏠", "digits"),
        ("㍘", "digits"),
        ("𝟑", "digits"),
        ("3²", "digits"),
        ("99999999999999999999999999999", "long"),
        ("0.00000000000000000000000000001", "long"),
        ("12345678901234567890123456789円", "long"),
    ],
)
def test_a_number_that_has_to_be_guessed_is_refused(text: str, problem: str) -> None:
    """Ranges, exotic digits, unknown units and commas not in threes are no number."""
    with pytest.raises(UnreadableNumber) as caught:
        parse_number(text)
    assert caught.value.problem == problem


@given(
    st.decimals(-(10**15), 10**15, allow_nan=False, places=3),
    st.sampled_from(["", "円", "件", " 円"]),
    st.booleans(),
    st.sampled_from(["-", "▲", "△", "("]),
)
@example(Decimal("1249999999999.995"), "", False, "-")
def test_a_number_written_by_hand_reads_back(
    number: Decimal, unit: str, wide: bool, minus: str
) -> None:
    """Thousands, signs, units and width give back the number that was written."""
    written = f"{abs(number):,f}{unit}"
    if number < 0:
        written = f"({written})" if minus == "(" else minus + written
    assert parse_number(written.translate(WIDE) if wide else written).value == number


@given(st.text("0123456789,.-+()▲△¥円件千万億%第回目 ~E①", max_size=12))
def test_any_text_is_a_number_of_its_own_digits_or_none(text: str) -> None:
    """What is read has the digits that were written, in their order, and nothing else."""
    try:
        read = parse_number(text)
    except UnreadableNumber:
        return
    digits = "".join(sign for sign in text if sign in "0123456789").strip("0")
    assert "".join(map(str, read.value.as_tuple().digits)).strip("0") == digits


def test_reading_is_linear() -> None:
    """A cell of a hundred thousand signs is refused at once."""
    started = time.perf_counter()
    for text in (
        "1" * 100_000,
        "," * 100_000 + "x",
        "1~" * 50_000,
        "1-" * 50_000 + "x",
        "1," * 50_000,
    ):
        with pytest.raises(UnreadableNumber):
            parse_number(text)
    assert time.perf_counter() - started < 2


@given(
    st.decimals(0, 10**6, places=2), st.decimals(0, 10**6, places=2), st.decimals(1, 2, places=2)
)
@example(Decimal("0.1"), Decimal("0.2"), Decimal(1))
@example(Decimal(300), Decimal(0), Decimal("1.1"))
def test_what_floats_leave_behind_is_dropped(left: Decimal, right: Decimal, rate: Decimal) -> None:
    """Sums and products of amounts, as a program prints them, are the amounts."""
    printed = repr((float(left) + float(right)) * float(rate))
    if "e" not in printed:
        assert parse_number(printed).value == (left + right) * rate


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=0, max_value=10**9, places=12))
def test_digits_that_a_number_needs_stay(number: Decimal) -> None:
    """Only what is short without its noise is shortened, and by no more than a 15th digit."""
    read = parse_number(f"{number:f}").value
    if read != number:
        assert abs(read - number) <= number.scaleb(-14)
        assert len(read.normalize().as_tuple().digits) <= 12


@pytest.mark.parametrize(
    "text",
    ["0.1234567890123456", "12345678901234.56", "330.000000000000041", "330.0000000001004", "1.1"],
)
def test_exact_numbers_stay_exact(text: str) -> None:
    """More digits than a float has, or a number that is not short without the last: they stay."""
    assert parse_number(text).value == Decimal(text)


@pytest.mark.parametrize(
    "text",
    [
        "合計",
        "合 計",
        "総合計",
        "集計",
        "小計",
        "計",
        "Total",
        "Grand Total",
        "合計:60件",
        "S001 集計",
    ],
)
def test_a_word_for_a_total_is_one(text: str) -> None:
    """In Japanese and English, spaced or not, with a number behind it, as Excel's subtotals."""
    assert is_total(text)


@pytest.mark.parametrize(
    "text", ["", "会計", "計画", "合計表", "totals", "Total 件", "S001集計", "60件"]
)
def test_a_value_that_only_looks_like_one_is_none(text: str) -> None:
    """A department, a plan, a product, a number alone: no row of data is lost by its name."""
    assert not is_total(text)


@pytest.mark.parametrize("text", ["60", "1,234", "60件", "12 名", "3.0", "1,234,567 行"])
def test_a_number_of_rows_may_have_a_unit(text: str) -> None:
    """Thousands are separated whole; a spreadsheet's `.0` is no decimal."""
    assert COUNT.fullmatch(text)


@pytest.mark.parametrize("text", ["1,23", "3.5", "60円", "-3", "件"])
def test_an_amount_is_no_number_of_rows(text: str) -> None:
    """Nor is a number with decimals, a sign, or groups of another size."""
    assert not COUNT.fullmatch(text)
