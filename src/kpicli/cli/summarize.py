"""`kpicli summarize`: the figures of a period."""

import typer

from kpicli.cli.door import (
    common,
    parse_as_of,
    parse_comparisons,
    parse_period,
    split_names,
    today,
)
from kpicli.cli.options import (
    AllowDefinitionChangeOption,
    AsOfOption,
    ByOption,
    CompareOption,
    EncodingOption,
    FailOn,
    FailOnOption,
    FormatOption,
    KpiOption,
    OutputOption,
    PeriodOption,
    RecomputeOption,
    ShowPersonalOption,
    ShowValuesOption,
)
from kpicli.cli.output import write
from kpicli.cli.progress import reading_progress
from kpicli.cli.talk import FAULTS_TOUCH, show_faults, show_remarks
from kpicli.cli.target import choose_target, refuse_inputs
from kpicli.figures import Summary, TargetStatus
from kpicli.renderers import renderer
from kpicli.request import Request, wanted_kpis

TARGET_MISSED = 6
TELLING = ("table", "text", "markdown", "json")
"""Formats in which the remarks on a KPI stand beside its figures."""


def summarize(
    context: typer.Context,
    period: PeriodOption,
    kpi: KpiOption = None,
    by: ByOption = None,
    compare: CompareOption = None,
    as_of: AsOfOption = None,
    format_name: FormatOption = None,
    output: OutputOption = None,
    encoding: EncodingOption = None,
    show_personal: ShowPersonalOption = False,
    show_values: ShowValuesOption = False,
    fail_on: FailOnOption = None,
    recompute: RecomputeOption = False,
    allow_definition_change: AllowDefinitionChangeOption = False,
) -> None:
    """Count every figure of a period."""
    target = choose_target(format_name, output, encoding, show_values)
    settings = common(context).settings_with_exports()
    refuse_inputs(target, settings)
    request = Request(
        period=parse_period(period, settings),
        kpis=split_names(kpi),
        by=by,
        compare=parse_comparisons(compare),
        as_of=parse_as_of(as_of, settings),
        show_personal=show_personal,
        recompute=recompute,
        allow_definition_change=allow_definition_change,
    )
    wanted_kpis(settings.catalog, request)  # refuse what cannot be before pandas is loaded
    from kpicli.summary import summarize as run

    with reading_progress() as report:
        summary = run(settings, request, today(settings), report)
    write(renderer(target.format)(summary, target.options), target)
    show_faults(summary.faults, show_values)
    if target.format not in TELLING:
        show_remarks(summary)
    raise typer.Exit(exit_code(summary, fail_on))


def exit_code(summary: Summary, fail_on: FailOn | None) -> int:
    """Return 5 when rows in doubt touch a figure, else 6 when asked to fail on a missed target."""
    values = [figure.value for figure in summary.figures]
    values += [c.value for figure in summary.figures for c in figure.comparisons]
    if any(value.faulty_rows for value in values):
        return FAULTS_TOUCH
    missed = any(
        figure.target is not None and figure.target.status is TargetStatus.MISSED
        for figure in summary.figures
    )
    return TARGET_MISSED if missed and fail_on is FailOn.TARGET else 0
