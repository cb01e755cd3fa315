"""Where figures stand: where the author says, else with their principle, and once."""

import pytest

from kpicli.report.model import Report
from support.report_fixtures import TOP, Make


def places(report: Report) -> list[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Return the principles of each section with its directives."""
    return [
        (section.principles, [(each.kind, *each.names) for each in section.directives])
        for section in report.sections
    ]


def test_every_figure_stands_in_the_first_of_its_principles(make: Make) -> None:
    """Principles without words follow in their order; others refer to figures shown before."""
    assert places(make(f"{TOP}## 原則7 y\n\n## 原則2 x\n")) == [
        (
            ("7",),
            [("figures", "voices_nonlife"), ("chart", "voices_nonlife"), ("related", "voices")],
        ),
        (("2",), [("figures", "renewal_talks", "voices"), ("chart", "renewal_talks", "voices")]),
        (("3",), [("figures", "navi_uses"), ("chart", "navi_uses")]),
    ]


def test_joined_principles_share_their_figures(make: Make) -> None:
    """A figure of both stands there once."""
    report = make(f"{TOP}## 原則3・原則4 x\n\n## 原則2・原則7 y\n")
    assert places(report)[0] == (("3", "4"), [("figures", "navi_uses"), ("chart", "navi_uses")])
    assert places(report)[1][1][0] == ("figures", "renewal_talks", "voices", "voices_nonlife")


@pytest.mark.parametrize(
    ("words", "before", "after"),
    [
        ("### 数値・事実\nA\n### 評価\nB", "A", "B"),
        ("【数値・事実】\nA\n\n【評価】\nB", "A", "B"),
        ("### 取り組み課題\nA\n### 振り返り\n【数値・事実】\nA\n【評価】\nB", "A", "B"),
        ("### (1) x\n#### 数値・事実\nA\n### (2) y\nB", "A", ""),
        ("A", "A", ""),
        ("```\n### 数値・事実\n```\nA", "A", ""),
        ("### 取り組み課題\nx\n### 振り返り\nA", "A", ""),
    ],
)
def test_figures_follow_the_facts(make: Make, words: str, before: str, after: str) -> None:
    """They stand after 数値・事実, in whatever way that is written, else at the end."""
    report = make(f"{TOP}## 原則2 x\n\n{words}\n")
    blocks = list(report.sections[0].blocks)
    at = next(n for n, block in enumerate(blocks) if getattr(block, "kind", "") == "figures")
    assert before in getattr(blocks[at - 1], "text", "")
    rest = "".join(getattr(block, "text", "") for block in blocks[at:])
    assert after in rest
    assert "A" not in rest


def test_a_bare_directive_shows_what_no_other_one_names(make: Make) -> None:
    """Of the principles of its section; nothing is added anywhere else."""
    text = f"{TOP}::: cards voices\n\n## 原則2 x\n\n::: figures\n\n## 原則7 y\n\nz\n"
    assert places(make(text)) == [(("2",), [("figures", "renewal_talks")]), (("7",), [])]
