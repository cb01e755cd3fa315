import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.values.identifiers import SavedByExcel, identifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("00123", "00123"),
        ('="00123"', "00123"),
        ('=" 00123 "', "00123"),
        ("NA", "NA"),
        ("null", "null"),
        ("\ufeffC00001 \u200b", "C00001"),
        ("\u200eC00001\u2060", "C00001"),
        ("C0\u00ad0001", "C00001"),
        ("C00001\u00a0", "C00001"),
        ("####", "####"),
        ("　Ｓ００１\n", "S001"),
        ("P－001", "P-001"),
        ("12E3", "12E3"),
        ("1E5-7", "1E5-7"),
        ("s001", "s001"),
        ("#12", "#12"),
        ('=""', ""),
        ("  ", ""),
    ],
)
def test_ids_are_text(text: str, expected: str) -> None:
    """An id keeps its zeros and letters; only its wrapping, width and white space go."""
    assert identifier(text) == expected


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("1.23E+11", "exponent"),
        ("1E+11", "exponent"),
        ("2.0250400e+13", "exponent"),
        ("１．２３Ｅ＋１１", "exponent"),
        ('="1.23E+11"', "exponent"),
        ("1E-05", "exponent"),
        ("1月2日", "date"),
        ("１２月３１日", "date"),
        ("2-Jan", "date"),
        ("Apr-25", "date"),
    ],
)
def test_an_id_that_excel_rewrote_is_refused(text: str, cause: str) -> None:
    """An id whose digits are lost, or that became a day as it was typed, is no id."""
    with pytest.raises(SavedByExcel) as caught:
        identifier(text)
    assert caught.value.cause == cause


@pytest.mark.parametrize(
    "text", ["2025年1月2日", "1月2日号", "2-JAN", "V-Jan-25", "Jan-2025", "1-2"]
)
def test_what_only_resembles_a_day_is_an_id(text: str) -> None:
    """Excel writes its days in one way; an id that holds one in another is left alone."""
    assert identifier(text) == text


@given(st.text())
def test_any_text_is_an_id_or_was_rewritten(text: str) -> None:
    """Reading an id fails in no other way, and its result reads as itself."""
    try:
        read = identifier(text)
    except SavedByExcel:
        return
    assert identifier(read) == read
