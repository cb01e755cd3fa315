"""`kpicli audit`: whether the numbers of a published table add up."""

from pathlib import Path
from typing import Annotated

import typer

from kpicli.base.errors import ExitCode
from kpicli.cli.shared.context import common
from kpicli.cli.shared.destination import choose_destination, refuse_itself
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_message
from kpicli.cli.shared.options import EncodingOption, FormatOption, OutputOption
from kpicli.cli.shared.output import write_answer

TableArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE",
        help=say(
            "表(csv, tsv, xlsx, parquet, html, Markdown)",
            "The table (csv, tsv, xlsx, parquet, html, Markdown)",
        ),
    ),
]


def audit(
    context: typer.Context,
    table: TableArgument,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Check the arithmetic of a published table."""
    destination = choose_destination(format_name, output, encoding)
    refuse_itself(destination, table)
    from kpicli.audit.answer import audit_answer
    from kpicli.audit.audit import audit_file
    from kpicli.audit.document import verdict_words
    from kpicli.audit.own_columns import KnownKpi
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import Kpi

    def known_kpis() -> dict[str, KnownKpi]:
        catalog = common(context).settings().catalog
        kpis: dict[str, Kpi | ComposedKpi] = {**catalog.kpi, **catalog.composed}
        return {name: KnownKpi(kpi, kpi.counts_anew(catalog)) for name, kpi in kpis.items()}

    outcome = audit_file(table, known_kpis)
    write_answer(audit_answer(outcome), destination)
    if not destination.format.holds_remarks and (outcome.wrong or not outcome.checked):
        show_message(f"{outcome.file}: {verdict_words(outcome).in_language(LANGUAGE)}")
    raise typer.Exit(ExitCode.DOES_NOT_ADD_UP if outcome.wrong else ExitCode.OK)
