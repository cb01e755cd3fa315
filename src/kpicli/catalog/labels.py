"""The English of names that figures bear: values of code tables, labels of rules, exclusions."""

from collections.abc import Mapping, Sequence

from kpicli.base.wording import Text
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.sources.source import Source
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.words import MASK
from kpicli.model.figures import OF_WHICH


def labels_of(
    kpi: Kpi | ComposedKpi, tables: SourceTables, by: Sequence[str] = ()
) -> Mapping[str, Mapping[str, str]]:
    """Return the English of a KPI's parts, rules, memos, exclusions, and groups `by` columns.

    They go by the column that splits, or `rule`, `memo` and `excluded`; each holds the names that
    have any. A composed KPI has those of what it is made of.
    """
    if isinstance(kpi, ComposedKpi):
        together: dict[str, dict[str, str]] = {}
        for own in kpi.counted:
            for split, names in labels_of(own, tables, by).items():
                together.setdefault(split, {}).update(names)
        return together
    source = tables.source[kpi.source]
    labels: dict[str, dict[str, str]] = {split: {**names} for split, names in kpi.labels.items()}
    parts = () if kpi.parts is None else kpi.parts.columns
    if kpi.parts is not None and kpi.parts.en:
        labels[OF_WHICH] = {**kpi.parts.en}
    for column in (*parts, *by):
        if column in source.known:
            table = tables.codes_of(source, column)
            labels[column] = {} if table is None else {**table.en}
    excluded = (
        exclusion_name(source, column, value, tables)
        for column, values in kpi.exclusions
        for value in values
    )
    labels["excluded"] = {name.ja: name.en for name in excluded}
    if kpi.top is not None:
        rest = kpi.top.rest(source)
        labels["excluded"][rest.ja] = rest.en
    return {split: names for split, names in labels.items() if names}


def exclusion_name(source: Source, column: str, value: str, tables: SourceTables) -> Text:
    """Return what an exclusion is called, such as `ステータス = 取消`; a person is never said."""
    heading, table = source.heading(column), tables.codes_of(source, column)
    named = Text(value, value) if table is None else table.label(value)
    if source.known[column].personal:
        named = Text(MASK, MASK)
    return Text(f"{heading.ja} = {named.ja}", f"{heading.en} = {named.en}")
