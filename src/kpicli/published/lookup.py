"""What was published or entered of other periods, as a run looks it up."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.faults import Fault
from kpicli.base.wording import Text
from kpicli.model.figures import Definition, Figure
from kpicli.model.periods import Period, is_span_kind
from kpicli.model.value import COMPUTED, NOTHING, Origin, Status, Value, only_rounded, without_rows
from kpicli.published.entered import EnteredValue, digits_of, entered_remark
from kpicli.published.kinds import over_nothing

if TYPE_CHECKING:
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import Kpi
    from kpicli.published.record import FrozenKpi
    from kpicli.published.store import StoredRecord


class Found(Struct, frozen=True):
    """A value, where it comes from, and what it was counted by; None where it was entered."""

    value: Value
    origin: Origin = COMPUTED
    definition: Definition | None = None


class Published(Struct, frozen=True, dict=True):
    """Frozen records by the name of their period, and entered values.

    `findings` tell of records what a reader of the comparisons must know.
    """

    records: "Mapping[str, StoredRecord]" = {}
    findings: tuple[Fault, ...] = ()
    entered: tuple[EnteredValue, ...] = ()
    any_version: bool = False
    digests: Mapping[tuple[str, str], str] = {}
    """By names of periods and ids of KPIs, the digests of definitions that are still the same."""

    def standing(
        self, kpi_id: str, figure: Figure, period: Period, counted: Callable[[], Found]
    ) -> Found:
        """Return the value that stands for a figure in another period.

        What was published of it is that; only what was not is `counted`, and only what no export
        covers is taken from what was entered.
        """
        standing = self.frozen(kpi_id, figure, period) or counted()
        if standing.value.status is Status.NO_DATA and standing.origin.kind == "computed":
            return self.by_hand(kpi_id, figure, period) or standing
        return standing

    def comparable(self, found: Found, version: int) -> Found:
        """Return a value of another period as it can be compared with one of today's definition.

        One of another version has nothing to compare with, unless it is asked for.
        """
        definition = found.definition
        if definition is None or definition.version == version or self.any_version:
            return found
        return Found(NOTHING, found.origin)

    def frozen(self, kpi_id: str, figure: Figure, period: Period) -> Found | None:
        """Return what was published of a figure in another period; None where nothing was.

        An item that was not among those published had none.
        """
        kpi = self._kpi(kpi_id, period)
        if kpi is None or not _of_all(figure):
            return None
        for own in kpi.figures:
            if own.key == (figure.kind, figure.part, figure.item):
                return self._frozen(kpi, own.measured, period)
        whole = kpi.figures[0].measured if kpi.figures else NOTHING
        return self._frozen(
            kpi, without_rows(whole, over_nothing(kpi.measure, kpi.shown_as)), period
        )

    def figures(self, kpi_id: str, period: Period) -> tuple[Figure, ...]:
        """Return every figure of a KPI that was published of a period."""
        kpi = self._kpi(kpi_id, period)
        figures: list[Figure] = []
        above = None
        for each in () if kpi is None else kpi.figures:
            above = each.item if each.kind == "part" else above
            own = Figure(kpi_id, each.kind, period, None, None, each.part, each.item, each.measured)
            figures.append(replace(own, under=above) if each.kind == "subpart" else own)
        return tuple(figures)

    def _kpi(self, kpi_id: str, period: Period) -> "FrozenKpi | None":
        stored = self.records.get(period.name)
        return None if stored is None else stored.record.by_id.get(kpi_id)

    def _frozen(self, kpi: "FrozenKpi", value: Value, period: Period) -> Found:
        stored = self.records[period.name]
        record = stored.record
        origin = Origin("frozen", stored.file, record.frozen_on, record.edition)
        digest = self.digests.get((period.name, kpi.id), kpi.definition_hash)
        return Found(value, origin, Definition(kpi.version, digest))

    def by_hand(self, kpi_id: str, figure: Figure, period: Period) -> Found | None:
        """Return the value entered for a figure in a period; None where there is none."""
        if not _of_all(figure) or figure.kind not in ("total", "part"):
            return None
        return self.item(kpi_id, figure.item, period)

    def item(self, kpi_id: str, item: str | None, period: Period) -> Found | None:
        """Return the value entered for an item (None: the total) in a period, if there is one."""
        entry = self._by_item.get((kpi_id, item, period))
        return None if entry is None else Found(entry.value, entry.origin)

    @cached_property
    def _by_item(self) -> Mapping[tuple[str, str | None, Period], EnteredValue]:
        # of two entries for one item the first one stands
        return {(e.kpi, e.item, e.period): e for e in reversed(self.entered)}

    def items(self, kpi_id: str, period: Period) -> tuple[EnteredValue, ...]:
        """Return everything entered for a KPI in a period, in the order of the files."""
        return tuple(e for e in self.entered if (e.kpi, e.period) == (kpi_id, period))

    def remarks(self, kpi: "Kpi | ComposedKpi", figures: Sequence[Figure]) -> tuple[Text, ...]:
        """Tell of definitions that have changed since, and of values that people entered."""
        found: dict[Text, None] = {}
        for figure in figures:
            for other in figure.comparisons:
                if other.origin.kind == "frozen":
                    found.update(dict.fromkeys(self.version_remark(kpi, other.period)))
                if other.change is not None and only_rounded(figure.value, other.value):
                    found[_rounded_remark(other.period)] = None
                found.update(self.contradiction(kpi.id, figure, other.period, other.value))
            if figure.origin.kind == "entered":
                found[entered_remark(figure.period, figure.value, figure.origin)] = None
            found.update(self.contradiction(kpi.id, figure, figure.period, figure.value))
        return tuple(found)

    def version_remark(self, kpi: "Kpi | ComposedKpi", period: Period) -> Iterable[Text]:
        """Yield that a KPI was published of a period by another definition than today's."""
        frozen = self._kpi(kpi.id, period)
        if frozen is None:
            return
        then = frozen.version
        if then == kpi.version:
            if frozen.measure != kpi.measure and (period.name, kpi.id) in self.digests:
                yield Text(
                    f"{period.name} に公表した値の定義は、以前の書き方({frozen.measure})の"
                    "ものです。意味は今の定義と同じなので、そのまま比べています",
                    f"{period.name} was published under the same definition in former words "
                    f"({frozen.measure}): they are compared",
                )
            if (period.name, kpi.id) not in self.digests:
                yield Text(
                    f"{period.name} に公表した値は、版は同じ第{then}版でも今と違う定義のもので、"
                    "そのまま比べています",
                    f"{period.name} was published under another definition of the same version "
                    f"{then}: they are compared all the same",
                )
            return
        ja, en = "比べません", "they are not compared (--allow-definition-change compares them)"
        if self.any_version:
            ja, en = "そのまま比べています", "they are compared all the same"
        else:
            ja += "(--allow-definition-change で比べます)"
        yield Text(
            f"{period.name} に公表した値は定義の第{then}版、今は第{kpi.version}版なので、{ja}",
            f"{period.name} was published under version {then} of the definition, "
            f"now it is version {kpi.version}: {en}",
        )

    def contradiction(
        self, kpi_id: str, figure: Figure, period: Period, value: Value
    ) -> dict[Text, None]:
        """Return the warning that an entered value says otherwise than what counts instead."""
        entry = self.by_hand(kpi_id, figure, period)
        if entry is None or value.number is None or entry.value.number == value.number:
            return {}
        item = "" if figure.item is None else f" {figure.item}"
        entered, stands = digits_of(entry.value), digits_of(value)
        words = Text(
            f"{period.name}{item} の入力値 {entered} は、数えた値または公表値 {stands} "
            f"と違うので使いません({entry.origin.source})",
            f"{period.name}{item}: the entered {entered} contradicts {stands}, "
            f"which stands ({entry.origin.source})",
        )
        return {words: None}


def _of_all(figure: Figure) -> bool:
    """Return whether a figure is of all that its period has, not of a column's group of it."""
    return figure.by is None or is_span_kind(figure.by)


def _rounded_remark(period: Period) -> Text:
    """Return that a change is of the shown values, as one of the two is not known in full."""
    return Text(
        f"{period.name} の値は丸めたものしかわからないので、差は丸めた値どうしの差です",
        f"{period.name}: what its value was rounded from is not known; "
        "the change is that of the rounded values",
    )


NOTHING_PUBLISHED = Published()
