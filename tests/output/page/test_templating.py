"""Pages are made of templates in which every value is harmless."""

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from kpicli.output.page.templating import style, templates, unbroken


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ('<b>&"', "&lt;b&gt;&amp;&#34;"),
        ("a\x1b[2J\u202e", "a\\x1b[2J\\u202e"),
        (3, "3"),
        (Markup("<b>x</b>"), "<b>x</b>"),
    ],
)
def test_what_a_template_shows_is_text(value: object, shown: str) -> None:
    """Markup of ours alone is markup; what hides or controls is made visible."""
    assert templates().from_string("{{ value }}").render(value=value) == shown


def test_a_name_that_is_not_there_is_an_error() -> None:
    """A page never has a hole where a figure should be."""
    with pytest.raises(UndefinedError):
        templates().from_string("{{ figure }}").render()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("178/252件", '<span class="fd-whole">178/252</span>件'),
        ("1,841 (+1)", '<span class="fd-whole">1,841</span> (<span class="fd-whole">+1</span>)'),
        ("2025-09-30", '<span class="fd-whole">2025-09-30</span>'),
        ("70.6%", '<span class="fd-whole">70.6%</span>'),
        ("3件", "3件"),
        ("258170f0d0", "258170f0d0"),
        ("+6.1pt", '<span class="fd-whole">+6.1</span>pt'),
        ("841件", "841件"),
        ("<34%>", '&lt;<span class="fd-whole">34%</span>&gt;'),
        ('"1,200"', '&#34;<span class="fd-whole">1,200</span>&#34;'),
    ],
)
def test_no_line_ends_within_a_number(text: str, html: str) -> None:
    """Numbers, fractions and dates stay whole; what escaping writes is no number."""
    assert unbroken(text) == html


def test_style_sheets_load_nothing() -> None:
    """They stand in the page itself, and name no address."""
    sheets = style("style")
    assert "{" in sheets
    assert "@import" not in sheets
    assert "http" not in sheets
