"""The figures of a world, counted row by row in plain Python; what no world changes is known."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from fuzz.projects.catalogue import Kpi
from fuzz.projects.draft import Thing
from fuzz.projects.outcomes import Row, holds, outcomes
from fuzz.projects.records import Cell, Record
from fuzz.projects.spans import Span

Number = int | Decimal | None
Key = tuple[str, str | None, str | None, str | None]
"""Kind, group, part and item of a figure."""
UNFILLED = "未記入"


@dataclass(frozen=True)
class Measured:
    """A value; a ratio has both its parts."""

    number: Number
    numerator: Number = None
    denominator: Number = None
    exact: Fraction | None = field(default=None, compare=False)
    """The number before it is rounded."""


def half_up(value: Fraction) -> Decimal:
    """Return a number rounded half up to one decimal, away from zero where it is negative."""
    tenths = int(abs(value) * 10 + Fraction(1, 2))
    with localcontext() as context:
        context.prec = 60
        return Decimal(tenths if value >= 0 else -tenths) / 10


def measured(kpi: Kpi, rows: Sequence[Row], members: frozenset[Cell]) -> Measured:
    """Return the KPI's measure over rows."""
    if kpi.register is not None:
        over = len({row.value for row in rows} & members)
        return _ratio(over, len(members))
    if kpi.measure == "ratio":
        over, under = (
            len({row.value for row in own}) if kpi.of else len(own)
            for own in ([row for row in rows if row.numerator], rows)
        )
        return _ratio(over, under)
    if kpi.measure == "distinct":
        return Measured(len({row.value for row in rows}))
    if kpi.measure in ("count", "rules"):
        return Measured(len(rows))
    amounts = sorted(Fraction(str(row.value)) for row in rows)
    if kpi.measure == "sum":
        return Measured(_decimal(sum(amounts, Fraction(0))))
    if not amounts:
        return Measured(None)
    middle = amounts[(len(amounts) - 1) // 2], amounts[len(amounts) // 2]
    share = sum(amounts) / len(amounts) if kpi.measure == "mean" else sum(middle) / 2
    return Measured(half_up(Fraction(share)), exact=Fraction(share))


def _decimal(value: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 80
        return Decimal(value.numerator) / Decimal(value.denominator)


def _ratio(over: int, under: int) -> Measured:
    share = Fraction(100 * over, under) if under else None
    return Measured(None if share is None else half_up(share), over, under, share)


Groups = Mapping[str | None, frozenset[Cell]]
"""People of a register by their group; those of all under None."""


def _members(kpi: Kpi, records: Iterable[Record], span: Span, by: str | None) -> Groups:
    register = kpi.register
    people: dict[str | None, set[Cell]] = {None: set()}
    for record in records if register is not None else ():
        joined, left = record["joined"], record["left"]
        last = min(span.end, span.until)
        stays = left is None or (isinstance(left, date) and left >= last)
        serving = isinstance(joined, date) and joined <= last and stays
        assert register is not None
        if serving and holds(kpi.register_where, record, register, span):
            people[None].add(record["staff"])
            if by is not None:
                group = record.get("group", record[by])
                people.setdefault(_name(group), set()).add(record["staff"])
    return {group: frozenset(own) for group, own in people.items()}


def _first_dates(rows: list[Row]) -> list[Row]:
    first: dict[Cell, date] = {}
    for row in rows:
        first[row.value] = min(row.day, first.get(row.value, row.day))
    return [replace(row, day=first[row.value]) for row in rows]


def _name(cell: Cell) -> str:
    return UNFILLED if cell is None else str(cell)


def _keys(kpi: Kpi, row: Row, span: Span, by: str | None) -> list[Key]:
    """Return the figures that a row belongs to."""
    if not span.start <= row.day <= span.end:
        return []
    month = f"{row.day:%Y-%m}"
    groups = [None] if by is None else [None, month if by == "month" else _name(row.record[by])]
    keys: list[Key] = []
    for group in groups:
        keys.append(("total", group, None, None))
        if kpi.parts == "month" and not (group and by == "month"):
            keys.append(("part", group, "month", month))
        elif kpi.parts not in (None, "month"):
            keys.append(("part", group, kpi.parts, _name(row.record[str(kpi.parts)])))
        if len(kpi.rules) > 1:
            keys.append(("rule", group, "rule", row.label))
    return keys


def _placed(
    kpi: Kpi, rows: Iterable[Row | None], span: Span, by: str | None, *, later: bool = False
) -> dict[Key, list[Row]]:
    """Return the rows of every figure that has some; `later`: those that are not yet due."""
    dated = [row for row in rows if row is not None]
    if kpi.at_first_date:
        dated = _first_dates(dated)
    placed: dict[Key, list[Row]] = {}
    for row in (row for row in dated if (row.later or row.day > span.until) is later):
        for key in _keys(kpi, row, span, by):
            placed.setdefault(key, []).append(row)
    return placed


Way = list[Row | None]
"""One way in which a thing may count."""


class Table:
    """All figures of a KPI in a span, and which of them what is open might change."""

    def __init__(
        self, kpi: Kpi, things: Mapping[str, Sequence[Thing]], span: Span, by: str | None
    ) -> None:
        self.kpi, self.span = kpi, span
        self._by = by if kpi.register is None else None
        self._people_by = None if kpi.register is None else by
        self._ways = [_ways(kpi, thing, span) for thing in things[kpi.source.id]]
        self._base = self._rows({})
        self._people = things[kpi.register.id] if kpi.register else ()
        self._members = self._serving({})
        self.touched = self._touched()
        if kpi.register is not None and self.touched:
            self.touched = set(self.keys)

    def value(self, key: Key) -> Measured:
        """Return a figure of the true world; one that no row belongs to is over nothing."""
        return self._measured(key, self._base, self._members)

    @property
    def keys(self) -> Iterable[Key]:
        """Return the figures that have rows."""
        if self.kpi.register is not None:
            return [("total", group, None, None) for group in self._members]
        return self._base

    def _measured(self, key: Key, rows: Mapping[Key, list[Row]], members: Groups) -> Measured:
        kind, group, part, item = key
        if self.kpi.register is None:
            return measured(self.kpi, rows.get(key, []), frozenset())
        own = rows.get((kind, None, part, item), [])
        return measured(self.kpi, own, members.get(group, frozenset()))

    def changes(self, key: Key) -> bool:
        """Return whether a world of some thing, all others as they are, changes a figure."""
        own = self.value(key)
        for place, ways in enumerate(self._ways):
            for way in ways[1:]:
                if self._measured(key, self._rows({place: way}), self._members) != own:
                    return True
        return any(self._measured(key, self._base, other) != own for other in self._others())

    def _rows(self, instead: Mapping[int, Way]) -> dict[Key, list[Row]]:
        ways = (instead.get(n, ways[0]) for n, ways in enumerate(self._ways))
        return _placed(self.kpi, (row for way in ways for row in way), self.span, self._by)

    def _touched(self) -> set[Key]:
        rows = [row for ways in self._ways for row in ways[0]]
        touched = set(_placed(self.kpi, rows, self.span, self._by, later=True))
        for place, ways in enumerate(self._ways):
            for way in ways[1:]:
                if self.kpi.at_first_date:
                    other = self._rows({place: way})
                    every = (*self._base, *other)
                    touched |= {k for k in every if self._base.get(k, []) != other.get(k, [])}
                    continue
                one, other = (_placed(self.kpi, w, self.span, self._by) for w in (ways[0], way))
                touched |= {k for k in (*one, *other) if one.get(k) != other.get(k)}
        return touched

    @property
    def members_open(self) -> bool:
        """Return whether it is open who is in the register, which touches every figure."""
        return any(other != self._members for other in self._others())

    def may_lack(self, key: Key) -> bool:
        """Return whether a group has no person in a world of some thing, as of a blank number."""
        return any(key[1] is not None and not other.get(key[1]) for other in self._others())

    def _others(self) -> Iterator[Groups]:
        for place, thing in enumerate(self._people):
            for world in thing.worlds:
                yield self._serving({place: world})
            if self.kpi.register and any(
                holds(self.kpi.register_where, r, self.kpi.register, self.span) is None
                for r in thing.true
            ):
                # a blank fits the filter or does not; its group is that of the blanks all the same
                fits = {**thing.record, "team": "営業一課", "group": None}
                yield self._serving({place: (fits,)})
                yield self._serving({place: ()})

    def _serving(self, instead: Mapping[int, tuple[Record, ...]]) -> Groups:
        worlds = (instead.get(n, thing.true) for n, thing in enumerate(self._people))
        records = [record for world in worlds for record in world]
        return _members(self.kpi, records, self.span, self._people_by)


def _ways(kpi: Kpi, thing: Thing, span: Span) -> list[Way]:
    """Return every way in which a thing may count, the true world's first."""
    ways: list[Way] = []
    for world in (thing.true, *thing.worlds):
        combined: list[Way] = [[]]
        for record in world:
            combined = [[*way, row] for way in combined for row in outcomes(kpi, record, span)]
        ways += [[row for row in way if row is not None] for way in combined]
    if kpi.at_first_date:  # a row whose identity is open is one of its own by the rule
        known = {record[kpi.of[0]] for record in thing.true}
        ways = [
            way
            for way in ways
            if all((r and r.value in known) or "?" in str(r and r.value) for r in way)
        ]
    unique: list[Way] = []
    for way in ways:
        if way not in unique:
            unique.append(way)
    return unique
