"""The forms that a report takes: page, text and workbook, each imported only when it is used."""

from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec

from kpicli.errors import SettingsError
from kpicli.renderers.interface import Rendered
from kpicli.report.model import Report
from kpicli.wording import Language, Text

FORMATS = ("html", "markdown", "xlsx")
WORKBOOK = "kpicli.report.workbook"


@dataclass(frozen=True, slots=True)
class Layout:
    """How to lay a report out: language, charts by id, and whether only a fragment is wanted."""

    language: Language
    charts: tuple[str, ...]
    fragment: bool = False


def require(form: str, layout: Layout) -> None:
    """Raise `SettingsError` where what the format needs is not there. Light: nothing is loaded."""
    if form == "xlsx" and find_spec(WORKBOOK) is None:
        raise SettingsError(
            Text("この版は報告を xlsx で出せません", "this version cannot write a report as xlsx"),
            Text(
                "-o report.html か -o report.md にするか、summarize -o kpi.xlsx を使ってください",
                "use -o report.html or -o report.md, or summarize -o kpi.xlsx",
            ),
        )
    if form == "html" and layout.charts:
        from kpicli.report.charts import require_charts

        require_charts()


def render_report(report: Report, form: str, layout: Layout) -> Rendered:
    """Return the report in a format of `FORMATS`."""
    if form == "xlsx":
        return bytes(import_module(WORKBOOK).render_workbook(report))
    if form == "markdown":
        from kpicli.report.markdown import render_markdown

        return render_markdown(report, layout.language, layout.charts)
    from kpicli.report.page import render_page

    return render_page(report, layout.language, layout.charts, fragment=layout.fragment)
