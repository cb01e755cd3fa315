"""Customer-first figures of an insurance agency, counted from its CRM exports.

    >>> import kpicli
    >>> summary = kpicli.summarize("2025H1", config="kpicli.toml")  # doctest: +SKIP
    >>> frame = kpicli.to_frame(summary)  # doctest: +SKIP

The names in `__all__` are public; docs/python.md describes them. Whatever else lies below this
package is private. Importing it loads neither pandas nor pyarrow; calling it does.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from kpicli.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from os import PathLike

    import pandas as pd

    from kpicli.base.errors import KpicliError
    from kpicli.base.faults import Fault
    from kpicli.loaders.rows.dataset import Dataset
    from kpicli.model.figures import Figure
    from kpicli.model.periods import FiscalYear, Period
    from kpicli.model.summary import Summary
    from kpicli.model.value import Status, Value
    from kpicli.settings.settings import Settings

__version__ = VERSION

__all__ = [
    "Dataset",
    "Fault",
    "Figure",
    "FiscalYear",
    "KpicliError",
    "Period",
    "Status",
    "Summary",
    "Value",
    "__version__",
    "accounting_frame",
    "faults_frame",
    "load",
    "rows",
    "summarize",
    "to_frame",
]

_MODULES = {
    "Dataset": "kpicli.loaders.rows.dataset",
    "Fault": "kpicli.base.faults",
    "Figure": "kpicli.model.figures",
    "FiscalYear": "kpicli.model.periods",
    "KpicliError": "kpicli.base.errors",
    "Period": "kpicli.model.periods",
    "Status": "kpicli.model.value",
    "Summary": "kpicli.model.summary",
    "Value": "kpicli.model.value",
}
"""Where the public classes live, each loaded when it is first asked for."""


if not TYPE_CHECKING:  # a type checker that sees it takes every name for one that is there

    def __getattr__(name: str) -> object:
        """Return a public class; Python asks here for what the package does not hold yet."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_MODULES[name]), name)
        return value


def __dir__() -> list[str]:
    return __all__


def load(
    *sources: str,
    config: str | PathLike[str] | None = None,
    today: date | str | None = None,
    engine: str = "local",
    scheduler: str | None = None,
) -> Mapping[str, Dataset]:
    """Return a dataset per source (all that the settings export, where none is named).

    `config` is the path of a kpicli.toml; without it the nearest one upward from the current folder
    is read. `today` is only needed to read relative words. `engine` and `scheduler` are those of
    `summarize`. Raises `KpicliError`, and `TypeError` for an argument of another type.
    """
    from kpicli.catalog.derivations.relations import looked_up
    from kpicli.loaders.engines.choice import open_engine
    from kpicli.loaders.load import load as load_sources
    from kpicli.settings.arguments import parse_names
    from kpicli.settings.exported import exported_sources

    settings = _settings(config, engine, scheduler)
    names = exported_sources(settings, parse_names(sources, "sources"))
    day = _day(today, settings)
    with open_engine(engine, scheduler) as chosen:
        needed = dict.fromkeys((*names, *looked_up(settings.catalog, names)))
        datasets = load_sources(settings, needed, day, engine=chosen)
        return {name: datasets[name] for name in names}


def summarize(
    period: str | Period | Iterable[str | Period],
    *,
    trend: int | None = None,
    kpis: str | Iterable[str] | None = None,
    by: str | None = None,
    compare: str | Iterable[str] | None = None,
    as_of: date | str | None = None,
    show_personal: bool = False,
    recompute: bool = False,
    allow_definition_change: bool = False,
    config: str | PathLike[str] | None = None,
    today: date | str | None = None,
    engine: str = "local",
    scheduler: str | None = None,
) -> Summary:
    """Return the figures of a period, all KPIs where none is named, with their row accounting.

    `period` is any word that the command line takes. `trend` sets as many periods of its kind
    beside each other, up to and including it; several periods (a list, or one text with commas)
    stand beside each other too, and the last one is the summary's own. `kpis` and `compare`
    ("previous", "year-ago") are one name, or several; `by` is "month", "quarter", "half", "year" or
    a column, a personal one only with `show_personal`, or two of these ("line,month") that are
    crossed. Days (`as_of`, `today`) are dates, or texts as the exports may write them. What was
    frozen of another period is what stands there, unless `recompute` says otherwise; a figure
    frozen under another version of its definition is compared only with
    `allow_definition_change`.

    `today` (by default the current day in the settings' time zone) decides relative period words,
    the as-of date and which spans have ended. `engine` "dask" reads on the workers of the cluster
    whose `scheduler` is named, else on some that it starts here.

    Raises `KpicliError`, whose `message` and `hint` are in Japanese and English, and `TypeError`
    for an argument of another type.
    """
    from kpicli.loaders.engines.choice import open_engine
    from kpicli.output.summary.notebook import shown
    from kpicli.run.summary import summarize as run
    from kpicli.settings.request import parse_request

    settings = _settings(config, engine, scheduler)
    day = _day(today, settings)
    request = parse_request(
        settings,
        day,
        period=period,
        trend=trend,
        kpis=kpis,
        by=by,
        compare=compare,
        as_of=as_of,
        show_personal=show_personal,
        recompute=recompute,
        allow_definition_change=allow_definition_change,
    )
    with open_engine(engine, scheduler) as chosen:
        return shown(run(settings, request, day, engine=chosen))


def to_frame(summary: Summary, *, wide: bool = False) -> pd.DataFrame:
    """Return the figures as a tidy data frame, with the columns of the csv format.

    Texts are `str`, dates `datetime64[s]`, counts `Int64`, and numbers `float64`; what is blank is
    NA. A float holds 15 digits: the exact numbers are in `summary.figures`.

    With `wide` there is a row a figure, and a column a period where the summary has several, else a
    column a group of `by` and their total (`whole` where they do not add up); `status` says what
    the numbers cannot. Raises `KpicliError` where there are neither.
    """
    from kpicli.output.data.frames import records_frame
    from kpicli.output.summary.answer import summary_records
    from kpicli.output.summary.wide import wide_records
    from kpicli.settings.arguments import check_type

    _check_summary(summary)
    check_type("wide", wide, bool, "True or False")
    return records_frame(wide_records(summary, "ja") if wide else summary_records(summary, "ja"))


def rows(
    kpi: str,
    period: str | Period,
    *,
    item: str | None = None,
    by: str | None = None,
    group: str | None = None,
    doubtful: bool = False,
    as_of: date | str | None = None,
    show_personal: bool = False,
    config: str | PathLike[str] | None = None,
    today: date | str | None = None,
) -> pd.DataFrame:
    """Return the rows behind a figure as a data frame, one row each, as `kpicli rows` lists them.

    `item` is a part, rule or memo of the KPI; `by` and `group` go together. `source`, `file`,
    `sheet`, `row` and `line` say where a row stands, `role` what it counts for, and each column of
    the KPI is there as in the file, and as it was read (`…_read`). With `doubtful` the rows in
    doubt are there too. Personal columns are masked unless `show_personal`. Raises as `summarize`.
    """
    from kpicli.base.errors import UsageError
    from kpicli.base.wording import Text
    from kpicli.output.data.frames import records_frame
    from kpicli.settings.arguments import check_type
    from kpicli.settings.request import parse_request
    from kpicli.trace.evidence import find_evidence
    from kpicli.trace.recount import masked
    from kpicli.trace.rows_answer import evidence_records
    from kpicli.trace.rows_request import RowsRequest

    for name, argument in (("item", item), ("group", group)):
        check_type(name, argument, str | None, "a name")
    if (by is None) != (group is None):
        raise UsageError(
            Text("by と group は一緒に使います", "by and group go together"),
            Text('例: by="line", group="損保"', 'for example: by="line", group="損保"'),
        )
    settings = _settings(config, "local", None)
    day = _day(today, settings)
    request = parse_request(
        settings,
        day,
        period=period,
        trend=None,
        kpis=kpi,
        by=by,
        compare=None,
        as_of=as_of,
        show_personal=show_personal,
        recompute=False,
        allow_definition_change=False,
    )
    evidence = find_evidence(settings, RowsRequest(request, item, group, None, doubtful), day)
    return records_frame(evidence_records(evidence if show_personal else masked(evidence), "ja"))


def faults_frame(summary: Summary, *, show_values: bool = False) -> pd.DataFrame:
    """Return the faults of a summary as a data frame, with the columns of `kpicli check`.

    With `show_values` the last column holds the cells as they were read, which may be personal.
    """
    from kpicli.checks.findings import fault_records
    from kpicli.output.data.frames import records_frame
    from kpicli.output.interface import Options
    from kpicli.settings.arguments import check_type

    _check_summary(summary)
    check_type("show_values", show_values, bool, "True or False")
    return records_frame(fault_records(summary.faults, Options(show_values=show_values)))


def accounting_frame(summary: Summary) -> pd.DataFrame:
    """Return the row accounting as a data frame: where every row went, by KPI and source.

    `counted`, `not_selected`, `no_date`, `out_of_period`, `not_yet_due`, `excluded` and
    `undetermined` add up to `usable` and `faulty`.
    """
    from kpicli.output.data.frames import records_frame
    from kpicli.output.summary.notebook import accounting_records

    _check_summary(summary)
    return records_frame(accounting_records(summary, "ja"))


def _check_summary(summary: Summary) -> None:
    from kpicli.model.summary import Summary
    from kpicli.settings.arguments import check_type

    check_type("summary", summary, Summary, "what kpicli.summarize returned")


def _settings(config: str | PathLike[str] | None, engine: str, scheduler: str | None) -> Settings:
    """Return the settings in force, which have exports; refuse an engine that there is not."""
    from os import PathLike
    from pathlib import Path

    from kpicli.loaders.engines.choice import check_engine
    from kpicli.settings.arguments import check_type
    from kpicli.settings.exported import require_exports
    from kpicli.settings.settings import read_settings

    check_type("config", config, str | PathLike | None, "the path of a kpicli.toml")
    check_type("scheduler", scheduler, str | None, "an address such as 'tcp://host:8786'")
    check_engine(engine, scheduler)
    settings = read_settings(None if config is None else Path(config))
    require_exports(settings)
    return settings


def _day(today: date | str | None, settings: Settings) -> date:
    from kpicli.base.clock import today_in
    from kpicli.settings.arguments import parse_day

    return parse_day(today, "today", settings.zone) or today_in(settings.zone)
