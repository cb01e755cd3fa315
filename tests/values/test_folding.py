import re
import string
import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kpicli.values.folding import fold, holds_invisible, is_garbled


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("ＡＢＣ　１２３", "ABC 123"),
        ("ｶﾞｲﾄﾞﾗｲﾝ", "ガイドライン"),
        ("㈱サンプル", "(株)サンプル"),
        ("㋿7年", "令和7年"),
        ("か\u3099", "が"),
    ],
)
def test_width_and_composition_are_folded(text: str, key: str) -> None:
    """Full width, half-width kana, squared signs and split marks come to one form."""
    assert fold(text) == key


@pytest.mark.parametrize("text", ["12①", "①④", "⑳", "⓪", "㉑㊿", "㊂", "12²", "H₂O"])
def test_circled_and_raised_numbers_stay(text: str) -> None:
    """A number in a circle never melts into the digits beside it."""
    assert fold(text) == text


def test_signs_that_spell_digits_stay_only_behind_a_digit() -> None:
    """`㏠` is 1日 by itself, but never turns a 1 before it into 11日."""
    assert fold("㋃㏠") == "4月1日"
    assert fold("1㏠") == "1㏠"
    assert fold("1\u200b㏠") == "1㏠"


@pytest.mark.parametrize("tilde", "~～〜∼")
def test_tildes_are_one(tilde: str) -> None:
    """All tildes match."""
    assert fold(f"4月{tilde}6月") == "4月~6月"


@pytest.mark.parametrize("dash", "-－‐‑‒–—―−─━﹣⁻")
def test_dashes_are_one(dash: str) -> None:
    """All dashes match."""
    assert fold(f"Ａ{dash}１") == "A-1"


@pytest.mark.parametrize(
    ("text", "key"), [("データー", "データー"), ("ﾃﾞｰﾀｰ", "データー"), ("第一号", "第一号")]
)
def test_letters_that_look_like_dashes_are_letters(text: str, key: str) -> None:
    """The long mark, half-width too, and the kanji for one are no dashes."""
    assert fold(text) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("  a \t b\r\n c　", "a b c"),
        ("コンプライアンス\u3000\u3000会議\u00a0", "コンプライアンス 会議"),
        ("\ufeff受付\u200b日", "受付日"),
        ("　", ""),
        ("", ""),
    ],
)
def test_white_space_is_folded(text: str, key: str) -> None:
    """Any run of white space is one space inside and none outside."""
    assert fold(text) == key


def test_case_is_kept() -> None:
    """Upper and lower case stay apart."""
    assert fold("Ａbc") == "Abc"


def test_every_character_folds_once_and_for_all() -> None:
    """No single character, alone or behind a digit or a kana, changes on a second folding."""
    unstable = [
        hex(code)
        for code in range(sys.maxunicode + 1)
        for key in [fold(f"1{chr(code)}か{chr(code)}")]
        if fold(key) != key
    ]
    assert unstable == []


@given(st.text())
@example("か\u200b\u3099")
@example("∼\u0338")
@example(" \u0308①\u0308")
@example('="="a""')
@example('=\u200b"a"')
def test_folding_twice_is_folding_once(text: str) -> None:
    """A key is its own key."""
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "sign",
    "\x00\x07\x1b\x7f\x80\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202c\u202e\u2060"
    "\u2061\u2066\u2069\ufe00\ufe0f\ufeff\U000e0001\U000e0041\U000e007f\U000e0100\U000e01ef",
)
def test_signs_that_nobody_sees_are_dropped(sign: str) -> None:
    """Wherever such a sign stands, the key is that of the text without it; and it is noticed."""
    for text in (f"C{sign}1", f"{sign}C1", f"C1{sign}"):
        assert fold(text) == "C1"
        assert holds_invisible(text)
    assert fold(f"葛{sign}城") == "葛城"


@pytest.mark.parametrize(
    "space", " \t\n\x1f\x85\u00a0\u2002\u2009\u202f\u205f\u2028\u2800\u3000\u3164\uffa0"
)
def test_odd_spaces_are_spaces(space: str) -> None:
    """Whatever looks like a space is one, and none of them is an invisible sign."""
    assert fold(f"{space}A{space}{space}B{space}") == "A B"
    assert not holds_invisible(f"A{space}B")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ('="00123"', "00123"),
        ('=" 2025/4/1 "', "2025/4/1"),
        ("＝＂苦情＂", "苦情"),
        ('=""', ""),
        ('="a"&"b"', '="a"&"b"'),
        ('="a', '="a'),
        ('"a"', '"a"'),
    ],
)
def test_texts_wrapped_as_formulas_are_unwrapped(text: str, key: str) -> None:
    """`="…"` is how text is kept from being taken for a number; other formulas stay."""
    assert fold(text) == key


@given(st.text(st.sampled_from(string.printable)).filter(lambda text: '="' not in text))
def test_ascii_takes_no_other_road(text: str) -> None:
    """ASCII text folds as it would in company of Japanese."""
    assert fold(text + "あ") == (fold(text) + (" あ" if text[-1:].isspace() else "あ")).strip()


KANA_AND_KANJI = st.text(
    st.characters(min_codepoint=0x3041, max_codepoint=0x30FA)
    | st.sampled_from("東京生保損感謝不満会議担当者"),
    min_size=1,
)


@given(KANA_AND_KANJI)
@example("東")
@example("コンプラ")
def test_japanese_read_as_another_encoding_is_garbled(text: str) -> None:
    """Whatever cp932 can show of its bytes, and all that Latin-1 and Windows-1252 make of them."""
    data = text.encode()
    assert is_garbled(data.decode("latin-1"))
    windows = "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
    assert is_garbled(windows)
    shown = data.decode("cp932", "ignore")
    if shown.encode("cp932") == data:
        assert is_garbled(shown) or not re.search("[ぁ-ヺ]", text)
    assert not is_garbled(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "S001",
        "ｻﾄｳ",
        "髙橋ｱｷ",
        "繧",
        "縺",
        "遠藤ｶﾅ",
        "Café",
        "naïve",
        "Ünal",
        "€5",
        "é",
        "①②",
        "ﾃｱ",
        "😀",
    ],
)
def test_honest_texts_are_not_garbled(text: str) -> None:
    """Half-width kana, rare kanji and letters with accents are what they are."""
    assert not is_garbled(text)
