"""Customer-first figures of an insurance agency, counted from its CRM exports.

    >>> import kpicli
    >>> summary = kpicli.summarize("2025H1", config="kpicli.toml")  # doctest: +SKIP
    >>> frame = kpicli.to_frame(summary)  # doctest: +SKIP

Importing this package loads neither pandas nor pyarrow; calling it does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpicli.model.periods import FiscalYear, Period

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pandas as pd

    from kpicli.loaders.rows.dataset import Dataset
    from kpicli.model.figures import Summary
    from kpicli.model.periods import ComparisonKind
    from kpicli.settings.settings import Settings

__all__ = ["FiscalYear", "Period", "load", "summarize", "to_frame"]


def load(
    *sources: str,
    config: str | Path | None = None,
    today: date | None = None,
    engine: str = "local",
    scheduler: str | None = None,
) -> Mapping[str, Dataset]:
    """Return a dataset per source (all that the settings export, where none is named).

    `config` is the path of a kpicli.toml; without it the nearest one upward from the current folder
    is read. `today` is only needed to read relative words. `engine` and `scheduler` are those of
    `summarize`. Raises `KpicliError`.
    """
    from kpicli.base.clock import today_in
    from kpicli.loaders.engines.choice import open_engine
    from kpicli.loaders.load import load as load_sources

    settings = _settings(config)
    names, day = sources or tuple(settings.values.exports), today or today_in(settings.zone)
    with open_engine(engine, scheduler) as chosen:
        return load_sources(settings, names, day, engine=chosen)


def summarize(
    period: str | Period,
    *,
    kpis: Sequence[str] = (),
    by: str | None = None,
    compare: Sequence[ComparisonKind] = (),
    as_of: date | None = None,
    recompute: bool = False,
    allow_definition_change: bool = False,
    config: str | Path | None = None,
    today: date | None = None,
    engine: str = "local",
    scheduler: str | None = None,
) -> Summary:
    """Return the figures of a period, all KPIs where none is named, with their row accounting.

    `compare` takes "previous" and "year_ago"; what was frozen of them is what is compared, unless
    `recompute` says otherwise. A figure frozen under another version of its definition is compared
    only with `allow_definition_change`. `today` (by default the current day in the settings'
    time zone) decides relative period words, the as-of date and which spans have ended. `engine`
    "dask" reads on the workers of the cluster whose `scheduler` is named, else on some that it
    starts here. Raises `KpicliError`.
    """
    from kpicli.base.clock import today_in
    from kpicli.loaders.engines.choice import open_engine
    from kpicli.run.summary import summarize as run
    from kpicli.settings.request import Request

    settings = _settings(config)
    day = today or today_in(settings.zone)
    if isinstance(period, str):
        period = Period.parse(period, fiscal=settings.fiscal, today=day)
    request = Request(
        period,
        tuple(kpis),
        by,
        tuple(compare),
        as_of,
        recompute=recompute,
        allow_definition_change=allow_definition_change,
    )
    with open_engine(engine, scheduler) as chosen:
        return run(settings, request, day, engine=chosen)


def to_frame(summary: Summary) -> pd.DataFrame:
    """Return the figures as a tidy DataFrame, with the columns of the csv format."""
    import pandas as pd

    from kpicli.output.page.tidy import COLUMNS, tidy_rows

    return pd.DataFrame(tidy_rows(summary), columns=list(COLUMNS))


def _settings(config: str | Path | None) -> Settings:
    from pathlib import Path

    from kpicli.settings.settings import read_settings

    return read_settings(None if config is None else Path(config))
