"""The result of a run as plain frozen values: figures, their accounting, and the Summary.

A Summary holds everything that any output shows; a renderer turns it into text and computes
nothing. Figures come in the order in which they are shown: KPI by KPI in catalogue order, in each
the total, its parts, its notes, then group by group the same again.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import InternalError
from kpicli.base.faults import Fault
from kpicli.base.wording import Text, Unit
from kpicli.model.bounds import Direction
from kpicli.model.measured import Measured, ShownDates, unrounded_of
from kpicli.model.periods import ComparisonKind, Period, is_span_kind
from kpicli.values.numbers import Rounding, decimals_of, exact_difference, shortened


class Status(StrEnum):
    """How far a figure can be relied on; the worst that applies is named."""

    OK = "ok"
    PARTIAL = "partial"
    """The exports cover only some months of the period, or rows of it are not yet due."""
    PROVISIONAL = "provisional"
    """要確認: faulty rows could belong to it."""
    UNDEFINED = "undefined"
    """A ratio or mean over nothing."""
    NO_DATA = "no_data"
    """The exports do not cover the period, or lack a column that the KPI needs."""


class TargetStatus(StrEnum):
    """How a target stands. A figure that is not final is never judged."""

    MET = "met"
    MISSED = "missed"
    PENDING = "pending"
    """A span has ended, but its value is not final."""
    ONGOING = "ongoing"
    """A span goes on."""
    NEXT = "next"
    """It is for the span that follows."""


def worst(statuses: Iterable[TargetStatus]) -> TargetStatus:
    """Return the worst of some statuses: missed, else pending, under way, met; else the next."""
    order = (
        TargetStatus.MISSED,
        TargetStatus.PENDING,
        TargetStatus.ONGOING,
        TargetStatus.MET,
        TargetStatus.NEXT,
    )
    return min(statuses, key=order.index)


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


class Value(Struct, frozen=True):
    """A measured value. For a ratio `number` is the percentage, rounded half up to one decimal.

    `number` is None when the status is `undefined` or `no_data`, and where no row counts but some
    are in doubt. Counts are `int`, sums, means and
    percentages `Decimal`.
    """

    number: int | Decimal | None
    numerator: int | Decimal | None
    denominator: int | Decimal | None
    status: Status
    faulty_rows: int
    """Undetermined rows: faulty, or blank where the value is needed."""
    unrounded: Fraction | None = None
    """What a mean or median is rounded from; None for all that is not, or where that is unknown."""
    dates: ShownDates | None = None
    """The dates that are shown in place of the number, where those are the value."""

    @property
    def in_doubt(self) -> bool:
        """Return whether rows are in doubt that it may have to count."""
        return bool(self.faulty_rows) or self.status is Status.PROVISIONAL

    @property
    def measured(self) -> Measured:
        """Return the number alone, without its status."""
        return Measured(self.number, self.numerator, self.denominator, self.unrounded, self.dates)


NOTHING = Value(None, None, None, Status.NO_DATA, 0)
"""The value where nothing is known."""


def change_between(now: Value | Measured, before: Value | Measured) -> int | Decimal | None:
    """Return how much a value changed, rounded once and last; None where there is a gap.

    Of two rounded values the difference can be off by a tenth: 10/27 after 10/26 is -1.42 points,
    not 37.0 less 38.5. Where one of the two is known as it was rounded alone (entered by hand, or
    frozen by an early version) the difference is that of the shown values: see `only_rounded`.
    Dates have no difference.
    """
    if now.number is None or before.number is None or now.dates or before.dates:
        return None
    own, other = unrounded(now), unrounded(before)
    if own is None or other is None:
        return exact_difference(now.number, before.number)
    return shortened(own - other, max(decimals_of(now.number), decimals_of(before.number)))


def unrounded(value: Value | Measured) -> Fraction | None:
    """Return what a share, mean or median is rounded from; None where it is not, or not known."""
    return unrounded_of(value.measured if isinstance(value, Value) else value)


def only_rounded(now: Value, before: Value) -> bool:
    """Tell whether one of two values is known as it was rounded alone, the other in full."""
    if now.number is None or before.number is None:
        return False
    return (unrounded(now) is None) is not (unrounded(before) is None)


def without_rows(whole: Value, nothing: Measured) -> Value:
    """Return the value of an item that counts no row, beside the whole value of its KPI.

    `nothing` is the KPI's measure over no rows: a zero, or no number for a ratio or a mean. It
    counts as such only where no row of the KPI is in doubt; that there is no date is known of what
    is covered in full alone.
    """
    unknown = whole.status is Status.PARTIAL and nothing.dates is not None
    if whole.status is Status.NO_DATA or (unknown and not whole.faulty_rows):
        return Value(None, None, None, Status.NO_DATA, 0)
    if whole.faulty_rows:
        return Value(None, None, None, Status.PROVISIONAL, whole.faulty_rows)
    status = Status.UNDEFINED if nothing.number is None else whole.status
    return Value(
        nothing.number, nothing.numerator, nothing.denominator, status, 0, dates=nothing.dates
    )


OriginKind = Literal["computed", "frozen", "entered"]


class Origin(Struct, frozen=True):
    """Where a value comes from: counted now, frozen when it was published, or entered by hand.

    `source` is the frozen record's file, or what an entered value was taken from; `on` the day of
    freezing or of entering. A frozen one may itself have been entered.
    """

    kind: OriginKind = "computed"
    source: str = ""
    on: date | None = None
    edition: int | None = None
    note: str = ""


COMPUTED = Origin()


class Comparison(Struct, frozen=True):
    """The same figure in another period: 前期 (previous) or 前年同期 (year_ago)."""

    kind: ComparisonKind
    period: Period
    value: Value
    change: int | Decimal | None
    """This value less that one (percentage points for a ratio); None where either is missing."""
    origin: Origin = COMPUTED
    """Where the other period's value comes from."""


class Reached(Struct, frozen=True):
    """How many members of a register reached a target in a span; `span` is it as far as it got.

    `members` is None where the register does not answer for the last day of it.
    """

    span: Period
    members: int | None = None
    reached: int = 0
    undecided: int = 0
    """Members whose value is not final."""
    missing: tuple[Text, ...] = ()
    """The members that did not reach it; none where they are persons."""
    others: int = 0
    """Rows that count and are of no member: nobody, or somebody who is not in force."""


class Every(Struct, frozen=True):
    """The register whose members are each held to a target, and the column that names them."""

    source: str
    by: str
    title: Text


class TargetJudgement(Struct, frozen=True):
    """A target of the KPI that belongs to the figure's period, and how it stands."""

    direction: Direction
    bound: Decimal
    per: str
    status: TargetStatus
    missed: tuple[Period, ...] = ()
    """The spans in which it was missed."""
    spans: tuple[Period, ...] = ()
    """The spans that are judged, in order; they may leave some of the figure's period out."""
    value: Value | None = None
    """The span's own value, where one span is judged that is not the figure's period."""
    so_far: Period | None = None
    """As much of a span that goes on as `value` is of, where that is not the figure's period."""
    every: Every | None = None
    """Who is held to it, each by themselves."""
    reached: tuple[Reached, ...] = ()
    """How many of them reached it, span by span."""


class OptionJudgement(Struct, frozen=True):
    """One of several ways to reach a target: what is asked of a KPI in a span, and its value."""

    kpi: str
    direction: Direction
    bound: Decimal
    per: str
    value: Value
    status: TargetStatus


class SpanJudgement(Struct, frozen=True):
    """How a target that has several ways stands in one span; `so_far` as in `TargetJudgement`."""

    span: Period
    status: TargetStatus
    options: tuple[OptionJudgement, ...]
    so_far: Period | None = None


class JointTarget(Struct, frozen=True):
    """A target that any of several KPIs reaches, and how it stands in the run's period."""

    id: str
    title: Text
    per: str
    status: TargetStatus
    spans: tuple[SpanJudgement, ...]

    @property
    def kpis(self) -> frozenset[str]:
        """Return the ids of the KPIs that may reach it."""
        return frozenset(option.kpi for span in self.spans for option in span.options)


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


class Series(Struct, frozen=True):
    """One figure in several periods of the same length, the oldest first, the run's own last."""

    figures: tuple[Figure, ...]

    @property
    def own(self) -> Figure:
        """Return the figure in the run's own period."""
        return self.figures[-1]

    @property
    def breaks(self) -> tuple[tuple[Figure, Figure], ...]:
        """Return each two figures between which the definition changed, the older one first.

        Figures without data, and those that no definition made, are passed over.
        """
        known = [
            figure
            for figure in self.figures
            if figure.definition is not None and figure.value.status is not Status.NO_DATA
        ]
        return tuple((a, b) for a, b in pairwise(known) if a.definition != b.definition)

    @property
    def lines(self) -> tuple[tuple[Figure, ...], ...]:
        """Return the figures that a line in a chart may join: neighbours with a number.

        None across a gap, and none across a change of the definition.
        """
        runs: list[list[Figure]] = [[]]
        after = [new for _, new in self.breaks]
        for figure in self.figures:
            if figure.value.number is None or any(figure is new for new in after):
                runs.append([])
            if figure.value.number is not None:
                runs[-1].append(figure)
        return tuple(tuple(run) for run in runs if run)

    def other_definition(self, figure: Figure) -> bool:
        """Return whether a figure was counted by another definition than the newest that is told.

        So it is not to be compared with the newest one.
        """
        told = (each.definition for each in reversed(self.figures) if each.definition is not None)
        return figure.definition is not None and figure.definition != next(told)


class Guess(Struct, frozen=True):
    """A setting that nobody has confirmed: its key, and the line of the settings (0: no line)."""

    path: str
    line: int = 0


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


class SourceAccounting(Struct, frozen=True):
    """Where every row read of one file or source went.

    `read` is the sum of all the others; `InternalError` where it is not.
    """

    read: int
    usable: int
    duplicate: int
    superseded: int
    not_data: int
    faulty: int

    def __post_init__(self) -> None:
        parts = self.usable + self.duplicate + self.superseded + self.not_data + self.faulty
        if self.read != parts:
            raise InternalError(
                Text(
                    f"行の内訳の和 {parts} が、読んだ行数 {self.read} と合いません",
                    f"{self.read} rows were read, but {parts} are accounted for",
                )
            )


class KpiAccounting(Struct, frozen=True):
    """Where every candidate row of one KPI went, in one source and one period.

    usable + faulty is the sum of the others, `InternalError` where it is not; `excluded` names
    each rule with its rows, and `not_yet_due` are rows in the period whose day has not come.
    """

    kpi: str
    source: str
    usable: int
    faulty: int
    counted: int
    not_selected: int
    no_date: int
    out_of_period: int
    excluded: tuple[tuple[str, int], ...]
    undetermined: int
    not_yet_due: int = 0
    of: str | None = None
    """The KPI that counts the rows, where `kpi` is made of others."""

    def __post_init__(self) -> None:
        parts = self.counted + self.not_selected + self.no_date + self.out_of_period
        parts += sum(rows for _, rows in self.excluded) + self.undetermined + self.not_yet_due
        rows = self.usable + self.faulty
        if rows != parts:
            raise InternalError(
                Text(
                    f"{self.kpi} の行の内訳の和 {parts} が、行数 {rows} と合いません",
                    f"{self.kpi}: of {rows} rows {parts} are accounted for",
                )
            )


class InputFile(Struct, frozen=True):
    """One file that was read, as the Summary records it."""

    source: str
    path: str
    sha256: str
    encoding: str | None
    sheet: str | None
    accounting: SourceAccounting


class SourceReport(Struct, frozen=True):
    """One source after loading: its title, row accounting and covered months."""

    id: str
    title: Text
    accounting: SourceAccounting
    covered: tuple[Period, ...]
    """Covered months, in order; empty where nothing is known to be covered."""


class Summary(Struct, frozen=True):
    """The whole result of a run."""

    period: Period
    as_of: date
    by: str | None
    compared: tuple[Literal["previous", "year_ago"], ...]
    kpis: Mapping[str, KpiHead]
    figures: tuple[Figure, ...]
    accounting: tuple[KpiAccounting, ...]
    sources: tuple[SourceReport, ...]
    files: tuple[InputFile, ...]
    faults: tuple[Fault, ...]
    catalogue_hash: str
    version: str
    """Of kpicli."""
    trend: tuple[Series, ...] = ()
    """The figures in several periods, where those were asked for, in the order of the figures."""
    left_out: int = 0
    """How many KPIs are not shown, as no export of a source is there; 0 where some were named."""
    joint_targets: tuple[JointTarget, ...] = ()
    """The targets that any of several KPIs reaches, where all of these are among the KPIs."""

    organisation: Text | None = None
    """Whose figures they are, as the settings name it."""
    guesses: tuple[Guess, ...] = ()
    """Every setting that nobody has confirmed."""

    @property
    def trend_periods(self) -> tuple[Period, ...]:
        """Return the periods of the trend, the oldest first; none where none was asked for."""
        return tuple(figure.period for figure in self.trend[0].figures) if self.trend else ()

    @property
    def figures_of_all_periods(self) -> Iterator[tuple[Figure, bool]]:
        """Yield every figure, KPI by KPI those of the trend's earlier periods first, oldest first.

        With each it is said whether another definition than today's counted it.
        """
        earlier: dict[str, dict[int, list[tuple[Figure, bool]]]] = {}
        for series in self.trend:
            for place, figure in enumerate(series.figures[:-1]):
                periods = earlier.setdefault(figure.kpi, {})
                other = series.other_definition(figure)
                periods.setdefault(place, []).append((figure, other))
        for own in self.figures:
            for figures in earlier.pop(own.kpi, {}).values():
                yield from figures
            yield own, False

    @property
    def without_members(self) -> "Summary":
        """Return the summary without the names of members that did not reach a target.

        They are for who asks to see values, and for internal reports.
        """
        if not any(each.missing for f in self.figures for t in f.targets for each in t.reached):
            return self
        return replace(self, figures=tuple(map(_without_members, self.figures)))

    @property
    def guessed(self) -> tuple[str, ...]:
        """Return the ids of the KPIs whose figures rest on a setting that nobody has confirmed."""
        return tuple(name for name, head in self.kpis.items() if head.guesses)

    @property
    def titles(self) -> dict[str, Text]:
        """Return the title of every KPI, by id."""
        return {name: head.title for name, head in self.kpis.items()}


def _without_members(figure: Figure) -> Figure:
    targets = (
        replace(target, reached=tuple(replace(each, missing=()) for each in target.reached))
        for target in figure.targets
    )
    return replace(figure, targets=tuple(targets))
