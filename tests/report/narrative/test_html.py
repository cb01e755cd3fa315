"""Words become HTML that loads nothing and runs nothing."""

import pytest

from kpicli.report.narrative.html import as_html, as_inline_html, as_text
from support.report_fixtures import TOP, Make, html


def test_headings_of_the_words_stay_below_those_of_the_page(make: Make) -> None:
    """A heading within a passage is never above the passage's own."""
    page = html(make(f"{TOP}## 原則2 x\n\n### 評価\n\n> # 大\n\n#### 小\n"))
    assert "<h3>評価</h3>" in page
    assert "<h3>大</h3>" in page
    assert "<h4>小</h4>" in page


def test_line_ends_stay_as_they_were_typed() -> None:
    """In Japanese and in English, in paragraphs and in lists."""
    assert as_html("これは\n文です。\n\n- of\n  words\n", "ja", 3) == (
        "<p>これは<br>\n文です。</p>\n<ul>\n<li>of<br>\nwords</li>\n</ul>\n"
    )


def test_a_line_in_brackets_is_a_heading() -> None:
    """【評価】 alone on its line; within a sentence it is none, and in code neither."""
    words = "【数値・事実】\n841件\n**【評価】**\nよい【事例】\n\n```\n【課題】\n```\n"
    assert as_html(words, "ja", 4) == (
        "<h4>【数値・事実】</h4>\n<p>841件</p>\n"
        "<h4>【評価】</h4>\n<p>よい【事例】</p>\n<pre><code>【課題】\n</code></pre>\n"
    )


def test_no_line_ends_within_a_number(make: Make) -> None:
    """Dates, fractions and changes are kept whole."""
    page = html(make(f"{TOP}{{{{ renewal_talks }}}}件 2025-09-30\n"))
    assert '<span class="fd-whole">2/3</span>件' in page
    assert '<span class="fd-whole">2025-09-30</span>' in page


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("<script>x</script>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](ms-word:y) <tel:1>", "[x](ms-word:y) &lt;tel:1&gt;"),
        ("a\x1b[31mb", "a\\x1b[31mb"),
        ("**太字** `x`", "<strong>太字</strong> <code>x</code>"),
    ],
)
def test_raw_html_shows_as_it_was_typed(text: str, made: str) -> None:
    """Tags, links with scripts and signs that paint a terminal are letters like any other."""
    assert as_html(text, "ja", 3) == f"<p>{made}</p>\n"
    assert as_inline_html(text) == made


def test_a_picture_becomes_a_link() -> None:
    """It would have to be loaded from somewhere; in a heading it is no link either."""
    picture = "![絵](https://example.jp/a.png)"
    assert as_html(picture, "ja", 3) == '<p>!<a href="https://example.jp/a.png">絵</a></p>\n'
    assert as_inline_html(picture) == picture


def test_a_table_scrolls_within_itself() -> None:
    """It can be reached by the keyboard and has a name in the page's language."""
    table = as_html("|a|\n|-|\n|1|\n", "en", 3)
    frame = '<div class="fd-scroll" role="group" tabindex="0" aria-label="Table">'
    assert table.startswith(f"{frame}<table>")
    assert table.endswith("</table>\n</div>")


def test_a_title_without_its_marks() -> None:
    """The title of a browser's tab knows no bold."""
    assert as_text("**報告** `x` [y](z)") == "報告 x y"
    assert as_text("") == ""
