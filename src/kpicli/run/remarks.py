"""What a reader of a figure must know besides its number."""

from kpicli.base.wording import Text
from kpicli.calculators.interface import Calculation
from kpicli.catalog.kpis import Kpi
from kpicli.loaders.rows.dataset import Dataset
from kpicli.run.series import Inputs, groupable
from kpicli.settings.settings import Settings


def remarks(
    inputs: Inputs, kpi: Kpi, calculation: Calculation | None, by: str | None, settings: Settings
) -> tuple[Text, ...]:
    """Return the remarks on a KPI.

    They tell of missing exports or columns, gaps in coverage, exports that reach back too little,
    a grouping it cannot have, and what its measure has to tell.
    """
    if calculation is None:
        return _unreadable(inputs, kpi)
    found = [*calculation.remarks, *_coverage(inputs, calculation.dataset)]
    found += _reach(inputs, kpi, calculation.dataset, settings.values.reach_back_months)
    if by not in (None, "month") and not groupable(kpi, calculation.dataset, str(by)):
        found.append(Text(f"「{by}」では分けられません", f"cannot be grouped by {by!r}"))
    return tuple(found)


def _unreadable(inputs: Inputs, kpi: Kpi) -> tuple[Text, ...]:
    for name in kpi.sources:
        if name not in inputs.datasets:
            title = inputs.catalog.source[name].title
            return (
                Text(
                    f"「{title}」の出力が kpicli.toml の [exports] にありません",
                    f"no export of {name} is listed under [exports] in kpicli.toml",
                ),
            )
    found: list[Text] = []
    for source, name in kpi.used:
        absent = inputs.datasets[source].absent.get(name)
        if absent is not None:
            header, files = (
                inputs.catalog.source[source].columns[name].headers[0],
                ", ".join(absent),
            )
            found.append(
                Text(
                    f"列「{header}」がありません: {files}",
                    f"the column {header!r} is missing in {files}",
                )
            )
    return tuple(found)


def _coverage(inputs: Inputs, dataset: Dataset) -> list[Text]:
    covered = dataset.coverage.of(inputs.period)
    if covered == "partial":
        months = ", ".join(month.name for month in dataset.coverage.missing_months(inputs.period))
        return [
            Text(
                f"出力に含まれない月があります: {months}",
                f"the exports do not cover these months in full: {months}",
            )
        ]
    if covered == "none":
        return [Text("出力がこの期間を含みません", "the exports do not cover this period")]
    if covered == "unknown":
        return [
            Text(
                "covers の指定がないので、0 件と「データなし」を区別できません",
                "without `covers` a zero cannot be told from missing data",
            )
        ]
    return []


def _reach(inputs: Inputs, kpi: Kpi, dataset: Dataset, months: int) -> list[Text]:
    if set(kpi.dates) <= {dataset.source.base_date} or dataset.coverage.of(inputs.period) == "none":
        return []
    if dataset.coverage.reaches_back(inputs.period, months):
        return []
    return [
        Text(
            f"出力が期間の {months} か月前まで遡っていないので、古い記録が漏れている恐れがあります",
            f"the exports reach back less than {months} months before the period: "
            "older records may be missing",
        )
    ]
