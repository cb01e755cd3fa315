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
    from kpicli.model.figures import Figure, Status, Summary, Value
    from kpicli.model.periods import FiscalYear, Period
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
    "load",
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
    "Status": "kpicli.model.figures",
    "Summary": "kpicli.model.figures",
    "Value": "kpicli.model.figures",
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
    a column, a personal one only with `show_personal`. Days (`as_of`, `today`) are dates, or texts
    as the exports may write them. What was frozen of another period is what stands there, unless
    `recompute` says otherwise; a figure frozen under another version of its definition is compared
    only with `allow_definition_change`.

    `today` (by default the current day in the settings' time zone) decides relative period words,
    the as-of date and which spans have ended. `engine` "dask" reads on the workers of the cluster
    whose `scheduler` is named, else on some that it starts here.

    Raises `KpicliError`, whose `message` and `hint` are in Japanese and English, and `TypeError`
    for an argument of another type.
    """
    from kpicli.loaders.engines.choice import open_engine
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
        return run(settings, request, day, engine=chosen)


def to_frame(summary: Summary) -> pd.DataFrame:
    """Return the figures as a tidy data frame, with the columns of the csv format.

    Texts are `str`, dates `datetime64[s]`, counts `Int64`, and numbers `float64`; what is blank is
    NA. A float holds 15 digits: the exact numbers are in `summary.figures`.
    """
    from kpicli.model.figures import Summary
    from kpicli.output.page.tidy import tidy_frame
    from kpicli.settings.arguments import check_type

    check_type("summary", summary, Summary, "what kpicli.summarize returned")
    return tidy_frame(summary)


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
