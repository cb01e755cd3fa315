"""Warnings: those of the remarks on a KPI that every reader must see, also under `--quiet`."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kpicli.base.faults import REPEATED_COLUMN
from kpicli.base.wording import Text
from kpicli.calculators.drops import drop_of
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.checks.totals import totals_that_differ
from kpicli.loaders.rows.dataset import Dataset

if TYPE_CHECKING:
    from kpicli.run.kpi_run import KpiRun, Run


def told_to_all(kpi_run: "KpiRun") -> tuple[Text, ...]:
    """Return the warnings on a KPI: columns that its exports lack, far fewer rows than before."""
    return (*_missing_columns(kpi_run.run, kpi_run.kpi), *_drop(kpi_run))


def contradicting_totals(datasets: Mapping[str, Dataset]) -> Mapping[str, Sequence[Text]]:
    """Return, per source, a warning where total rows of its files contradict their rows."""
    warnings: dict[str, Sequence[Text]] = {}
    for name, dataset in datasets.items():
        if dataset.gathered is not None:
            continue
        files = dict.fromkeys(fault.place.file for fault in totals_that_differ(dataset))
        if files:
            listed = ", ".join(files)
            warnings[name] = (
                Text(
                    f"合計行の数が行数と違います(kpicli check の D321): {listed}",
                    f"a total row gives another number than there are rows (D321): {listed}",
                ),
            )
    return warnings


def _drop(kpi_run: "KpiRun") -> Iterator[Text]:
    run, calculation = kpi_run.run, kpi_run.calculation
    if calculation is None:
        return
    drop = drop_of(kpi_run.kpi, calculation, run.scope(run.request.period))
    if drop is not None:
        before, now = drop.before, drop.rows
        yield Text(
            f"{drop.period.name} の {before} 行から {now} 行に大きく減りました。"
            "出力が絞られていないか確かめてください",
            f"rows have fallen from {before} in {drop.period.name} to {now}: "
            "see whether the export was narrowed",
        )


def not_exported(run: "Run", kpi: Kpi) -> tuple[Text, ...]:
    """Return the remark on the first source that has no export; none where all have."""
    for source in kpi.sources:
        if run.catalog.source[source].of is None and source not in run.datasets:
            title = run.catalog.source[source].title
            return (
                Text(
                    f"「{title.ja}」の出力が kpicli.toml の [exports] にありません",
                    f"no export of {source} is listed under [exports] in kpicli.toml",
                ),
            )
    return ()


def _missing_columns(run: "Run", kpi: Kpi) -> tuple[Text, ...]:
    """Return a remark on every column that the KPI needs and that an export of it lacks.

    A file that has it more than once is named apart, as nothing says which of them counts. There is
    none where a source is not exported at all: that is what the settings say.
    """
    if not_exported(run, kpi):
        return ()
    remarks: list[Text] = []
    for source, name in _asked_for(run, kpi):
        dataset = run.datasets[source]
        header = dataset.source.known[name].headers[0]
        absent = dataset.absent.get(name, ())
        twice = [file for file in absent if file in _repeating(dataset, header)]
        missing = [file for file in absent if file not in twice]
        if missing:
            files = ", ".join(missing)
            remarks.append(
                Text(
                    f"列「{header}」がありません: {files}",
                    f"the column {header!r} is missing in {files}",
                )
            )
        if twice:
            files = ", ".join(twice)
            remarks.append(
                Text(
                    f"列「{header}」が二つ以上あり、どれも使えません(check の D320): {files}",
                    f"the column {header!r} stands there twice, and is not used (D320): {files}",
                )
            )
    return tuple(remarks)


def _asked_for(run: "Run", kpi: Kpi) -> Iterator[tuple[str, str]]:
    """Yield the columns of files that the KPI uses; of one that is looked up its own key."""
    for source, name in kpi.used:
        derived = run.catalog.source[source].derived.get(name)
        if run.catalog.source[source].of is not None:
            continue
        if derived is None or derived.derivation.looks_in is None:
            yield source, name
        else:
            yield from ((source, key) for key in derived.derivation.columns)


def _repeating(dataset: Dataset, header: str) -> set[str]:
    """Return the files in which several columns fit a header."""
    findings = (finding for table in dataset.tables for finding in table.findings)
    return {
        finding.place.file
        for finding in findings
        if finding.kind is REPEATED_COLUMN and finding.place.column == header
    }
