"""The shape of a narrative, and what is said where it is another."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.report.narrative.model import Block, Directive, Narrative, Pair, Passage
from kpicli.report.narrative.parse import parse_narrative

FILE = Path("narrative/2025H1.md")
WHOLE = """\
はじめに。

# 報告

前書き
二行目

::: cards voices、renewal_talks

## 原則1 方針

### 取り組み課題<上期>
課題

### 取り組み内容の振り返り<上期>

【数値・事実】
数値

::: figures voices

#### 評価
評価

## 原則3・原則4: 利益相反

### (1)1) 声

#### 取組課題
- a

#### 振り返り
よい

#### 後書き
次

### (2)①② 対話

文

## 会社の紹介

本文

```
## 原則9 コードの中
::: figures コードの中
```
"""


def parsed(text: str) -> Narrative:
    """Return the narrative of a text."""
    return parse_narrative(text, FILE)


def shape(contents: Sequence[Block | Pair]) -> list[object]:
    """Return the contents of an item as plain values, texts without white space around them."""
    found: list[object] = []
    for content in contents:
        match content:
            case Passage():
                found.append(content.text.strip())
            case Directive():
                found.append((content.kind, *content.names))
            case Pair():
                found.append((shape(content.planned), shape(content.review)))
    return found


def test_every_text_finds_its_place() -> None:
    """The text before the title, principles, joined ones, other sections, items and pairs."""
    narrative = parsed(WHOLE)
    assert (narrative.title.text, narrative.title.line) == ("報告", 3)
    assert shape(narrative.introduction) == [
        "はじめに。\n\n\n前書き\n二行目",
        ("cards", "voices", "renewal_talks"),
    ]
    first, second, third = narrative.sections
    assert (first.principles, first.heading.text) == (("1",), "原則1 方針")
    assert [(item.heading.text, shape(item.contents)) for item in first.items] == [
        (
            "",
            [(["課題"], ["【数値・事実】\n数値", ("figures", "voices"), "#### 評価\n評価"])],
        )
    ]
    assert (second.principles, second.heading.text) == (("3", "4"), "原則3・原則4: 利益相反")
    assert [(item.heading.text, shape(item.contents)) for item in second.items] == [
        ("(1)1) 声", [(["- a"], ["よい"]), "#### 後書き\n次"]),
        ("(2)①② 対話", ["文"]),
    ]
    assert (third.principles, third.heading.text) == ((), "会社の紹介")
    (item,) = third.items
    (text,) = shape(item.contents)
    assert "## 原則9" in str(text), "a heading in code is none, and so is a directive"
    assert narrative.directives == (
        Directive("cards", ("voices", "renewal_talks"), 8),
        Directive("figures", ("voices",), 20),
    )


def test_what_was_planned_without_a_review_is_no_pair() -> None:
    """The simple shape: headings one below the other."""
    text = "# a\n\n## 原則1 x\n\n### 取り組み課題\nb\n### 数値・事実\nc\n### 評価\nd\n"
    (section,) = parsed(text).sections
    (item,) = section.items
    assert shape(item.contents) == ["### 取り組み課題", "b\n### 数値・事実\nc\n### 評価\nd"]
    assert [block.line for block in section.blocks] == [5, 6]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_and_wide_signs(end: str) -> None:
    """CRLF, 原則２ and ：：： in full width mean the same."""
    lines = ["# 報告", "", "## 原則２ 利益", "", "：：：　ｆｉｇｕｒｅｓ　voices，x", ""]
    (section,) = parsed(end.join(lines)).sections
    assert section.principles == ("2",)
    assert section.heading.text == "原則２ 利益"
    assert list(section.directives) == [Directive("figures", ("voices", "x"), 5)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# 報告\n\n# また\n", "narrative/2025H1.md:3: there is one title (#) only, at the top"),
        ("## 原則1 x\n\n# 後\n", "narrative/2025H1.md:3: there is one title (#) only, at the top"),
        ("# a\n\n## 原則1 x\n\n## 原則2・1 y\n", "2025H1.md:5: principle 1 is there twice"),
        ("::: figure voices\n", "1: there is no '::: figure'; did you mean 'figures'?"),
        (":::\n", "1: there is no '::: '"),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(text: str, said: str) -> None:
    """A second title, a principle twice, an unknown directive: file and line; exit code 3."""
    with pytest.raises(SettingsError) as error:
        parsed(text)
    assert said in error.value.message.en
    assert error.value.exit_code == 3


def test_all_that_is_wrong_is_said_at_once() -> None:
    """One run names every line to correct."""
    with pytest.raises(SettingsError) as error:
        parsed("# a\n\n::: x\n\n# b\n")
    assert error.value.message.en.count("narrative/2025H1.md:") == 2


PIECES = (
    *("# t", "## 原則1 a", "## b", "### c", "### 取り組み課題", "### 取り組み内容の振り返り"),
    *(
        "#### 取り組み課題",
        "#### 振り返り",
        "#### d",
        "### 評価",
        "【事例】",
        "::: figures e",
        "文",
    ),
)


@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_no_line_is_lost(pieces: list[str]) -> None:
    """Whatever stands under whatever, every line of words is in the narrative once, in order."""
    lines = [f"{piece} {n}" if piece in ("文", "#### d", "### c") else piece
             for n, piece in enumerate(pieces)]  # fmt: skip
    try:
        narrative = parsed("\n\n".join(lines))
    except SettingsError:
        return
    opening = [b for b in narrative.introduction if isinstance(b, Passage)]
    passages = [
        narrative.title,
        *opening,
        *(p for section in narrative.sections for p in section.passages),
    ]
    text = "\n".join(passage.text for passage in passages)
    wanted = [line.lstrip("# ") for line in lines if " " in line and ":::" not in line]
    assert [line for line in wanted if text.count(line) < wanted.count(line)] == []
    assert len(narrative.directives) == pieces.count("::: figures e")
