import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kpicli.output.page.folding import Room, fit, fold, longest_word, padded

WORDS = st.text(alphabet="ab1,/%() 保険①ｶﾞ「」。", max_size=40)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("自動車保険の対話", 8, ["自動車保", "険の対話"]),
        ("自動車保険の対話", 7, ["自動車", "保険の", "対話"]),
        ("178/252件 70.6% (+1.8pt)", 12, ["178/252件", "70.6%", "(+1.8pt)"]),
        ("  二字下げ", 20, ["  二字下げ"]),
        ("納得しての契約(生保)", 16, ["納得しての契約", "(生保)"]),
        ("ナビの使用(生保)", 15, ["ナビの使用(生", "保)"]),
    ],
)
def test_fold(text: str, width: int, lines: list[str]) -> None:
    """Lines break at spaces, else by cells, and never before a closing or after an opening mark."""
    assert fold(text, width) == lines


def test_fill() -> None:
    """Filled prose goes on in the same line where a long word would leave it nearly empty."""
    note = "要確認: 読めない値がある"
    assert fold(note, 16) == ["要確認:", "読めない値がある"]
    assert fold(note, 16, fill=True) == ["要確認: 読めない", "値がある"]


def test_english_words_stay_whole() -> None:
    """A word of narrow characters that fits a line goes down whole, also in filled prose."""
    name = "Examinations for qualifications"
    assert fold(name, 27, fill=True) == ["Examinations for", "qualifications"]
    assert fold("(rule) found by inspection", 18, fill=True) == ["(rule) found by", "inspection"]
    assert fold("qualifications", 8, fill=True) == ["qualific", "ations"]


@given(WORDS, st.integers(2, 30), st.booleans())
def test_nothing_is_cut(text: str, width: int, fill: bool) -> None:
    """Each line fits, and together the lines hold every character but the spaces at breaks."""
    lines = fold(text, width, fill=fill)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_longest_word() -> None:
    """A word is what no space divides, in cells."""
    assert longest_word("178/252件 70.6%") == 9


def test_padded() -> None:
    """Padding counts cells, not characters."""
    assert padded("感謝", 6) == "感謝  "
    assert padded("6回", 6, right=True) == "   6回"


def test_fit() -> None:
    """The first columns give way first, none below its least width."""
    rooms = [Room(20, 10), Room(30, 20), Room(5, 5)]
    assert fit(rooms, 60) == [20, 30, 5]
    assert fit(rooms, 50) == [15, 30, 5]
    assert fit(rooms, 40) == [10, 25, 5]
    assert fit(rooms, 34) is None
