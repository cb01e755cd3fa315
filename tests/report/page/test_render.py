"""The page: self-contained, without script, safe whatever the words hold, plain to readers."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest
from msgspec.structs import replace

import kpicli
from kpicli.base.errors import SettingsError
from kpicli.report.build import build_report
from kpicli.report.formats import Layout, render_report
from kpicli.report.model import Edition, Frame, Link
from kpicli.report.narrative.parse import parse_narrative
from kpicli.settings.settings import read_settings
from support.report_fixtures import ALL, TOP, Make, html, markdown
from support.small_project import TODAY, Project


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


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&|`\x1b[31m\u202e"


def test_hostile_words_stay_words(make: Make) -> None:
    """Raw HTML, links with scripts, entities and hidden signs in the narrative show as typed."""
    words = f"{HOSTILE}\n\n[x](javascript:alert(1)) <javascript:alert(1)> [y](data:text/html,z)"
    report = make(f"# {HOSTILE}\n\n{words}\n\n## 原則2 {HOSTILE}\n\n### 評価\n\n{words}\n")
    page = html(report)
    elements = Elements(page)
    assert not {tag for tag, _ in elements.found} & {"script", "img"}
    assert {link[0] for link in elements.values("href")} == {"#"}
    assert page.count("</style") == 1
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
    doubts = page[page.index('id="fd-doubts"') : page.index('id="fd-p2"')]
    assert "お客様の声: 要確認(1件)" in doubts
    assert "データなし" in doubts, "a KPI without data is named as well"
    assert "確定していない数値:" in text
    assert "- お客様の声: 要確認(1件)" in text


def test_the_caption_of_a_chart_leads_to_its_footnote(make: Make) -> None:
    """A chart without a table beside it has the mark alone, and the footnote is there."""
    page = html(make(f"{TOP}## 原則2 x\n\n::: chart voices\n"))
    caption = page[page.index("<figcaption>") : page.index("</figcaption>")]
    assert '<a href="#fd-note-1">注1</a>' in caption
    assert page.count('id="fd-note-1"') == 1


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


def test_an_internal_page_says_so_on_every_sheet_of_paper(make: Make) -> None:
    """In the title, at the top, and in print at the top of each sheet; a public page never."""
    page = html(make(TOP))
    assert "<title>社内用 報告</title>" in page
    assert '<p class="fd-internal">社内用</p>' in page
    assert re.search(r"\.fd-internal \{[^}]*position: fixed", page[page.index("@media print") :])
    assert "社内用" not in html(make(TOP, edition="public"))


@pytest.mark.parametrize("edition", ["public", "internal"])
@pytest.mark.parametrize("fragment", [False, True])
def test_the_page_is_valid(make: Make, edition: Edition, fragment: bool) -> None:
    """A strict parser of the standard finds nothing to mend, whatever the words are made of."""
    words = (
        "前書き\n\n::: cards voices\n\n> 引用\n\n- a\n  - b\n\n## 原則2・原則7 x\n\n### (1) y\n\n"
        "#### 取り組み課題\n\n|a|b|\n|-|-|\n|1|2|\n\n#### 振り返り\n\n【数値・事実】\n\n"
        "::: figures voices, renewal_talks\n\n::: months voices\n\n::: trend voices\n\n"
        "::: chart voices\n\n```\n<code>\n```\n"
    )
    for text in (TOP + words, TOP, TOP + HOSTILE):
        report = replace(make(text, edition=edition), frame=FRAME)
        parser = html5lib.HTMLParser(strict=True)
        page = html(report, fragment=fragment)
        (parser.parseFragment if fragment else parser.parse)(page)
        assert parser.errors == []


FRAME = Frame(
    organisation="見本 <代理店>",
    logo="data:image/png;base64,AAAA",
    published_on=date(2025, 12, 12),
    contact="窓口 & 相談",
    top=(Link("方針", "https://example.jp/policy?a=1&b=2"),),
    end=(Link("会社概要", "company.html"),),
    editions=(Link("2024年度下期", "2024H2.html"),),
)


def test_the_frame_stands_around_the_report(make: Make) -> None:
    """Who publishes it, when, where to read on: on the page, and not in a fragment."""
    report = replace(make(TOP, edition="public"), frame=FRAME)
    page = html(report)
    assert "<title>報告 | 見本 &lt;代理店&gt;</title>" in page
    assert '<img src="data:image/png;base64,AAAA" alt=""> 見本 &lt;代理店&gt;</p>' in page
    elements = Elements(page)
    links = [link for link in elements.values("href") if not link.startswith("#")]
    assert links == ["https://example.jp/policy?a=1&b=2", "2024H2.html", "company.html"]
    assert "窓口 &amp; 相談" in page
    fragment = html(report, fragment=True)
    assert "代理店" not in fragment
    assert "2025年12月12日" in re.sub("<[^>]+>", "", fragment)
    assert "2024H2.html" in fragment


def test_without_contents(make: Make) -> None:
    """The list of sections can be left out."""
    assert 'class="fd-contents"' in html(make(TOP))
    report = replace(make(TOP), frame=Frame(contents=False))
    assert 'class="fd-contents"' not in html(report)


def test_a_template_of_ones_own(make: Make, tmp_path: Path) -> None:
    """It fills blocks of ours, or stands alone; what it is filled with is escaped."""
    file = tmp_path / "own.html"
    file.write_text(
        '{% extends "report.html.j2" %}'
        "{% block footer %}<footer>{{ title }}</footer>{% endblock %}",
        encoding="utf-8",
    )
    report = replace(make("# a<b\n"), frame=Frame(organisation="x", template=str(file)))
    page = html(report)
    assert "<footer>a&lt;b</footer>" in page
    assert 'id="fd-p2"' in page
    file.write_text("{{ title }}{{ frame.organisation }}", encoding="utf-8")
    assert html(report) == "a&lt;bx"
    assert html(report, fragment=True).startswith("<div")


@pytest.mark.parametrize(
    ("template", "line"),
    [("{{ nothing }}", ""), ("a\n{% if %}", ":2"), ("{{ ''.__class__.__mro__ }}", ""), (None, "")],
)
def test_a_template_that_cannot_be_filled(
    make: Make, tmp_path: Path, template: str | None, line: str
) -> None:
    """It is named with its line, as an error of the settings; it reaches nothing of Python."""
    file = tmp_path / "own.html"
    if template is not None:
        file.write_text(template, encoding="utf-8")
    report = replace(make(TOP), frame=Frame(template=str(file)))
    with pytest.raises(SettingsError) as error:
        html(report)
    assert f"{file}{line}" in error.value.message.en


def test_the_last_bar_of_a_card_is_seen_in_the_dark(make: Make) -> None:
    """Its colour is one that the dark page has a light one for."""
    page = html(make(f"{TOP}::: cards voices\n"))
    rule = re.search(r"fd-card-months rect:last-child \{ fill: var\((--\w+)\)", page)
    assert rule is not None
    dark = page[page.index("prefers-color-scheme: dark") :]
    assert f"{rule[1]}: #a9cdf2" in dark


def test_a_style_sheet_of_ones_own_follows_ours(make: Make) -> None:
    """So that its rules win."""
    page = html(replace(make(TOP), frame=Frame(style=".fd-report { color: red }")))
    sheet = page[page.index("<style>") : page.index("</style>")]
    assert sheet.rstrip().endswith(".fd-report { color: red }")


def test_in_english(make: Make) -> None:
    """Labels follow the language, and the page says which it is in."""
    page = render_report(make(TOP, language="en"), "html", Layout("en", ALL))
    assert isinstance(page, str)
    assert '<html lang="en">' in page
    assert "Principle 2" in page
