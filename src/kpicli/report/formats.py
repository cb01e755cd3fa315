"""The forms that a report takes: page, text and workbook, each imported only when it is used."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.output.interface import Rendered

if TYPE_CHECKING:
    from kpicli.report.model import Report

FORMATS = ("html", "markdown", "xlsx", "pdf")
PDF = "pdf"
"""The format that reports alone have."""


class Layout(Struct, frozen=True):
    """The options of a layout: language, charts by id, and whether only a fragment is wanted."""

    language: Language
    charts: tuple[str, ...]
    fragment: bool = False


def require(form: str) -> None:
    """Raise `SettingsError` where what a format of `FORMATS` needs is not there."""
    if form == PDF:
        from kpicli.report.page.pdf import require_pdf

        require_pdf()


def plain_fragment(report: "Report", layout: Layout, stem: str) -> Mapping[str, bytes]:
    """Return a fragment without styles and drawings, with those beside it, by their file names."""
    from kpicli.report.page.render import plain_files

    return plain_files(report, layout.language, layout.charts, stem)


def render_report(report: "Report", form: str, layout: Layout) -> Rendered:
    """Return the report in a format of `FORMATS`."""
    if form == "xlsx":
        from kpicli.report.workbook.workbook import render_workbook

        return render_workbook(report, layout.language)
    if form == PDF:
        from kpicli.report.page.pdf import pdf_of
        from kpicli.report.page.render import render_page

        return pdf_of(render_page(report, layout.language, layout.charts))
    if form == "markdown":
        from kpicli.report.markdown import render_markdown

        return render_markdown(report, layout.language, layout.charts)
    from kpicli.report.page.render import render_page

    return render_page(report, layout.language, layout.charts, fragment=layout.fragment)
