"""A period as the exports have it now: the Summary, and the rows behind each of its figures."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date

from msgspec import Struct

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.catalog.kpis import Kpi
from kpicli.loaders.load import load
from kpicli.loaders.reading import Reporter
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import Figure, Summary
from kpicli.published.record import SCHEMA_VERSION
from kpicli.published.secret import Secret
from kpicli.reconcile.row_trace import KpiTrace, SourceTrace, trace_kpi, trace_source, used_columns
from kpicli.run.kpi_run import KpiRun, Run
from kpicli.run.summary import summary_of
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings

UNCOUNTING = {"id", "title", "principles", "unit", "version", "targets"}
"""Fields of a KPI that do not decide which rows count."""


class Observed(Struct, frozen=True):
    """A KPI now. `figures` are those of the summary, less parts by a personal column.

    `trace` is None where a source or column that the KPI needs is missing.
    """

    kpi: Kpi
    figures: tuple[Figure, ...]
    trace: KpiTrace | None


class Observation(Struct, frozen=True):
    """A period now. `columns` overrides, per source, the columns whose cells are digested."""

    settings: Settings
    summary: Summary
    datasets: Mapping[str, Dataset]
    kpis: Mapping[str, Observed]
    secret: Secret

    def source(self, name: str, columns: tuple[str, ...] | None = None) -> SourceTrace:
        """Return the rows of a source; `columns` are the cells to digest, else all that are used.

        A roster has more than one row for a person, so it goes by its key like every other source.
        """
        used = used_columns(self.settings.catalog, name) if columns is None else columns
        return trace_source(self.datasets[name], used, self.secret)


def observe(
    settings: Settings,
    request: Request,
    today: date,
    secret: Secret,
    report: Reporter | None = None,
    *,
    schema_version: int = SCHEMA_VERSION,
) -> Observation:
    """Return what the exports say of a period, every KPI and row of it. Raises what loading does.

    `request` must ask for all KPIs, and for no grouping. `schema_version` is that of the record
    that this is for: from 2 on persons have digests of their own in each KPI.
    """
    catalog = settings.catalog
    needed = dict.fromkeys(name for kpi in catalog.kpi.values() for name in kpi.sources)
    datasets = load(settings, needed, today, report)
    summary = summary_of(settings, request, today, datasets)
    run = Run(settings, request, today, datasets)
    kpis = {
        name: _observed(
            KpiRun(run, kpi), summary, secret if schema_version == 1 else secret.of_kpi(name)
        )
        for name, kpi in catalog.kpi.items()
    }
    return Observation(settings, summary, datasets, kpis, secret)


def _observed(kpi_run: KpiRun, summary: Summary, secret: Secret) -> Observed:
    kpi, run = kpi_run.kpi, kpi_run.run
    column = None if kpi.parts is None else kpi.parts.by
    columns = run.catalog.source[kpi.source].columns
    hidden = column in columns and columns[column].personal

    def shown(figure: Figure) -> bool:
        return not (hidden and figure.part == column)

    figures = tuple(f for f in summary.figures if f.kpi == kpi.id and shown(f))
    _check_names(kpi, figures)
    calculation = kpi_run.calculation
    if calculation is None:
        return Observed(kpi, figures, None)
    counted = [each for each in kpi_run.count(run.request.period) if shown(each.figure)]
    return Observed(kpi, figures, trace_kpi(kpi, calculation, counted, secret))


def _check_names(kpi: Kpi, figures: tuple[Figure, ...]) -> None:
    """Raise `SettingsError` where two figures of a KPI cannot be told apart by their names."""
    names = [(figure.kind, figure.part, figure.item) for figure in figures]
    twice = sorted(
        {item or "" for kind, part, item in names if names.count((kind, part, item)) > 1}
    )
    if twice:
        raise SettingsError(
            Text(
                f"{kpi.id} には「{twice[0]}」という名前の内訳が二つあり、区別できません",
                f"{kpi.id} has two lines called {twice[0]!r}, which cannot be told apart",
            ),
            Text(
                "規則の label か区分の値を変えてください",
                "give the rule another label, or the code another value",
            ),
        )


def definition_hash(kpi: Kpi) -> str:
    """Return a hash of what decides which rows count and how; a new title changes nothing."""
    return _hash(kpi.model_dump(mode="json", exclude=UNCOUNTING))


def reading_hash(settings: Settings, kpi: Kpi) -> str:
    """Return a hash of what decides how the KPI's cells are read: catalogue, exports, time zone."""
    catalog = settings.catalog
    columns = {source: catalog.source[source].columns for source in kpi.sources}
    used = [(source, name, columns[source][name]) for source, name in kpi.used]
    tables = {c.codes for _, _, c in used if c.codes is not None}
    exports = {
        source: [
            export.model_dump(mode="json", include={"encoding", "sheet", "headers", "synonyms"})
            for export in settings.values.exports.get(source, ())
        ]
        for source in kpi.sources
    }
    return _hash(
        {
            "columns": [(source, name, c.model_dump(mode="json")) for source, name, c in used],
            "codes": {name: catalog.codes[name].model_dump(mode="json") for name in tables},
            "exports": exports,
            "zone": settings.values.timezone,
        }
    )


def _hash(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
