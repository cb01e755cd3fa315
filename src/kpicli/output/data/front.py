"""The front of a workbook: one table for people, as values with what they look like.

It says what stands where; the workbook draws it.
"""

from decimal import Decimal
from typing import Literal

from msgspec import Struct

Look = Literal["plain", "bold", "met", "missed", "doubtful", "quiet"]


class FrontColumn(Struct, frozen=True):
    """A column: its head, which may have several lines, its width in cells, whether it wraps."""

    head: str
    width: float
    wraps: bool = False


class FrontCell(Struct, frozen=True):
    """A cell: a number with its format, or a text, indented by so many characters.

    `name` names it for formulas of users.
    """

    content: str | int | Decimal | None = None
    format: str = "General"
    look: Look = "plain"
    name: str | None = None
    indent: int = 0


class FrontRow(Struct, frozen=True):
    """A row of cells; a `band` is a heading over the rows that follow."""

    cells: tuple[FrontCell, ...]
    band: bool = False


class Front(Struct, frozen=True):
    """A sheet for people: its title, what is said below it, the table, and remarks beneath.

    `owner` stands in the footer of the printed page.
    """

    sheet: str
    title: str
    lines: tuple[str, ...]
    columns: tuple[FrontColumn, ...]
    rows: tuple[FrontRow, ...]
    notes: tuple[str, ...] = ()
    owner: str = ""
