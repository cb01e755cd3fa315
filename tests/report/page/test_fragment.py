"""What makes a fragment small enough for a field of a CMS, without changing what is seen."""

import re

import nh3

from kpicli.report.formats import Layout, plain_fragment
from kpicli.report.model import Report
from kpicli.report.page.fragment import MOST_BYTES, fitting, used_style, without_lines
from support.report_fixtures import TOP, Make, html

SHEET = """.fd-report { color: red; }
.fd-report .fd-a, .fd-report .fd-b { margin: 0 auto; }
.fd-report .fd-c td { margin: 0; }
@media print {
  .fd-report .fd-b:hover { content: attr(data-name) " "; }
}"""
ATTRIBUTES = {"*": {"class", "id", "role", "lang", "tabindex", "scope"}, "a": {"href"}}


def test_only_rules_that_something_needs_are_left() -> None:
    """A selector with a class that nothing has goes, the others of its rule stay."""
    assert used_style(SHEET, '<div class="fd-report x"><p class="fd-b">') == (
        ".fd-report{color:red}\n.fd-report .fd-b{margin:0 auto}\n"
        '@media print{\n.fd-report .fd-b:hover{content:attr(data-name) " "}\n}'
    )


def test_line_ends_between_blocks_show_as_nothing() -> None:
    """Those within text and beside words of a line stay."""
    written = '<ul>\n<li class="x">a\nb</li>\n\n<li><a href="#">c</a>\n<b>d</b></li>\n</ul>\n'
    assert without_lines(written) == (
        '<ul><li class="x">a\nb</li><li><a href="#">c</a>\n<b>d</b></li></ul>\n'
    )


def test_a_fragment_that_is_too_large_has_short_classes() -> None:
    """They are short in the style sheet as in the body; below the size nothing is renamed."""
    body = '<p class="fd-b fd-long">' * 3000
    small = f'<div class="fd-report"><style>{SHEET}</style>{body[:100]}</div>'
    assert fitting(small) == small
    large = fitting(small.replace("</div>", body + "</div>"))
    assert large.startswith('<div class="fd-report"><style>.fd-report { color: red; }')
    (b, long) = re.findall(r'<p class="(fd-\w+) (fd-\w+)">', large)[0]
    assert f".fd-report .{b}:hover" in large
    assert "fd-long" not in large
    assert len({b, long, "fd-report"}) == 3


def test_a_fragment_is_not_larger_than_a_field(make: Make) -> None:
    """That of the small report by far; the sample's is measured where it is made."""
    assert len(html(make(TOP, edition="public"), fragment=True).encode()) < MOST_BYTES / 2


def files(report: Report) -> dict[str, str]:
    """Return the files of a plain fragment."""
    made = plain_fragment(report, Layout("ja", ("voices",), fragment=True), "報告 1")
    return {name: content.decode() for name, content in made.items()}


def test_a_plain_fragment_has_neither_style_nor_drawing(make: Make) -> None:
    """Charts are pictures that it names, each with what it shows in words."""
    made = files(make(TOP, edition="public"))
    assert sorted(made) == ["報告 1-fd-chart-1.svg", "報告 1.css", "報告 1.html"]
    body = made["報告 1.html"]
    assert "<style" not in body
    assert "<svg" not in body
    assert ' style="' not in body
    (picture,) = re.findall(r'<img src="([^"]*)" alt="([^"]+)">', body)
    assert picture[0] == "%E5%A0%B1%E5%91%8A%201-fd-chart-1.svg"
    assert picture[1].startswith("4月から9月までの棒グラフ。")
    assert made["報告 1-fd-chart-1.svg"].startswith("<svg")
    assert made["報告 1.css"].startswith(".fd-report{")


def test_a_sanitizer_takes_nothing_from_a_plain_fragment(make: Make) -> None:
    """What a CMS removes is not there: every word, class and table is left."""
    body = files(make(TOP, edition="public"))["報告 1.html"]
    cleaned = nh3.clean(
        body,
        tags=nh3.ALLOWED_TAGS | {"section", "nav", "main"},
        attributes={**ATTRIBUTES, "img": {"src", "alt"}},
        generic_attribute_prefixes={"aria-", "data-"},
        link_rel=None,
    )
    assert re.sub(r"<[^>]+>", "", cleaned) == re.sub(r"<[^>]+>", "", body)
    assert re.findall(r'class="[^"]*"', cleaned) == re.findall(r'class="[^"]*"', body)
    assert cleaned.count("<td") == body.count("<td")
