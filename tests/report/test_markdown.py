"""The report as Markdown: the words as written, the figures as tables."""

import re

from support.report_fixtures import TOP, Make, markdown
from support.small_project import Project

WORDS = "## 原則2 利益\n\n### 取り組み課題\n\n対話。\n\n### 評価\n\nよい。\n"


def test_a_chapter_has_its_words_and_its_figures(make: Make) -> None:
    """What was not written has no heading; the figures have theirs, and stand between."""
    text = markdown(make(f"# 報告\n\nはじめに。\n\n{WORDS}"))
    assert re.findall(r"(?m)^#+ .*", text)[:8] == [
        "# 報告",
        "## 要約",
        "## 原則2 利益",
        "### 取り組み課題",
        "### 数値・事実",
        "### 評価",
        "## 原則7",
        "### 数値・事実",
    ]
    assert "\nはじめに。\n" in text
    assert "| お客様の声 (原則7も) | 3件 | 2件 (+1) | 1件 (+2) |  |" in text


def test_in_place_of_a_chart_stand_its_numbers(make: Make) -> None:
    """Each month is a line, its total the last cell."""
    assert (
        "**お客様の声の月別の推移(件): 数値**\n\n"
        "| 月 | 感謝 | 不満 | 要望 | その他 | 計 |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| 2025-04 | 1件 | 0件 | 0件 | 0件 | 1件 |\n"
        "| 2025-05 | 1件 | 1件 | 0件 | 0件 | 2件 |\n"
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
    assert "| a\\|b\\*c\\* (原則7も) | 3件 |" in text


def test_the_appendix_follows(make: Make) -> None:
    """Notes, where each KPI stands, what it counts, and where the rows went."""
    text = markdown(make(TOP))
    headings = ["注", "対応表(原則・指標・記載箇所)", "定義", "行の内訳"]
    assert re.findall(r"(?m)^## (.*)", text)[-4:] == headings
    assert "| 自動車保険の継続案内前の対話 | renewal\\_talks | 2 | 原則2 |" in text
    assert "- お客様の声 (voices)\n  - 出力: お客様の声\n  - 数え方: 行数\n" in text
    assert "| お客様の声 | 6 | 6 | 0 | 0 | 0 | 0 | 2024-04..2025-09 |" in text
