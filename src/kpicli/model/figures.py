"""Figures: a value of a KPI in a period, in a group, of a part; what it is compared with, made of.

Figures come in the order in which they are shown: KPI by KPI in catalogue order, in each the total,
its parts, its notes, then group by group the same again.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from msgspec import Struct

from kpicli.base.wording import Text, Unit
from kpicli.model.judgements import TargetJudgement, worst
from kpicli.model.periods import ComparisonKind, Period, is_span_kind
from kpicli.model.value import COMPUTED, Origin, Status, Value, change_between, unrounded
from kpicli.values.numbers import Rounding

UNFILLED = "未記入"
"""The part or group of rows whose cell is blank (domain rule "Values")."""

FigureKind = Literal["total", "part", "subpart", "of_which", "rule", "memo"]
"""`part`s of an additive KPI make up its total, `rule`s (labelled rules) too; `subpart`s make up
the part that they belong to. What is `of_which` is some of the total and is never added, nor is a
`memo`, a line shown beside the figure."""

KINDS: tuple[FigureKind, ...] = ("total", "part", "of_which", "rule", "memo")
"""The kinds in the order in which they are shown; subparts follow their part."""

OF_WHICH: FigureKind = "of_which"

LEVELS = "/"
"""Stands between the two columns, and the two items, of a subpart: `line/category`; likewise
between two dimensions, and two groups, that are crossed."""


CROSSED = 2
"""As many dimensions can be crossed."""


def dimensions_of(by: str | None) -> tuple[str, ...]:
    """Return the dimensions of a grouping: none, one, or the two that are crossed (`line,team`)."""
    return () if by is None else tuple(name.strip() for name in by.replace("、", ",").split(","))


class Comparison(Struct, frozen=True):
    """The same figure in another period: 前期 (previous) or 前年同期 (year_ago)."""

    kind: ComparisonKind
    period: Period
    value: Value
    change: int | Decimal | None
    """This value less that one (percentage points for a ratio); None where either is missing."""
    origin: Origin = COMPUTED
    """Where the other period's value comes from."""


Key = tuple[FigureKind, str | None, str | None, str | None]
"""Kind, group, part and item."""


class Definition(Struct, frozen=True):
    """The definition that a value was counted by: its version, and a digest of what it says."""

    version: int
    digest: str


class ComponentValue(Struct, frozen=True):
    """The value of another KPI that a composed figure is made of, as that one is shown.

    It is in units of 10 ** `scale`. `period` is the figure's own, or a fixed one.
    """

    kpi: str
    period: Period
    value: Value
    origin: Origin = COMPUTED
    scale: int = 0

    @property
    def exact(self) -> Fraction | None:
        """Return the value before it was rounded and scaled; None without a number."""
        if self.value.number is None:
            return None
        known = unrounded(self.value)
        power: int = 10**self.scale
        return (Fraction(self.value.number) if known is None else known) * power


class Figure(Struct, frozen=True):
    """One number: a KPI's total or one of its parts, in a period, in a group."""

    kpi: str
    kind: FigureKind
    period: Period
    by: str | None
    """The dimension asked for by `--by`, or two (`line/category`); None outside a group."""
    group: str | None
    part: str | None
    """The KPI's own split (a column name, `month`, `rule` or `memo`)."""
    item: str | None
    value: Value
    comparisons: tuple[Comparison, ...] = ()
    targets: tuple[TargetJudgement, ...] = ()
    """Every target that belongs to the figure's period, in the order of the catalogue."""
    origin: Origin = COMPUTED
    definition: Definition | None = None
    """What it was counted by, told of figures of a trend; None where a person entered it."""
    share: Decimal | None = None
    """What percentage of its total a part is, where that is asked for."""
    under: str | None = None
    """The item of the part that a subpart belongs to."""
    components: tuple[ComponentValue, ...] = ()
    """The values that it is made of, where its KPI is made of others."""

    @property
    def items(self) -> tuple[str, ...]:
        """Return its items, level by level: that of the part it belongs to, and its own."""
        if self.item is None:
            return ()
        if self.under is None:
            return (self.item,)
        return self.under, self.item.removeprefix(self.under + LEVELS)

    @property
    def key(self) -> Key:
        """Return what it shares with its counterparts in other periods.

        A group of time (a month) is the whole there.
        """
        group = None if is_span_kind(self.by) else self.group
        return self.kind, group, self.part, self.item

    def comparison(self, kind: ComparisonKind, other: Value, origin: Origin) -> Comparison:
        """Return the comparison with a value of the other period, which comes from `origin`.

        A part of a period is no match for a whole one, nor for another part: where either is
        covered in part there is no change. That of a percentage is of the exact shares.
        """
        change = None
        if Status.PARTIAL not in (self.value.status, other.status):
            change = change_between(self.value, other)
        return Comparison(kind, self.period.compared_with(kind), other, change, origin)

    @property
    def target(self) -> TargetJudgement | None:
        """Return the target that stands worst: a missed one, else a pending one, and so on."""
        by_status = {target.status: target for target in reversed(self.targets)}
        return by_status[worst(by_status)] if by_status else None


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Return the figures of one KPI in the order of showing, those of a kind and group as they are.

    Group by group the total, the parts, each with its subparts behind it, then the other kinds.
    """
    rows = list(figures)
    groups: dict[str | None, int] = {}
    parts: dict[tuple[str | None, str], int] = {}
    for figure in rows:
        groups.setdefault(figure.group, len(groups))
        if figure.kind in ("part", "subpart"):
            parts.setdefault((figure.group, figure.items[0]), len(parts))

    def place(figure: Figure) -> tuple[int, int, int, int]:
        below = figure.kind == "subpart"
        kind = KINDS.index("part" if below else figure.kind)
        part = parts[figure.group, figure.items[0]] if kind == KINDS.index("part") else 0
        return groups[figure.group], kind, part, int(below)

    return sorted(rows, key=place)


class KpiHead(Struct, frozen=True):
    """The attributes that all figures of one KPI share."""

    id: str
    title: Text
    principles: tuple[str, ...]
    unit: Unit
    measure: str
    version: int
    additive: bool
    """Whether figures of separate months, parts or groups add up."""
    remarks: tuple[Text, ...] = ()
    """Remarks for every reader: missing columns, months not covered, exports reaching back too
    little."""
    percentage: bool = False
    """Whether values are percentages with a numerator and a denominator."""
    rounding: Rounding = "half_up"
    """How what is shown is rounded."""
    warnings: tuple[Text, ...] = ()
    """Those of the remarks that even who wants quiet must see: columns that its exports lack, far
    fewer rows than before, total rows that contradict the rows."""
    note: Text | None = None
    """How it is counted, in one plain sentence."""
    public: bool = True
    """Whether it may stand in a published edition."""
    better: Literal["higher", "lower"] | None = None
    """The direction in which a change is good; None where it is neither."""
    labels: Mapping[str, Mapping[str, str]] = {}
    """The English of parts, rules, memos and groups, by the column that splits (`rule`, `memo`)."""
    components: Mapping[str, Text] = {}
    """The titles of the KPIs with rows that it is made of, by id, where it is made of others."""
    guesses: tuple[str, ...] = ()
    """The keys of the settings that nobody has confirmed and on which its figures rest."""
