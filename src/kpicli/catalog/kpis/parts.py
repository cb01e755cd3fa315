"""The split of a KPI into parts, and of these into parts of their own."""

from typing import TYPE_CHECKING, Annotated

from pydantic.json_schema import JsonSchemaValue

from kpicli.base.problems import invalid
from kpicli.catalog.conditions import WhereField
from kpicli.catalog.declared import Definition
from kpicli.catalog.texts import Before

if TYPE_CHECKING:
    pass


class Parts(Definition):
    """The split of a KPI: `by` a code column, or `month`; and parts of which, by filters.

    `values` are always shown, in this order, zeros too (by default the values of the code
    table); others follow where they have rows. Without `total` only the parts are figures. With
    `share` each part is also shown as a percentage of what it is a part of. Each part is split
    once more as `within` says, which is the second table of a list.

    `labels` are filters by name. The counted rows that fit one are shown as うち: they may
    overlap, need not make up the whole, and are never added. `en` has the English of the names.
    """

    by: str | None = None
    values: tuple[str, ...] = ()
    total: bool = True
    share: bool = False
    within: "Parts | None" = None
    labels: dict[str, WhereField] = {}
    en: dict[str, str] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that split, level by level; a month is none."""
        levels = (self, *(() if self.within is None else (self.within,)))
        return tuple(each.by for each in levels if each.by is not None and each.by != "month")


def _levels(raw: object) -> object:
    """Return the table of `parts`; of a list of two the second is what splits the parts."""
    if isinstance(raw, dict) and "bins" in raw:
        raise invalid(
            '区間は列にします。columns に band = { type = "code", codes = "…", '
            f'from = {{ bins = "{raw.get("by", "…")}", edges = […] }} }} と書き、'
            'parts = { by = "band" } としてください',
            'bins are a column: write band = { type = "code", codes = "…", '
            f'from = {{ bins = "{raw.get("by", "…")}", edges = […] }} }} under columns, and '
            'parts = { by = "band" }',
        )
    if not isinstance(raw, list | tuple):
        return raw
    if len(raw) not in (1, 2) or not all(isinstance(table, dict) for table in raw):
        raise invalid(
            '表を一つか二つ書いてください: [{ by = "line" }, { by = "category" }]',
            'write one table or two: [{ by = "line" }, { by = "category" }]',
        )
    first, *second = raw
    return {**first, "within": second[0]} if second else first


def _levels_written(level: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": [level, {"type": "array", "items": level, "minItems": 1, "maxItems": 2}]}


PartsField = Annotated[Parts | None, Before(_levels, _levels_written)]
"""A field that holds the split of a KPI: a table, or a list of one for each level."""
