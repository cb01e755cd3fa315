"""A project before it is written: things and their worlds, exports and their lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from fuzz.projects.catalogue import Kpi, Source
from fuzz.projects.records import Cell, Record

Raw = object
"""A cell as it is to stand in a file, whatever else would be written."""


@dataclass
class Thing:
    """Something that happened: its row, and the worlds that what is written leaves open as well.

    A world has no row, one, or several (something counted twice is two things).
    """

    true: tuple[Record, ...]
    worlds: list[tuple[Record, ...]] = field(default_factory=list)

    @property
    def record(self) -> Record:
        """Return the one row."""
        (record,) = self.true
        return record


@dataclass
class Line:
    """A line of an export: the thing it tells of, as it stood then, and cells that are damaged."""

    thing: Thing
    record: dict[str, Cell]
    raw: dict[str, Raw] = field(default_factory=dict)


@dataclass
class Export:
    """A file of a source."""

    source: Source
    name: str
    codec: str
    """`xlsx`, or the encoding of a text file."""
    lines: list[Line]
    options: dict[str, object] = field(default_factory=dict)
    absent: set[str] = field(default_factory=set)
    """Columns that it lacks."""
    merged: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    """Per column the lines, from and to, whose cells are merged."""
    headers: dict[str, str] = field(default_factory=dict)
    """Headers that are written as they stand here."""
    more_sheets: list[tuple[str, list[Line], dict[str, str]]] = field(default_factory=list)
    """Further sheets of a workbook: name, lines, headers that are written otherwise."""
    mangled: tuple[int, str] | None = None
    """A line that is written in another encoding than its file."""
    serials: int | None = None
    """The year from which the base dates are counted, where they are written as serials."""
    ordered: bool = False

    @property
    def reach(self) -> date:
        """Return the last base date."""
        days = (line.record.get(self.source.base) for line in self.lines)
        return max((day for day in days if isinstance(day, date)), default=date.min)


@dataclass
class Draft:
    """A project: what is true of it, and what will be written."""

    seed: int
    sources: Sequence[Source]
    kpis: list[Kpi]
    things: dict[str, list[Thing]]
    exports: dict[str, list[Export]]
    today: date
    by: str | None
    as_of: date | None = None
    faults: list[str] = field(default_factory=list)
    forgiven: set[str] = field(default_factory=set)
    """Sources that may be in doubt: right where they are final."""
    refusable: bool = False
    """Whether a fault calls for a refusal of the whole run."""
    must_refuse: bool = False
    """Whether it must be refused."""
    extra_settings: str = ""
    absent: set[tuple[str, str]] = field(default_factory=set)
    """Source and column that some export lacks."""
    missing_values: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    """Per source and column, values that no export holds."""
    undeclared: set[str] = field(default_factory=set)
    """Sources whose exports do not say what they cover."""

    def lines(self, source: str, thing: Thing) -> Iterator[tuple[Export, Line]]:
        """Yield the lines that tell of a thing, those of the latest export last."""
        for export in sorted(self.exports[source], key=lambda own: own.reach):
            for line in export.lines:
                if line.thing is thing:
                    yield export, line
