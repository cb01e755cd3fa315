"""The English of what figures are split by: values of code tables, labels of rules and memos."""

from collections.abc import Mapping

from kpicli.catalog.kpis import Kpi
from kpicli.catalog.sources import SourceTables


def labels_of(
    kpi: Kpi, tables: SourceTables, by: str | None = None
) -> dict[str, Mapping[str, str]]:
    """Return the English of a KPI's parts, rules, memos and groups `by` a column.

    They go by the column that splits, or `rule` and `memo`; each holds the names that have any.
    """
    source, labels = tables.source[kpi.source], dict(kpi.labels)
    for column in (None if kpi.parts is None else kpi.parts.by, by):
        if column in source.columns:
            table = tables.codes_of(source, column)
            labels[column] = {} if table is None else table.en
    return labels
