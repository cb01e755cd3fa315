"""The headings of a narrative, in the many ways in which they are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.report.narrative.headings import (
    headings_in,
    is_bracketed,
    is_facts,
    is_label,
    is_planned,
    is_review,
    natural,
    principles_of,
    with_levels,
)


@pytest.mark.parametrize(
    ("heading", "principles"),
    [
        ("原則1 方針", ("1",)),
        ("原則２　最善の利益", ("2",)),
        ("原則3・原則4 利益相反と手数料", ("3", "4")),
        ("原則3、4、5: x", ("3", "4", "5")),
        ("原則3及び原則4", ("3", "4")),
        ("原則2・お客様の声", ("2",)),
        ("原則2 と 3年の歩み", ("2",)),
        ("Principle 2 Best interest", ("2",)),
        ("Principles 3 and 4: Conflicts", ("3", "4")),
        ("principle 6(2) x", ("6",)),
        ("会社の紹介", ()),
        ("当社の原則1", ()),
    ],
)
def test_the_principles_of_a_section(heading: str, principles: tuple[str, ...]) -> None:
    """One, several joined, or none; digits in any width."""
    assert principles_of(heading) == principles


@pytest.mark.parametrize(
    ("heading", "planned", "review", "label"),
    [
        ("取り組み課題", True, False, False),
        ("取組課題<上期>", True, False, False),
        ("取り組み課題（上期）", True, False, False),
        ("Measures planned", True, False, False),
        ("取り組み内容の振り返り", False, True, False),
        ("振り返り＜上期＞", False, True, False),
        ("取組内容の結果", False, True, False),
        ("取り組み結果", False, True, False),
        ("Review", False, True, False),
        ("評価", False, False, True),
        ("数値・事実", False, False, True),
        ("Assessment", False, False, True),
        ("【改善事例】", False, False, True),
        ("課題", False, False, False),
        ("取り組み課題と評価", False, False, False),
        ("(1)1) ロープレ", False, False, False),
    ],
)
def test_what_a_heading_begins(heading: str, planned: bool, review: bool, label: bool) -> None:
    """A column, a part of an item, or (none of them) an item."""
    assert (is_planned(heading), is_review(heading), is_label(heading)) == (planned, review, label)


@pytest.mark.parametrize(
    ("line", "bracketed"),
    [("【評価】", True), ("  **【評価】** ", True), ("【評価】 よい", False), ("【】", False)],
)
def test_a_line_in_brackets(line: str, bracketed: bool) -> None:
    """It stands alone on its line."""
    assert is_bracketed(line) is bracketed


def test_facts_with_brackets_or_without() -> None:
    """Where the figures of a principle go."""
    assert [
        is_facts(name) for name in ("数値・事実", "【数値・事実】", "評価", "Figures and facts")
    ] == [*(True, True, False, True)]


def test_levels_follow_each_other() -> None:
    """The deepest heading is no deeper than it has to be; brackets stand below what is marked."""
    text = "a\n##### b\n【c】\nd\n```\n# e\n```\n####### f"
    assert with_levels(text, 3) == "a\n\n### b\n\n#### 【c】\n\nd\n```\n# e\n```\n####### f"
    assert [(line, words) for line, _, words in headings_in(text)] == [(1, "b"), (2, "【c】")]


def test_a_heading_has_one_blank_line_around_it() -> None:
    """Those that the words have are kept, and no second one is added."""
    assert with_levels("a\n\n【b】\n\nc\n【d】", 4) == "a\n\n#### 【b】\n\nc\n\n#### 【d】"


@given(st.permutations(["", "1", "2", "10", "2a", "2(1)", "あ"]))
def test_principles_are_sorted_by_number(names: list[str]) -> None:
    """2 before 10; what has no principle comes last."""
    assert sorted(names, key=natural) == ["1", "2", "2(1)", "2a", "10", "あ", ""]
