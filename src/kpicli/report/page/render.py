"""The report as one self-contained HTML page, or as a fragment for a CMS."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from jinja2 import ChoiceLoader, FileSystemLoader, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup
from msgspec import Struct

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Language, Text
from kpicli.output.page import words
from kpicli.output.page.safety import plain
from kpicli.output.page.templating import POLICY, made_environment, style, templates
from kpicli.report import labels
from kpicli.report.charts.chart_data import Chart
from kpicli.report.charts.drawing import draw
from kpicli.report.model import Frame, Report
from kpicli.report.narrative.html import as_html, as_inline_html, as_text
from kpicli.report.page.fragment import fitting, used_style, without_lines
from kpicli.report.page.outline import outline

TEMPLATE = "report.html.j2"
STYLE_PLACE = Markup("/*fd*/")
"""What stands in a fragment for its style sheet, until it is known which rules it needs."""


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
    one level lower, since the page around it has a heading of its own. A page stands in the frame
    of the report, and in the user's own template where the frame names one; raises `SettingsError`
    where that cannot be filled.
    """
    shown = outline(report, language, charts)
    content = page_content(report.frame, language, as_text(shown.title), fragment=fragment)
    content |= {"outline": shown, "internal": report.edition == "internal"}
    if fragment:
        body = without_lines(templates().get_template(TEMPLATE).render(content))
        return fitting(body.replace(STYLE_PLACE, used_style(str(content["style"]), body), 1))
    if not report.frame.template:
        return templates().get_template(TEMPLATE).render(content)
    return _in_own_template(Path(report.frame.template), content)


def plain_files(
    report: Report, language: Language, charts: tuple[str, ...], stem: str
) -> Mapping[str, bytes]:
    """Return a fragment without styles and drawings, and what it needs, by the names of the files.

    The body has classes alone, as a CMS leaves it that removes styles and drawings; its style sheet
    and its charts are files of their own, `stem` being the beginning of their names.
    """
    shown = outline(report, language, charts)
    content = page_content(report.frame, language, as_text(shown.title), fragment=True)
    content |= {"outline": shown, "internal": report.edition == "internal", "plain": True}
    files: dict[str, bytes] = {}

    def picture(chart: Chart) -> Markup:
        name = f"{stem}-{chart.id}.svg"
        files[name] = f"{draw(chart)}\n".encode()
        return Markup('<img src="{}" alt="{}">').format(quote(name), plain(chart.description))

    body = templates().get_template(TEMPLATE).render({**content, "drawing": picture})
    body = without_lines(body)
    style_sheet = used_style(str(content["style"]), body)
    return {f"{stem}.html": body.encode(), f"{stem}.css": f"{style_sheet}\n".encode(), **files}


def page_content(
    frame: Frame, language: Language, title: str, *, fragment: bool = False
) -> dict[str, object]:
    """Return what every page is filled with: its frame, styles and words, and what draws charts."""

    def drawing(chart: Chart) -> Markup:
        return Markup(draw(chart))  # noqa: S704 - made of elements, every text of it escaped

    def prose(text: str, level: int) -> Markup:
        return as_html(text, language, level)

    sheet = (
        style("style", "report") if fragment else style("style", "report", "paper", "whole_page")
    )
    if not fragment:
        sheet += Markup("\n" + _running_head(frame, title))  # noqa: S704 - its words are escaped
    if frame.style:
        sheet += Markup("\n" + frame.style)  # noqa: S704 - the user's own, checked before
    return {
        "frame": frame,
        "internal": False,
        "prose": prose,
        "drawing": drawing,
        "kinds": lambda laid: type(laid).__name__,
        "inline": as_inline_html,
        "title": title,
        "words": _Labels(language),
        "language": language,
        "top": 2 if fragment else 1,
        "fragment": fragment,
        "plain": False,
        "style_place": STYLE_PLACE,
        "policy": POLICY,
        "style": sheet,
    }


def _running_head(frame: Frame, title: str) -> str:
    """Return the rule that says on each printed sheet but the first whose it is, and its page."""
    words = " | ".join(filter(None, (frame.organisation, title)))
    shown = "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x} " for c in plain(words))
    head = f'@top-left {{ content: "{shown}"; font-size: 8pt; color: #4f5963; }}'
    return (
        f'@page {{ {head} @bottom-right {{ content: counter(page) " / " counter(pages);'
        " font-size: 8pt; color: #4f5963; } }\n@page :first { @top-left { content: none; } }"
    )


def _in_own_template(file: Path, content: dict[str, object]) -> str:
    """Return the page in a template of the user's, which may extend `report.html.j2`."""
    own = made_environment(ImmutableSandboxedEnvironment)
    ours = [] if own.loader is None else [own.loader]
    own.loader = ChoiceLoader([*ours, FileSystemLoader(file.parent)])
    try:
        source = file.read_text(encoding="utf-8-sig")
        return own.from_string(source).render(content)
    except (OSError, UnicodeDecodeError, TemplateError) as error:
        line = getattr(error, "lineno", None)
        place = f"{file}:{line}" if line else f"{file}"
        raise SettingsError(
            Text(
                f"ひな形 {place} からページを作れません: {error}",
                f"no page can be made from the template {place}: {error}",
            ),
            Text(
                "kpicli.toml の [report] template を直すか、消してください",
                "mend the template, or take [report] template out of kpicli.toml",
            ),
        ) from None
