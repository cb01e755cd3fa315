"""Which rows a KPI counts: what dates them, the largest alone, and rows of another source."""

from typing import TYPE_CHECKING, Annotated

from pydantic import (
    Field,
)
from pydantic.json_schema import JsonSchemaValue

from kpicli.base.problems import invalid
from kpicli.base.wording import Text
from kpicli.catalog.conditions import Where, WhereField
from kpicli.catalog.declared import Definition
from kpicli.catalog.texts import Before, or_text
from kpicli.values.moments import Moment, dating_of

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source


def _datings(value: object) -> object:
    names = (value,) if isinstance(value, str) else value
    if not isinstance(names, list | tuple):
        return names
    return tuple(map(_dating, names))


def _dating(name: object) -> str | Moment:
    if isinstance(name, Moment):
        return name
    if not isinstance(name, str):
        raise invalid('日付の列の名前を "…" で書いてください', 'the name of a date column: "…"')
    return dating_of(name)


def _datings_written(_: object) -> JsonSchemaValue:
    return or_text({"type": "array", "items": {"type": "string"}})


Datings = Annotated[tuple[str | Moment, ...], Before(_datings, _datings_written)]
"""Date columns of which the first filled one dates a row, each with a shift or without."""


class Top(Definition):
    """The rows with the largest numbers of `by`, `most` of them, where a KPI counts only those.

    Rows with the last number that is in are all in. Rows whose number is blank come last.
    """

    by: str
    most: Annotated[int, Field(ge=1)]

    def words(self, source: "Source") -> Text:
        """Return which rows count."""
        by = source.heading(self.by)
        return Text(
            f"{by.ja} の大きい順に {self.most} 件(同じ値はすべて含み、空欄は最後)",
            f"the {self.most} largest by {by.en} (ties all in, blanks last)",
        )

    def rest(self, source: "Source") -> Text:
        """Return what the rows that do not count are excluded as."""
        by = source.heading(self.by)
        return Text(
            f"{by.ja} が上位 {self.most} 件の外", f"not among the {self.most} largest by {by.en}"
        )


def _as_top(raw: object) -> object:
    if isinstance(raw, Top | dict):
        return raw
    raise invalid(
        f'どの数の大きい順かも書きます: top = {{ by = "列", most = {raw} }}',
        f'say also by which number: top = {{ by = "column", most = {raw} }}',
    )


TopField = Annotated[Top, Before(_as_top)]
"""A field that holds which rows count."""


class OtherRows(Definition):
    """Rows of another source that a KPI needs."""

    source: str
    where: WhereField = Where()

    @property
    def who(self) -> str:
        """Return the column whose values are compared with those of the KPI's own source."""
        raise NotImplementedError

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns of the source that are used."""
        raise NotImplementedError
