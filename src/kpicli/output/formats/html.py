"""html: the page as one self-contained file, without script and without any request."""

from kpicli.base.wording import Text
from kpicli.model.figures import Summary
from kpicli.output.interface import Options
from kpicli.output.page import words
from kpicli.output.page.grid_tables import Grid, plain_grid
from kpicli.output.page.page import Line, build_page
from kpicli.output.page.templating import POLICY, style, templates


def render(summary: Summary, options: Options) -> str:
    """Return the summary as an HTML page, a heading and a table for each principle."""
    page = build_page(summary, options.language)
    grids = [
        Grid(section.heading, page.item, page.columns, section.lines, stacked=True)
        for section in page.sections
    ]
    rows = [Line(0, cells[0], cells[1:]) for cells in page.rows]
    columns = tuple(Text(name, name) for name in page.rows_columns[1:])
    sources = plain_grid(words.ROWS, words.SOURCE, columns, rows, options.language)
    return (
        templates()
        .get_template("summary.html.j2")
        .render(
            page=page,
            grids=grids,
            sources=sources if rows else None,
            language=options.language,
            policy=POLICY,
            style=style("style", "paper"),
        )
    )
