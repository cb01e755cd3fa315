"""Checks on the rows of a source, declared as data in `[check.<id>]` tables."""

from collections.abc import Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field

from kpicli.catalog.conditions import WhereField
from kpicli.catalog.declared import Definition, Names, Titled


class BaseCheck(Titled):
    """The fields of every check; `title` says in a few words what is wrong with a row."""

    source: str

    @property
    def used(self) -> tuple[str, ...]:
        """Return every column of the source that the check reads."""
        raise NotImplementedError


class DifferCheck(BaseCheck):
    """Two columns that must not hold the same value, such as who did a thing and who checked it."""

    kind: Literal["differ"]
    columns: Annotated[tuple[str, ...], Field(min_length=2, max_length=2)]

    @property
    def used(self) -> tuple[str, ...]:
        """Return the two columns."""
        return self.columns


class OrderCheck(BaseCheck):
    """Two dates of which `later` must not lie before `earlier`; the same day is fine."""

    kind: Literal["order"]
    earlier: str
    later: str

    @property
    def used(self) -> tuple[str, ...]:
        """Return the two date columns."""
        return self.earlier, self.later


class FilledCheck(BaseCheck):
    """A column that must be filled in the rows that fit `where`."""

    kind: Literal["filled"]
    column: str
    where: WhereField

    @property
    def used(self) -> tuple[str, ...]:
        """Return the column and those of the filter."""
        return tuple(dict.fromkeys((self.column, *self.where.columns)))


class Enrolled(Definition):
    """The people of a register, whom its column `by` identifies."""

    source: str
    by: str


class PresentCheck(BaseCheck):
    """Columns whose values are expected to go on from one period to the next.

    A value that the last period has and this one lacks may mean an export made with limited rights.
    With a `register`, people whom it has in force on no day of the period are not expected.
    """

    kind: Literal["present"]
    columns: Names
    enrolled: Enrolled | None = Field(None, alias="register")

    @property
    def used(self) -> tuple[str, ...]:
        """Return the columns."""
        return self.columns


Check = DifferCheck | OrderCheck | FilledCheck | PresentCheck
CheckField = Annotated[Check, Field(discriminator="kind")]
"""A field that holds a check of any kind, told apart by `kind`."""
CHECKS: Sequence[str] = [get_args(each.__annotations__["kind"])[0] for each in get_args(Check)]
"""The kinds of checks."""
