"""What a person reads, laid out for no format yet: lines, tables, notes, in raw strings.

It says what stands where; each format lays it out and makes the strings safe in its own way.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Tone = Literal["", "met", "missed", "doubtful"]


class Column(Struct, frozen=True):
    """One column beside the first: its short name, and what stands under it in the head.

    Numbers stand to the `right`. `prose` may be folded anywhere, other columns at spaces alone.
    """

    key: str
    name: str
    under: tuple[str, ...] = ()
    right: bool = False
    prose: bool = False


class Line(Struct, frozen=True):
    """One line: how deep it stands, its name, and one cell for each column ("" where empty)."""

    depth: int
    name: str
    cells: tuple[str, ...]
    tone: Tone = ""


class Section(Struct, frozen=True):
    """Lines under a heading ("" for none)."""

    heading: str
    lines: tuple[Line, ...]


class Figures(Struct, frozen=True):
    """Figures in sections with the same columns, of which the one at `value` holds the value."""

    item: str
    """What the column of names is called."""
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    value: int = 0


class Listing(Struct, frozen=True):
    """Rows in sections with the same columns; where the names are `ids`, none of them is folded."""

    item: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    ids: bool = False


class Cross(Struct, frozen=True):
    """A cross table, in sections; where its columns do not fit they come in several tables."""

    item: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]

    def part(self, first: int, end: int) -> "Cross":
        """Return the table with the columns from `first` to before `end`, the names always."""
        sections = tuple(
            replace(
                section,
                lines=tuple(replace(line, cells=line.cells[first:end]) for line in section.lines),
            )
            for section in self.sections
        )
        return Cross(self.item, self.columns[first:end], sections)


class Notes(Struct, frozen=True):
    """Remarks under a heading, one after the other."""

    heading: str
    lines: tuple[str, ...]


class Entry(Struct, frozen=True):
    """One line of an outline; the deeper ones belong to the one above them."""

    text: str
    depth: int = 0


class Outline(Struct, frozen=True):
    """Lines in their depth under a heading ("" for none), itself `level` deep, from 1.

    Lines of text put a `boxed` heading into brackets, since they have no bold. A `tone` colours
    the heading on a terminal.
    """

    heading: str
    entries: tuple[Entry, ...]
    level: int = 1
    boxed: bool = False
    tone: Tone = ""


Block = Figures | Listing | Cross | Notes | Outline


class Document(Struct, frozen=True):
    """What is said first, and the blocks that follow it.

    The first line of the `opening` is the document's title, unless it is not `titled`: then a page
    goes by the title of its answer, which lines of text do without.
    """

    opening: tuple[Entry, ...]
    blocks: tuple[Block, ...]
    titled: bool = True


def one_listing(
    item: str,
    names: Sequence[str],
    sections: Iterable[tuple[str, Sequence[Line]]],
    *,
    ids: bool = False,
) -> Document:
    """Return a document of one listing, without a title.

    Its last column is prose where the first one holds `ids`.
    """
    columns = tuple(
        Column(f"c{place}", name, prose=ids and place == len(names) - 1)
        for place, name in enumerate(names)
    )
    made = tuple(Section(heading, tuple(lines)) for heading, lines in sections)
    return Document((), (Listing(item, columns, made, ids=ids),), titled=False)


def with_joined_states(figures: Figures) -> Figures:
    """Return the figures with targets and states in one column, where they have both."""
    if [column.key for column in figures.columns[-2:]] != ["target", "status"]:
        return figures
    *columns, target, status = figures.columns
    joined = replace(target, name=f"{target.name} / {status.name}")
    sections = tuple(
        replace(section, lines=tuple(_with_joined_states(line) for line in section.lines))
        for section in figures.sections
    )
    return replace(figures, columns=(*columns, joined), sections=sections)


def _with_joined_states(line: Line) -> Line:
    *cells, target, status = line.cells
    return replace(line, cells=(*cells, f"{target} {status}".strip()))
