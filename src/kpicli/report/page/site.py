"""The pages of a site that belong to no single period: its index, and the trend of its figures.

They stand in the frame of the reports, with the same styles, and load nothing.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language, Text
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.output.page.templating import templates
from kpicli.output.sentences import day_words, span_words
from kpicli.report import labels
from kpicli.report.charts.chart_data import Chart, trend_chart
from kpicli.report.model import Correspondence, Frame, Link
from kpicli.report.page.render import page_content

TEMPLATE = "site.html.j2"
DATA: tuple[tuple[str, Text], ...] = (
    ("csv", Text("数値(CSV)", "Figures (CSV)")),
    ("xlsx", Text("数値(Excel)", "Figures (Excel)")),
    ("json", Text("数値(JSON)", "Figures (JSON)")),
)
"""The data files of a period, by their suffixes."""


class Entry(Struct, frozen=True):
    """A period of a site: where its page and data are, and when it was published."""

    period: Period
    published_on: date | None = None
    languages: tuple[Language, ...] = ("ja",)


class Shown(Struct, frozen=True):
    """A period as the index shows it."""

    page: Link
    said: tuple[str, ...]
    data: tuple[Link, ...]


class Trend(Struct, frozen=True):
    """A KPI as the page of trends shows it: its name, how it is counted, and its chart.

    The chart's title, which names the KPI, is the heading.
    """

    title: str
    note: str
    chart: Chart


def page_name(name: str, language: Language) -> str:
    """Return the file of a page: `index.html`, in English `index.en.html`."""
    return f"{name}.html" if language == "ja" else f"{name}.{language}.html"


def data_name(period: Period, suffix: str, language: Language) -> str:
    """Return the file of a period's figures: `2025H1.csv`, in English `2025H1.en.csv`."""
    return f"{period.name}.{suffix}" if language == "ja" else f"{period.name}.{language}.{suffix}"


def site_frame(
    frame: Frame,
    entries: Sequence[Entry],
    own: Entry | None,
    name: str,
    language: Language,
    *,
    answered: bool = False,
) -> Frame:
    """Return the frame of a page with the links of its site before its own.

    These are the index, the trend, where principles are `answered`, the data of the page's `own`
    period, and the same page (`name`) in the other language where there is one; earlier periods of
    the site are the editions.
    """
    links = [
        Link(labels.INDEX.in_language(language), page_name("index", language)),
        Link(labels.TREND.in_language(language), page_name("trend", language)),
    ]
    editions: tuple[Link, ...] = ()
    if answered:
        name_of_table = labels.CORRESPONDENCE_TABLE.in_language(language)
        links.append(Link(name_of_table, page_name("principles", language)))
    if own is not None:
        links += data_links(own, language)
        earlier = [
            e for e in entries if e.period.end < own.period.start and language in e.languages
        ]
        editions = tuple(
            Link(e.period.label(language), page_name(e.period.name, language)) for e in earlier
        )
    known = own.languages if own is not None else all_languages(entries)
    links += [Link(_OTHER[other], page_name(name, other)) for other in known if other != language]
    return replace(frame, top=(*links, *frame.top), editions=editions)


_OTHER: dict[Language, str] = {"ja": "日本語", "en": "English"}


def all_languages(entries: Sequence[Entry]) -> tuple[Language, ...]:
    """Return the languages in which a site has pages, Japanese first."""
    return ("ja", "en") if any("en" in entry.languages for entry in entries) else ("ja",)


def data_links(entry: Entry, language: Language) -> list[Link]:
    """Return the links to a period's data files."""
    return [
        Link(text.in_language(language), data_name(entry.period, suffix, language))
        for suffix, text in DATA
    ]


def index_page(entries: Sequence[Entry], frame: Frame, language: Language) -> str:
    """Return the index of a site: every period with its page and its data, the latest first.

    A period that has no words in the language is linked to in Japanese.
    """
    shown = tuple(_shown(entry, language) for entry in entries)
    title = labels.INDEX_TITLE.in_language(language)
    content = page_content(frame, language, title)
    return templates().get_template(TEMPLATE).render(**content, entries=shown, trends=(), lines=())


def _shown(entry: Entry, language: Language) -> Shown:
    own: Language = language if language in entry.languages else "ja"
    said = [span_words(entry.period, language)]
    if entry.published_on is not None:
        named = labels.PUBLISHED_ON.in_language(language)
        said.append(f"{named} {day_words(entry.published_on, language)}")
    page = Link(entry.period.label(language), page_name(entry.period.name, own))
    return Shown(page, tuple(said), tuple(data_links(entry, own)))


def principles_page(
    title: str, lines: Sequence[Correspondence], frame: Frame, language: Language
) -> str:
    """Return the page that says where each principle is answered."""
    content = page_content(frame, language, title)
    template = templates().get_template(TEMPLATE)
    return template.render(**content, entries=(), trends=(), lines=lines)


def trend_page(summary: Summary, frame: Frame, language: Language) -> str:
    """Return the page of trends: a chart and its numbers for each KPI that has two values."""
    title = labels.TREND.in_language(language)
    content = page_content(frame, language, title)
    trends = tuple(_trends(summary, language))
    return templates().get_template(TEMPLATE).render(**content, entries=(), trends=trends, lines=())


def _trends(summary: Summary, language: Language) -> Iterator[Trend]:
    for number, (name, head) in enumerate(summary.kpis.items(), 1):
        chart = trend_chart(summary, name, language)
        if chart is not None:
            note = "" if head.note is None else head.note.in_language(language)
            own = replace(chart, id=f"{chart.id}-{number}")
            yield Trend(head.title.in_language(language), note, own)
