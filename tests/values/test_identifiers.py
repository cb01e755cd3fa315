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
    "text",
    ["1.23E+11", "1E+11", "2.0250400e+13", "１．２３Ｅ＋１１", '="1.23E+11"', "1E-05", "####"],
)
def test_an_id_that_excel_rewrote_is_refused(text: str) -> None:
    """An id whose digits are lost is no id."""
    with pytest.raises(SavedByExcel):
        identifier(text)


@given(st.text())
def test_any_text_is_an_id_or_was_rewritten(text: str) -> None:
    """Reading an id fails in no other way, and its result reads as itself."""
    try:
        found = identifier(text)
    except SavedByExcel:
        return
    assert found.startswith('="') or identifier(found) == found
