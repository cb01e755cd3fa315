"""The report as Markdown: the words as written, the figures as tables."""

import re

import pytest

from kpicli.base.wording import Language
from kpicli.report.formats import Layout, render_report
from support.report_fixtures import TOP, Make, markdown
from support.reported import report_on, sample_summary
from support.small_project import Project

WORDS = "## 原則2 利益\n\n### 取り組み課題\n\n対話。\n\n### 評価\n\nよい。\n"


def test_a_section_has_its_words_and_its_figures(make: Make) -> None:
    """Headings as they were written, the figures after the facts, without any at the end."""
    text = markdown(make(f"# 報告\n\nはじめに。\n\n{WORDS}"))
    assert re.findall(r"(?m)^#+ .*", text)[:6] == [
        "# 報告",
        "## 原則2 利益",
        "### 取り組み課題",
        "### 評価",
        "## 原則3",
        "## 原則7",
    ]
    assert "\nはじめに。\n" in text
    assert "| お客様の声 注2 | 3件 | 2件 | ↑ 1件増 | 1件 | ↑ 2件増 |" in text


def test_columns_of_a_pair_stand_one_below_the_other(make: Make) -> None:
    """Under their own headings, brackets within them one level below; related figures named."""
    pair = (
        "### 取り組み課題<上期>\n\n課題\n\n### 振り返り\n\n【数値・事実】\n数値\n\n【評価】\n評価\n"
    )
    text = markdown(make(f"# a\n\n## 原則2 x\n\n{pair}\n## 原則7 y\n\n### (1) z\n\n#### 評価\nw\n"))
    assert re.findall(r"(?m)^#+ .*", text)[:9] == [
        "# a",
        "## 原則2 x",
        "### 取り組み課題<上期>",
        "### 振り返り",
        "#### 【数値・事実】",
        "#### 【評価】",
        "## 原則7 y",
        "### (1) z",
        "#### 評価",
    ]
    assert "\nほかの箇所の指標: お客様の声\n" in text


def test_cards_months_and_trends(make: Make) -> None:
    """Cards are a list, the others are tables."""
    directives = "::: cards voices\n\n::: months voices_nonlife\n\n::: trend voices_nonlife\n"
    text = markdown(make(f"# a\n\n## 原則2 x\n\n{directives}"))
    assert "- お客様の声 注1: **3件** 前期比 ↑ 1件増\n" in text
    months = "| 指標(件) | 4月 | 5月 | 6月 | 7月 | 8月 | 9月 | 計 |"
    assert f"{months}\n| --- |{' ---: |' * 7}\n| お客様の声(損保) 注2 | 1 | 1 | 0 |" in text
    assert "| 指標 | 2024年度上期 | 2024年度下期 | 2025年度上期 |" in text


@pytest.mark.parametrize(
    ("language", "line"), [("ja", "| ・感謝 | 720件 |"), ("en", "| - thanks | 720 cases |")]
)
def test_parts_are_led_by_a_sign_of_the_language(language: Language, line: str) -> None:
    """A dot in Japanese, a dash in English."""
    text = render_report(report_on(sample_summary()), "markdown", Layout(language, ()))
    assert isinstance(text, str)
    assert line in text


@pytest.mark.parametrize(
    ("language", "marks", "notes"),
    [
        ("ja", r"(?m)^- (.+) 注(\d):|^\*\*(.+): 数値\*\* 注(\d)$", r"(?m)^- 注(\d) "),
        (
            "en",
            r"(?m)^- (.+) Note (\d):|^\*\*(.+): numbers\*\* Note (\d)$",
            r"(?m)^- Note (\d) ",
        ),
    ],
)
def test_every_footnote_has_its_mark(
    make: Make, language: Language, marks: str, notes: str
) -> None:
    """Cards and charts carry it as tables do, so that the numbers have no gap."""
    directives = "::: cards renewal_talks\n\n::: chart voices\n"
    report = make(f"# a\n\n## 原則2 x\n\n{directives}", language=language)
    text = render_report(report, "markdown", Layout(language, ()))
    assert isinstance(text, str)
    assert [one or two for _, one, _, two in re.findall(marks, text)] == ["1", "2"]
    assert re.findall(notes, text) == ["1", "2"]


def test_an_internal_report_says_so(make: Make) -> None:
    """At its top; a public one has neither that nor an appendix."""
    assert "\n**社内用**\n" in markdown(make(TOP))
    public = markdown(make(TOP, edition="public"))
    assert "社内用" not in public
    assert "## 定義" not in public


def test_in_place_of_a_chart_stand_its_numbers(make: Make) -> None:
    """Each month is a line, its total the first cell."""
    assert (
        "**お客様の声: 数値** 注2\n\n"
        "| 項目 | 計 | 感謝 | 不満 | 要望 | その他 |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| 4月 | 1件 | 1件 | 0件 | 0件 | 0件 |\n"
        "| 5月 | 2件 | 1件 | 1件 | 0件 | 0件 |\n"
    ) in markdown(make(TOP))


def test_raw_html_is_no_html(make: Make) -> None:
    """A tag in the words shows as it was typed; in code, and as an address, it stays as it is."""
    words = "<b>x</b> <https://example.jp/>\n\n```\n<i>\n```\n\n| <u> |\n"
    text = markdown(make(f"# 報告<s>|\n\n{words}"))
    assert text.startswith("# 報告&lt;s>\\|\n")
    assert "&lt;b>x&lt;/b> <https://example.jp/>\n\n```\n<i>\n```\n\n| &lt;u> |\n" in text


def test_signs_of_markdown_in_a_title_are_letters(make: Make, project: Project) -> None:
    """A KPI called `a|b*` breaks no table and sets nothing in bold."""
    project.toml('[kpi.voices]\nextends = true\ntitle = "a|b*c*"')
    text = markdown(make(TOP))
    assert "| a\\|b\\*c\\* 注2 | 3件 |" in text


def test_the_appendix_follows(make: Make) -> None:
    """Notes, where each KPI stands, what it counts, and where the rows went."""
    text = markdown(make(TOP))
    headings = ["注", "対応表(原則・指標・記載箇所)", "定義", "行の内訳"]
    assert re.findall(r"(?m)^## (.*)", text)[-4:] == headings
    assert "| 自動車保険の継続案内前の対話 | renewal\\_talks | 2 | 原則2 |" in text
    assert "- お客様の声 (voices)\n  - 出力: お客様の声\n  - 数え方: 行数\n" in text
    assert "| お客様の声 | 6 | 6 | 0 | 0 | 0 | 0 | 2024-04..2025-09 |" in text
