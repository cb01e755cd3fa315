"""The report as one self-contained HTML page, or as a fragment for a CMS."""

from markupsafe import Markup
from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.output.page import words
from kpicli.output.page.templating import POLICY, style, templates
from kpicli.report import labels
from kpicli.report.appendix import Chapter
from kpicli.report.charts.chart_data import Chart
from kpicli.report.charts.charts import draw
from kpicli.report.model import Report
from kpicli.report.narrative.html import as_html, as_inline_html, as_text
from kpicli.report.outline import outline


class _Labels(Struct, frozen=True):
    """The labels of a page in one language, by their names."""

    language: Language

    def __getattr__(self, name: str) -> str:
        text: Text = getattr(labels, name, None) or getattr(words, name)
        return text.in_language(self.language)


def render_page(
    report: Report, language: Language, charts: tuple[str, ...], *, fragment: bool = False
) -> str:
    """Return the report as HTML with those of the named charts that there is data for.

    A fragment is the body alone with its styles, which touch nothing outside it; its headings begin
    one level lower, since the page around it has a heading of its own.
    """
    top = 2 if fragment else 1
    shown = outline(report, language, charts)

    def passages(chapter: Chapter) -> list[tuple[str, str, Markup]]:
        return [
            (name, text.in_language(language), _passage_html(chapter, name, language, top + 3))
            for name, text in labels.PASSAGES.items()
        ]

    def drawing(chart: Chart) -> Markup:
        return Markup(draw(chart))  # noqa: S704 - made of elements, every text of it escaped

    return (
        templates()
        .get_template("report.html.j2")
        .render(
            outline=shown,
            introduction=as_html(shown.introduction, language, top + 1),
            passages=passages,
            drawing=drawing,
            inline=as_inline_html,
            title=as_text(shown.title),
            words=_Labels(language),
            language=language,
            top=top,
            fragment=fragment,
            policy=POLICY,
            style=style("style", "report") if fragment else style("style", "report", "paper"),
        )
    )


def _passage_html(chapter: Chapter, name: str, language: Language, least: int) -> Markup:
    return as_html(getattr(chapter.section, name), language, least)
