"""Groups of rows whose name stands once: in their first row, or in a line above them."""

from collections.abc import Mapping, Sequence

from msgspec import Struct

from kpicli.intake.profiling.tables import is_data
from kpicli.loaders.cells.raw_table import Cell, text_of
from kpicli.loaders.cells.row_kinds import says_note
from kpicli.values.folding import fold
from kpicli.values.number_reading import is_total

_SORTED = ("↑", "↓")
"""Behind headers of Salesforce by which a report is sorted or grouped."""


class Groups(Struct, frozen=True):
    """The places of columns whose cells hold for further rows, and the lines that are no rows.

    Lines `aside` have nothing but the name of a group or its total.
    """

    places: frozenset[int] = frozenset()
    aside: frozenset[int] = frozenset()


def named_groups(rows: list[list[Cell]], header: int | None) -> Groups:
    """Fill the first columns in which groups have their name once, and return which.

    Such columns are sorted by (`↑`), or filled in each first row below the header or a total and
    nowhere else, or filled in no row but in lines of a single cell above the rows. Else a line of a
    single cell is in no group.
    """
    below = range(0 if header is None else header + 1, len(rows))
    if header is None or all(_has(rows[row], 0) for row in below):
        return Groups()  # every row has its own name, as in most tables
    totals = _group_totals(rows, below)
    data = [
        row for row in below if row not in totals and is_data(rows[row]) and _has_two(rows[row])
    ]
    firsts, known = _firsts(rows, below, data), set(data)
    places: set[int] = set()
    aside: set[int] = set()
    for place, label in enumerate(map(text_of, rows[header])):
        own = {row for row in data if _has(rows[row], place)}
        lines = set() if own else _headings(rows, place, below, data)
        in_blocks = own == firsts and len(firsts) > 1
        by_order = label.rstrip().endswith(_SORTED) and own.issuperset(data[:1])
        if len(own) == len(data) or not (lines or (own and (in_blocks or by_order))):
            break
        _fill(rows, place, own | lines, known, aside)
        places.add(place)
        aside |= lines
    if not places:
        return Groups()
    return Groups(
        frozenset(places), frozenset(aside | {r for r, p in totals.items() if p in places})
    )


def _group_totals(rows: Sequence[Sequence[Cell]], below: range) -> Mapping[int, int]:
    """Return the rows that begin with a group's name and a total word (`本店 計`), and where."""
    totals: dict[int, int] = {}
    names: dict[int, str] = {}
    for row in below:
        cells = enumerate(rows[row])
        place = next((place for place, cell in cells if text_of(cell).strip()), None)
        if place is None:
            continue
        text = fold(text_of(rows[row][place]))
        name = names.get(place, "")
        if name and text.startswith(name) and is_total(text[len(name) :].strip()):
            totals[row] = place
        elif not is_total(text):
            names[place] = text
    return totals


def _firsts(rows: Sequence[Sequence[Cell]], below: range, data: Sequence[int]) -> set[int]:
    """Return the first row of data below the header, and below each total."""
    firsts: set[int] = set()
    known, begins = set(data), True
    for row in below:
        if row in known and begins:
            firsts.add(row)
        begins = row not in known and (begins or _has_two(rows[row]))
    return firsts


def _headings(
    rows: Sequence[Sequence[Cell]], place: int, below: range, data: Sequence[int]
) -> set[int]:
    """Return the lines whose only cell stands at a place, where the first is above all rows.

    Totals and notes are no names of groups, nor is what stands below the last row.
    """
    if not data:
        return set()
    names = {
        row: fold(text_of(rows[row][place]))
        for row in below
        if row < data[-1] and _has(rows[row], place) and _filled(rows[row]) == 1
    }
    headings = {r for r, name in names.items() if not is_total(name) and not says_note(name)}
    return headings if headings and min(headings) < data[0] else set()


def _fill(
    rows: list[list[Cell]], place: int, named: set[int], data: set[int], begins: set[int]
) -> None:
    """Give the rows of data the name above them; where an outer group begins there is none."""
    name: Cell = None
    for row in range(min(named), len(rows)):
        if row in named:
            name = rows[row][place]
        elif row in begins:
            name = None
        elif row in data and place < len(rows[row]):
            rows[row][place] = name


def _has(row: Sequence[Cell], place: int) -> bool:
    return place < len(row) and bool(text_of(row[place]).strip())


def _filled(row: Sequence[Cell]) -> int:
    return sum(bool(text_of(cell).strip()) for cell in row)


def _has_two(row: Sequence[Cell]) -> bool:
    """Return whether two cells of a row are filled; most rows say so by their first ones."""
    filled = 0
    for cell in row:
        filled += bool(text_of(cell).strip())
        if filled > 1:
            return True
    return False
