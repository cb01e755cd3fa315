"""All sources and code tables of a catalogue, sources made of others, and the calendar."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, model_validator

from kpicli.base.problems import InvalidValue, invalid, misnamed
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.problems import no_column
from kpicli.catalog.sources.code_tables import CodeTable
from kpicli.catalog.sources.source import Source
from kpicli.values.moments import WEEKDAYS, WorkingDays


class Calendar(Definition):
    """The days on which the office is closed: weekdays such as `土`, and holidays by date."""

    closed: Annotated[Names, Field(max_length=6)] = ("土", "日")
    holidays: tuple[date, ...] = ()

    @model_validator(mode="after")
    def _weekdays_exist(self) -> Self:
        for name in self.closed:
            if name not in WEEKDAYS or len(name) != 1:
                days = "、".join(WEEKDAYS)
                raise invalid(
                    f"「{name}」は曜日ではありません。使えるもの: {days}",
                    f"{name!r} is no weekday; there are: {days}",
                    "closed",
                )
        return self

    @cached_property
    def working_days(self) -> WorkingDays:
        """Return the days on which it is open."""
        return WorkingDays(frozenset(map(WEEKDAYS.index, self.closed)), frozenset(self.holidays))


def _made_of(name: str, sources: Mapping[str, object]) -> object:
    """Return a source as it is written; one `of` another has its rhythm and the columns `per`.

    Where a part of it is of another type than it must be, it is left to the checks of types.
    """
    table = sources[name]
    if not isinstance(table, dict) or not isinstance(table.get("of"), str):
        return table
    base, per = sources.get(table["of"]), table.get("per", ())
    if not isinstance(base, dict) or "of" in base:
        known = [n for n, each in sources.items() if isinstance(each, dict) and "of" not in each]
        ja, en = f"「{table['of']}」というファイルの出力はありません", "no source of files"
        raise InvalidValue(
            misnamed(f"source.{name}.of", ja, f"{en} {table['of']!r}", table["of"], known)
        )
    per = [per] if isinstance(per, str) else per
    columns, own = base.get("columns", {}), table.get("columns", {})
    names = isinstance(per, list | tuple) and all(isinstance(column, str) for column in per)
    if not names or not isinstance(columns, dict) or not isinstance(own, dict):
        return table
    for column in per:
        if not isinstance(columns.get(column), dict):
            raise InvalidValue(no_column(f"source.{name}.per", str(table["of"]), column, columns))
    inherited = {
        column: {
            "headers": (column,),
            **{key: value for key, value in columns[column].items() if key != "from"},
        }
        for column in per
    }
    passed_on = {key: base[key] for key in ("rhythm", "within") if key in base}
    return {"key": tuple(per), **passed_on, **table, "columns": {**inherited, **own}}


class SourceTables(Definition):
    """The sources and code tables that everything else in the catalogue refers to.

    `blanks` are words by which cells of any column say that there is nothing. Without a `calendar`
    nothing can be counted in business days.
    """

    source: dict[str, Source] = {}
    codes: dict[str, CodeTable] = {}
    blanks: Names = ()
    calendar: Calendar | None = None

    @model_validator(mode="before")
    @classmethod
    def _rows_of_rows(cls, raw: object) -> object:
        sources = raw.get("source") if isinstance(raw, dict) else None
        if not isinstance(raw, dict) or not isinstance(sources, dict):
            return raw
        return {**raw, "source": {name: _made_of(name, sources) for name in sources}}

    @property
    def working_days(self) -> WorkingDays:
        """Return the days of the calendar; all but Saturday and Sunday without one."""
        return WorkingDays() if self.calendar is None else self.calendar.working_days

    def codes_of(self, source: Source, column: str) -> CodeTable | None:
        """Return the code table of a source's column; None where it is no code column."""
        name = source.known[column].codes
        return None if name is None else self.codes[name]
