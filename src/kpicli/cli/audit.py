"""`kpicli audit`: whether the numbers of a published table add up."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpicli.base.errors import UsageError
from kpicli.base.exit_codes import ExitCode
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common
from kpicli.cli.shared.language import say
from kpicli.cli.shared.options import EncodingOption, OutputOption, format_option
from kpicli.cli.shared.output import write
from kpicli.cli.shared.target import Target, choose_target, require_format

if TYPE_CHECKING:
    from kpicli.audit.audit import Audit
    from kpicli.catalog.kpis import Kpi
    from kpicli.output.formats import Rendered

FORMATS = ("table", "text", "csv", "tsv", "json")

TableArgument = Annotated[
    Path,
    typer.Argument(metavar="FILE", help=say("表(csv, tsv, xlsx)", "The table (csv, tsv, xlsx)")),
]
AuditFormatOption = Annotated[str | None, format_option(FORMATS)]


def audit(
    context: typer.Context,
    table: TableArgument,
    format_name: AuditFormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
) -> None:
    """Check the arithmetic of a published table."""
    target = choose_target(format_name, output, encoding)
    require_format(target, "audit", FORMATS)
    _refuse_itself(target, table)
    from kpicli.audit.audit import audit_file

    def known_kpis() -> "Mapping[str, Kpi]":
        return common(context).settings().catalog.kpi

    found = audit_file(table, known_kpis)
    write(_rendered(found, target), target)
    if target.format in ("csv", "tsv") and (found.wrong or not found.checked):
        _tell_outcome(found)
    raise typer.Exit(ExitCode.DOES_NOT_ADD_UP if found.wrong else ExitCode.OK)


def _refuse_itself(target: Target, table: Path) -> None:
    file = target.file
    if file is not None and file.exists() and table.exists() and file.samefile(table):
        raise UsageError(
            Text(f"{table} は監査する表そのものです", f"{table} is the table to audit"),
            Text("別のファイル名にしてください", "write to another file"),
        )


def _tell_outcome(found: "Audit") -> None:
    from kpicli.audit.render import verdict_words
    from kpicli.cli.shared.language import LANGUAGE
    from kpicli.cli.shared.messages import tell

    tell(f"{found.file}: {verdict_words(found).in_language(LANGUAGE)}")


def _rendered(found: "Audit", target: Target) -> "Rendered":
    from kpicli.audit.records import records_of, render_json
    from kpicli.audit.render import render_text
    from kpicli.output.data.records import render_csv

    if target.format in ("table", "text"):
        return render_text(found, target.options)
    if target.format == "json":
        return render_json(found)
    return render_csv(records_of(found), "\t" if target.format == "tsv" else ",")
