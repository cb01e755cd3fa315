"""The inspection: load the exports, run every check, and collect the findings."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from kpicli.base.faults import Fault, Level
from kpicli.catalog.checks import PresentCheck
from kpicli.catalog.derivations.relations import looked_up
from kpicli.checks.characters import check_characters
from kpicli.checks.coverage import check_coverage
from kpicli.checks.drops import check_drops
from kpicli.checks.findings import in_order
from kpicli.checks.interface import Check, CheckInput
from kpicli.checks.missing_columns import check_missing_columns
from kpicli.checks.open_lists import check_open_lists
from kpicli.checks.presence import check_presence
from kpicli.checks.rows import check_rows
from kpicli.checks.totals import check_totals
from kpicli.checks.unheld_values import check_unheld_values
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.load import load
from kpicli.loaders.reading import Reporter
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.periods import Period
from kpicli.model.summary import InputFile, SourceReport
from kpicli.settings.exported import exported_sources
from kpicli.settings.settings import Settings
from kpicli.version import VERSION

CHECKS: tuple[Check, ...] = (
    check_characters,
    check_rows,
    check_totals,
    check_missing_columns,
    check_coverage,
    check_presence,
    check_drops,
    check_open_lists,
    check_unheld_values,
)
"""Every check, in the order in which they run."""


class Inspection(Struct, frozen=True):
    """The sources that were read, and the findings by level, code, cause, source, file and row."""

    period: Period | None
    """The period that the checks on time were about; None where no export has a date."""
    sources: tuple[SourceReport, ...]
    files: tuple[InputFile, ...]
    faults: tuple[Fault, ...]
    version: str
    """Of kpicli."""

    def of(self, level: Level) -> tuple[Fault, ...]:
        """Return the findings of one level."""
        return tuple(fault for fault in self.faults if fault.level == level)

    @property
    def rows(self) -> int:
        """Return the number of rows that were read."""
        return sum(source.accounting.read for source in self.sources)


def inspect(
    settings: Settings,
    sources: Sequence[str] = (),
    period: Period | None = None,
    today: date | None = None,
    *,
    show_personal: bool = False,
    report: Reporter | None = None,
    loaded: Mapping[str, Dataset] | None = None,
    engine: Engine | None = None,
) -> Inspection:
    """Return every fault, warning and note in the exports of `sources` (none named: all of them).

    Without a `period` the checks on time are about the last half year that the exports cover, as
    far as it has begun by `today`. What is `loaded` already is not read once more; which `engine`
    reads the rest changes nothing. Raises `UnknownName` for a source that does not exist or has no
    export, `SettingsError` where nothing is exported at all, and `InputError` where a file cannot
    be read.
    """
    from kpicli.base.clock import today_in

    day = today or today_in(settings.zone)
    named = exported_sources(settings, sources)
    further = (*_registers(settings, named), *looked_up(settings.catalog, named))
    known = dict(loaded or {})
    missing = [name for name in dict.fromkeys((*named, *further)) if name not in known]
    known |= load(settings, missing, day, report, engine)
    datasets = {name: known[name] for name in named}
    period = period or latest_half(settings, datasets, day)
    inputs = CheckInput(settings, datasets, known, period, day, show_personal)
    findings = [fault for dataset in datasets.values() for fault in dataset.faults]
    findings += [fault for check in CHECKS for fault in check(inputs)]
    return Inspection(
        period=period,
        sources=tuple(_report(settings, dataset) for dataset in datasets.values()),
        files=tuple(file for dataset in datasets.values() for file in dataset.files),
        faults=in_order(findings),
        version=VERSION,
    )


def latest_half(settings: Settings, datasets: Mapping[str, Dataset], today: date) -> Period | None:
    """Return the fiscal half of the last covered day before `today`; None where none is covered.

    Coverage, not the last row, decides: an export that runs on for a day does not open a new half.
    """
    eve = today - timedelta(days=1)
    ends = [
        min(end, eve)
        for dataset in datasets.values()
        for start, end in dataset.coverage.spans
        if start <= eve
    ]
    return Period.of("half", max(ends), settings.fiscal) if ends else None


def _registers(settings: Settings, named: Sequence[str]) -> list[str]:
    checks = settings.catalog.check.values()
    return [
        check.enrolled.source
        for check in checks
        if isinstance(check, PresentCheck) and check.enrolled is not None and check.source in named
    ]


def _report(settings: Settings, dataset: Dataset) -> SourceReport:
    spans = tuple(Period.between(*span, settings.fiscal) for span in dataset.coverage.spans)
    return SourceReport(dataset.source.id, dataset.source.title, dataset.accounting, spans)
