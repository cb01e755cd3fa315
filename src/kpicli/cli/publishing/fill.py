"""`kpicli fill`: an office's own workbook, document or slides, filled with figures."""

from pathlib import Path
from typing import Annotated

import typer

from kpicli.base.errors import InputError, UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.context import common, today
from kpicli.cli.shared.destination import refuse_own_files
from kpicli.cli.shared.language import LANGUAGE, say
from kpicli.cli.shared.messages import show_doubts, show_faults, show_warnings
from kpicli.cli.shared.options import (
    PUBLISHED_BESIDE,
    AllowDefinitionChangeOption,
    AllowDoubtOption,
    AsOfOption,
    CompareOption,
    PeriodOption,
    RecomputeOption,
    ShowValuesOption,
)
from kpicli.cli.shared.outcome import exit_code
from kpicli.cli.shared.output import write_named
from kpicli.cli.shared.progress import reading_progress
from kpicli.cli.shared.protected_paths import is_file
from kpicli.settings.arguments import parse_names
from kpicli.settings.request import WrittenRequest

TemplateArgument = Annotated[
    Path,
    typer.Argument(
        metavar="TEMPLATE",
        show_default=False,
        help=say(
            "{{ voices }} などを書いた様式(.xlsx, .docx, .pptx)",
            "The form with {{ voices }} and so on in it (.xlsx, .docx, .pptx)",
        ),
    ),
]
FilledOption = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE", help=say("書くファイル", "The file to write")),
]


def fill(
    context: typer.Context,
    template: TemplateArgument,
    period: PeriodOption,
    output: FilledOption,
    compare: CompareOption = None,
    as_of: AsOfOption = None,
    allow_doubt: AllowDoubtOption = False,
    show_values: ShowValuesOption = False,
    recompute: RecomputeOption = False,
    allow_definition_change: AllowDefinitionChangeOption = False,
) -> None:
    """Write an office's own form with the figures of a period in it."""
    from kpicli.report.narrative.figure_values import template_values
    from kpicli.report.office.document import SUFFIXES, filled_document
    from kpicli.report.office.values import Figures

    suffixes = ", ".join(SUFFIXES)
    if template.suffix.lower() not in SUFFIXES or output.suffix.lower() != template.suffix.lower():
        raise UsageError(
            Text(
                f"様式と出力は、同じ拡張子のファイルです({suffixes} のどれか)",
                f"the form and the file to write end alike, in one of {suffixes}",
            ),
            Text(
                f"例: kpicli fill 様式.xlsx -p {period} -o 報告.xlsx",
                f"kpicli fill form.xlsx -p {period} -o filled.xlsx",
            ),
        )
    if is_file(str(template.absolute()), Path.cwd(), output):
        raise UsageError(
            Text(f"{output} は様式そのものです", f"{output} is the form itself"),
            Text("別のファイル名にしてください", "write to another file"),
        )
    settings = common(context).settings_with_exports()
    refuse_own_files(output, settings.folder, settings.patterns, settings.protected_paths)
    content = _read(template)
    day = today(settings)
    request = WrittenRequest(
        period,
        by="month",
        compare=PUBLISHED_BESIDE if compare is None else parse_names(compare, "--compare"),
        as_of=as_of,
        recompute=recompute,
        allow_definition_change=allow_definition_change,
    ).read(settings, day)
    from kpicli.run.summary import summarize

    with reading_progress() as reporter:
        summary = summarize(settings, request, day, reporter)
    figures = Figures(template_values(summary, LANGUAGE), allow_doubt)
    write_named(output, filled_document(content, template.name, figures))
    show_faults(summary.faults, show_values)
    show_warnings(summary)
    show_doubts(summary)
    raise typer.Exit(exit_code(summary, fail_on_target=False))


def _read(template: Path) -> bytes:
    try:
        return template.read_bytes()
    except OSError as error:
        from kpicli.base.storage import why_unread

        raise InputError(
            Text(
                f"{template} が読めません({why_unread(error).ja})",
                f"{template} cannot be read ({why_unread(error).en})",
            ),
            Text("ファイル名を確かめてください", "look whether the name is right"),
        ) from None
