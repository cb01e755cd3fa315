"""One file of a source as read: its table, and its rows piece by piece."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.faults import Fault, FaultKind
from kpicli.loaders.cells.column_codes import NO_DAY, Rows, day_number, day_of
from kpicli.loaders.cells.coverage import whole_months
from kpicli.loaders.cells.day_counts import DayCounts

if TYPE_CHECKING:
    from kpicli.catalog.sources.source import Source
    from kpicli.loaders.cells.coverage import Holds
    from kpicli.loaders.cells.pieces import Piece
    from kpicli.loaders.cells.raw_table import RawTable
    from kpicli.loaders.files.export_file import ExportFile


class FilePart(Struct, frozen=True, dict=True):
    """A file of a source as read.

    `reading` is what is particular to how its cells are read. `declared` is the span that the
    settings say it covers, `holds` the values that they say it is confined to, `today` the day on
    which it is read, `absent` the columns that it is declared not to know, `constants` those that
    the settings have the one cell of, `widths` the digits of its ids.
    """

    source: "Source"
    file: "ExportFile"
    table: "RawTable"
    pieces: tuple["Piece", ...]
    reading: Hashable
    declared: tuple[date, date] | None
    holds: "Holds"
    today: date
    absent: tuple[str, ...] = ()
    constants: tuple[str, ...] = ()
    widths: Mapping[str, int] = {}

    @cached_property
    def not_data(self) -> npt.NDArray[np.bool_]:
        """Return marks of the rows that are no data."""
        marks = [piece.not_data for piece in self.pieces]
        return np.concatenate(marks) if marks else np.zeros(0, np.bool_)

    def names(self) -> list[str]:
        """Return the columns that were read: the base date, then the others in the file's order."""
        columns, base = self.source.columns, self.source.base_date
        read = [name for name in self.table.headers if columns[name].type != "free_text"]
        return sorted(read, key=lambda name: name != base)

    def faults(self, column: str) -> dict[int, FaultKind]:
        """Return the fault of every unreadable cell of a column, by row."""
        faults: dict[int, FaultKind] = {}
        for first, piece in self._numbered(column):
            own = piece.columns[column].faults
            faults.update((first + row, kind) for row, kind in own.items())
        return faults

    def remarks(self, column: str) -> list[tuple[FaultKind, Rows]]:
        """Return, per kind of remark, the rows of a column that have it, in order."""
        by_kind: dict[FaultKind, list[Rows]] = {}
        for first, piece in self._numbered(column):
            for kind, rows in piece.columns[column].remarks:
                by_kind.setdefault(kind, []).append(rows + first)
        return [(kind, np.concatenate(rows)) for kind, rows in by_kind.items()]

    def row_remarks(self) -> list[Fault]:
        """Return what is to be said of rows as a whole: per kind the first, and how many.

        They come by kind, whichever of them stands in the first piece.
        """
        firsts = np.cumsum([0, *(piece.rows for piece in self.pieces)]).tolist()
        counts: dict[FaultKind, list[int]] = {}
        for first, piece in zip(firsts, self.pieces, strict=False):
            for kind, rows in piece.remarks:
                counts.setdefault(kind, [int(rows[0]) + first, 0])[1] += len(rows)
        return [
            Fault(kind, self.source.id, self.table.place(row, None), count=count)
            for kind, (row, count) in sorted(counts.items(), key=lambda own: own[0].name)
        ]

    def units(self, column: str) -> Iterator[tuple[str, Rows]]:
        """Yield, piece by piece, each unit that stands behind numbers of a column, and its rows."""
        for first, piece in self._numbered(column):
            yield from ((unit, rows + first) for unit, rows in piece.columns[column].units.items())

    @property
    def newest(self) -> int:
        """Return the last base date of the body as a day number; `NO_DAY` where there is none."""
        return NO_DAY if self.body is None else self.body[1]

    @cached_property
    def body(self) -> tuple[int, int] | None:
        """Return the first and the last base date of the body of the dates, as day numbers.

        Dates after the day on which the files are read and those far from the rest are aside (see
        `DayCounts.body`; those in the declared span are not far). None where nothing is left.
        """
        counts = DayCounts.joined(piece.days for piece in self.pieces if piece.days)
        today = day_number(self.today)
        body = counts.body(today, gaps=self.source.rhythm == "continuous")
        if self.declared is None:
            return body
        start, end = (day_number(day) for day in self.declared)
        declared = counts.days[(counts.days >= start) & (counts.days <= min(end, today))]
        within = [] if body is None else [*body]
        within += [int(day) for day in declared[[0, -1]]] if len(declared) else []
        return (min(within), max(within)) if within else None

    @property
    def base_span(self) -> tuple[date, date] | None:
        """Return the first and the last base date of the body; None where there is none."""
        if self.body is None:
            return None
        first, last = self.body
        return day_of(first), day_of(last)

    @property
    def nothing(self) -> tuple[tuple[date, date], ...]:
        """Return the spans of which the file says that nothing happened: 該当なし.

        A row says it of the month, or the year, of its base date; one without, where no row is
        data, of the days that the file is declared to cover.
        """
        months = self.source.months_open()
        said = [day for piece in self.pieces for day in piece.nothing]
        spans = [whole_months(day_of(day), day_of(day), months) for day in said if day is not None]
        if None in said and self.declared is not None and self.not_data.all():
            spans.append(self.declared)
        return tuple(spans)

    def without_codes(self) -> "FilePart":
        """Return the part with faults and remarks only: once rows are joined the codes can go."""
        return replace(self, pieces=tuple(piece.without_codes() for piece in self.pieces))

    def _numbered(self, column: str) -> list[tuple[int, "Piece"]]:
        """Return the pieces that have a column, each with the number of its first row."""
        firsts = np.cumsum([0, *(piece.rows for piece in self.pieces)]).tolist()
        pairs = zip(firsts, self.pieces, strict=False)
        return [(first, piece) for first, piece in pairs if column in piece.columns]
