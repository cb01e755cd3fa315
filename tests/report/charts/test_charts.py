"""Charts are drawn as pictures with words."""

import re

import pytest

from kpicli.base.errors import SettingsError
from kpicli.report import formats
from kpicli.report.charts import charts
from kpicli.report.formats import Layout
from support.report_fixtures import ALL, TOP, Make, html


def test_a_chart_has_words(make: Make) -> None:
    """Each is one picture with title and description, its letters are text in Japanese fonts."""
    page = html(make(TOP))
    drawing = page[page.index("<svg") : page.index("</svg>")]
    head = drawing[: drawing.index(">")]
    assert 'role="img"' in head
    assert 'aria-labelledby="fd-chart-voices-title fd-chart-voices-desc"' in head
    assert '<title id="fd-chart-voices-title">お客様の声の月別の推移(件)</title>' in drawing
    assert "感謝 2件" in drawing[drawing.index("<desc") : drawing.index("</desc>")]
    assert re.search(r"<text[^>]*Noto Sans CJK JP[^>]*>感謝</text>", drawing)
    assert "role=" not in drawing[len(head) :]


def test_without_what_draws_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is refused with the command that installs it; without charts nothing is needed."""
    monkeypatch.setattr(charts, "find_spec", lambda _: None)
    with pytest.raises(SettingsError) as error:
        formats.require("html", Layout("ja", ALL))
    assert error.value.hint is not None
    assert "pip install 'kpicli[report]'" in error.value.hint.en
    formats.require("html", Layout("ja", ()))
    formats.require("markdown", Layout("ja", ALL))
