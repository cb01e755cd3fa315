"""What the exports say of a period, as plain frozen values: its figures, and the rows of each."""

from collections.abc import Callable, Mapping, Set

from msgspec import Struct

from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.declared import Definition
from kpicli.catalog.definition import digest_of
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.figures import LEVELS, Figure
from kpicli.model.summary import Summary
from kpicli.published.secret import Secret
from kpicli.reconcile.rows.row_trace import KpiTrace
from kpicli.reconcile.rows.source_trace import SourceTrace, trace_source, used_columns
from kpicli.settings.settings import Settings

NOT_READING = {"files", "covers", "holds", "as_of", "keeps_ended"}
"""Fields of an export that say where it is and what it reaches; all others decide what is read."""


class Observed(Struct, frozen=True):
    """A KPI now. `figures` are those of the summary, less parts by a personal column.

    `trace` returns the rows behind them, in digests under a key of the KPI's own: None where a
    source or column that it needs is missing. They are made anew, and held by nobody.
    """

    kpi: Kpi
    figures: tuple[Figure, ...]
    trace: Callable[[Secret], KpiTrace | None]


class Observation(Struct, frozen=True):
    """A period now."""

    settings: Settings
    summary: Summary
    datasets: Mapping[str, Dataset]
    kpis: Mapping[str, Observed]

    def source(
        self, name: str, secret: Secret, columns: tuple[str, ...] | None = None
    ) -> SourceTrace:
        """Return the rows of a source; `columns` are the cells to digest, else all that are used.

        A register may have several rows of a person, so it goes by its key like any source.
        """
        used = used_columns(self.settings.catalog, name) if columns is None else columns
        return trace_source(self.datasets[name], used, secret)

    def composed(self, kpi: ComposedKpi) -> tuple[Figure, ...]:
        """Return the figures of a KPI made of others, less parts by a personal column."""
        split = () if kpi.parts is None else kpi.parts.columns
        sources = [self.settings.catalog.source[each.source].known for each in kpi.counted]
        personal = {name for name in split for known in sources if known[name].personal}
        return tuple(
            figure
            for figure in self.summary.figures
            if figure.kpi == kpi.id and personal.isdisjoint((figure.part or "").split(LEVELS))
        )


def reading_hash(settings: Settings, kpi: Kpi) -> str:
    """Return a hash of what decides how the KPI's cells are read: catalogue, exports, time zone.

    Everything that the settings say is part of it unless it is named as none, so that no way of
    reading can be forgotten; what is not said is none, so that a new way changes no old hash.
    """
    catalog = settings.catalog
    named = [
        (source, name)
        for source, used in kpi.used
        for name in catalog.source[source].with_bases((used,))
    ]
    used = [(s, name, catalog.source[s].known[name]) for s, name in dict.fromkeys(named)]
    tables = {c.codes for _, _, c in used if c.codes is not None}
    exports = {
        source: [
            _written(export, NOT_READING) for export in settings.values.exports.get(source, ())
        ]
        for source in kpi.sources
    }
    return digest_of(
        {
            "columns": [
                (source, name, _written(column, {"title"})) for source, name, column in used
            ],
            "codes": {name: _written(catalog.codes[name], {"en"}) for name in tables},
            "exports": exports,
            "blanks": catalog.blanks,
            "zone": settings.values.timezone,
        }
    )


def _written(declared: Definition, less: Set[str] = frozenset()) -> dict[str, object]:
    """Return what the settings say of something that is declared, defaults aside."""
    return declared.model_dump(mode="json", exclude=set(less), exclude_defaults=True)
