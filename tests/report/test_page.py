"""The page: self-contained, without script, safe whatever the words hold, plain to readers."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

import kpicli
from kpicli.base.errors import SettingsError
from kpicli.report import formats
from kpicli.report.build import build_report
from kpicli.report.charts import charts
from kpicli.report.formats import Layout, render_report
from kpicli.report.model import Report, Section
from kpicli.report.narrative import parse_narrative
from kpicli.settings.settings import read_settings
from support.report_fixtures import TOP, Make
from support.small_project import TODAY, Project

ALL = ("targets", "voices")


class Elements(HTMLParser):
    """Every element with its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.found.append((tag, dict(attrs)))

    def values(self, *names: str) -> Iterator[str]:
        """Yield the values of some attributes."""
        for _, attributes in self.found:
            yield from (value or "" for name, value in attributes.items() if name in names)


def html(report: Report, *, fragment: bool = False, chosen: tuple[str, ...] = ALL) -> str:
    """Return the report as a page."""
    text = render_report(report, "html", Layout("ja", chosen, fragment))
    assert isinstance(text, str)
    return text


def markdown(report: Report) -> str:
    """Return the report as Markdown."""
    text = render_report(report, "markdown", Layout("ja", ALL))
    assert isinstance(text, str)
    return text


def test_the_page_asks_for_nothing(make: Make) -> None:
    """No script, no event, no address but anchors of its own, and a policy that forbids more."""
    page = html(make(TOP + "![絵](https://example.jp/a.png)\n"))
    elements = Elements(page)
    tags = {tag for tag, _ in elements.found}
    assert not tags & {"script", "link", "iframe", "img", "object", "embed", "base", "form"}
    assert not [name for _, a in elements.found for name in a if name.startswith("on")]
    assert not list(elements.values("src", "srcset", "poster", "data"))
    assert "default-src 'none'" in " ".join(elements.values("content"))
    assert not re.findall(r"@import|url\((?!#)", page)


def test_ids_are_unique_and_every_anchor_leads_somewhere(make: Make) -> None:
    """Also with several charts, whose own ids would otherwise be the same."""
    elements = Elements(html(make(TOP), chosen=(*ALL, "voices_nonlife")))
    ids = list(elements.values("id"))
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in elements.values("href")} <= set(ids)
    named = [name for value in elements.values("aria-labelledby") for name in value.split()]
    assert set(named) <= set(ids)


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


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&|`\x1b[31m\u202e"


def test_hostile_words_stay_words(make: Make) -> None:
    """Raw HTML, links with scripts, entities and hidden signs in the narrative show as typed."""
    words = f"{HOSTILE}\n\n[x](javascript:alert(1)) <javascript:alert(1)> [y](data:text/html,z)"
    report = make(f"# {HOSTILE}\n\n{words}\n\n## 原則2 {HOSTILE}\n\n### 評価\n\n{words}\n")
    page = html(report)
    elements = Elements(page)
    assert not {tag for tag, _ in elements.found} & {"script", "img"}
    assert {link[0] for link in elements.values("href")} == {"#"}
    assert "\x1b" not in page
    assert "\u202e" not in page
    text = markdown(report)
    assert "<script" not in text
    assert "<img" not in text
    assert "\x1b" not in text


def test_hostile_titles_and_cells_stay_text(project: Project) -> None:
    """A KPI's title, unit and parts out of an export are escaped in table, chart and appendix."""
    project.export("voices", [f'X1,2025/4/1,損保,感謝,"<b onclick=x>{HOSTILE[:25]}",'])
    title = HOSTILE.replace("\x1b", "").replace('"', "").replace("\u202e", "")
    project.toml(
        f'[kpi.own]\ntitle = "{title}"\nprinciples = ["<2>"]\nunit = "<i>"\n'
        'source = "voices"\nmeasure = "count"\nparts = { by = "team" }'
    )
    summary = kpicli.summarize(
        "2025H1", kpis=["own"], by="month", config=project.config, today=TODAY
    )
    settings = read_settings(project.config)
    report = build_report(settings, parse_narrative(TOP, project.folder), summary, "ja")
    page = html(report, chosen=("own",))
    elements = Elements(page)
    assert "svg" in {tag for tag, _ in elements.found}
    assert not {tag for tag, _ in elements.found} & {"script", "img", "i", "b"}
    assert not list(elements.values("onclick", "onerror"))
    text = markdown(report)
    assert "<script" not in text.replace("\\", "")
    assert "<b" not in text.replace("<br>", "")


def test_a_figure_that_is_not_final_says_so_at_the_top(make: Make, project: Project) -> None:
    """要確認 stands in the summary and in the table, in both formats."""
    project.export("voices", ["V9,2025/9/31,損保,感謝,,"])
    report = make(TOP)
    page, text = html(report), markdown(report)
    summary = page[page.index('id="fd-summary"') : page.index('id="fd-p2"')]
    assert "確定していない数値" in summary
    assert "お客様の声: 要確認(1件)" in summary
    assert "データなし" in summary, "a KPI without data is named as well"
    assert "確定していない数値:" in text
    assert "- お客様の声: 要確認(1件)" in text


def test_a_fragment_is_a_body_for_another_page(make: Make) -> None:
    """No html, head or body; every style begins at its own element; headings one level lower."""
    page = html(make(TOP), fragment=True)
    elements = Elements(page)
    tags = {tag for tag, _ in elements.found}
    assert not tags & {"html", "head", "body", "main", "meta", "title"} - {"title"}
    assert "h1" not in tags
    sheet = page[page.index("<style>") + 7 : page.index("</style>")]
    rules = re.findall(r"(?m)^\s*([^@{}\n][^{\n]*)\{", sheet)
    assert len(rules) > 50
    selectors = [s.strip() for rule in rules for s in re.split(r",(?![^()]*\))", rule)]
    assert [s for s in selectors if not s.startswith(".fd-report")] == []


def test_headings_of_the_words_stay_below_those_of_the_page(make: Make) -> None:
    """A heading within a passage is never above the passage's own."""
    page = html(make(f"{TOP}## 原則2 x\n\n### 評価\n\n> # 大\n\n#### 小\n"))
    assert "<h4>大</h4>" in page
    assert "<h4>小</h4>" in page


def test_a_line_end_between_japanese_letters_is_no_space(make: Make) -> None:
    """Lines of Japanese run on; between Latin words the space stays."""
    page = html(make(f"{TOP}これは\n文です。\n\nof\nwords\n"))
    assert "<p>これは文です。</p>" in page
    assert "<p>of\nwords</p>" in page


def test_no_line_ends_within_a_number(make: Make) -> None:
    """Dates, fractions and changes are kept whole."""
    page = html(make(f"{TOP}{{{{ renewal_talks }}}}件 {{{{ as_of }}}}\n"))
    assert '<span class="fd-whole">2/3</span>件' in page
    assert '<span class="fd-whole">2025-09-30</span>' in page


def test_in_english(make: Make) -> None:
    """Labels follow the language, and the page says which it is in."""
    page = render_report(make(TOP, language="en"), "html", Layout("en", ALL))
    assert isinstance(page, str)
    assert '<html lang="en">' in page
    assert "Principle 2" in page


def test_without_what_draws_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is refused with the command that installs it; without charts nothing is needed."""
    monkeypatch.setattr(charts, "find_spec", lambda _: None)
    with pytest.raises(SettingsError) as error:
        formats.require("html", Layout("ja", ALL))
    assert error.value.hint is not None
    assert "pip install 'kpicli[report]'" in error.value.hint.en
    formats.require("html", Layout("ja", ()))
    formats.require("markdown", Layout("ja", ALL))


def test_the_order_of_the_narrative_is_kept(make: Make) -> None:
    """Sections come as they were written; a principle without words follows."""
    report = make("# a\n\n## 原則7 y\n\n## 原則2 x\n")
    assert [section.principle for section in report.sections] == ["7", "2", "3", "4"]
    assert report.sections[2] == Section("3", "")
