"""What was published or entered of other periods, as a run looks it up."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.faults import Fault
from kpicli.base.wording import Text
from kpicli.model.figures import NOTHING, Figure, Origin, Value, without_rows
from kpicli.model.periods import Period, is_span_kind
from kpicli.published.entered import EnteredValue, digits_of, entered_remark

if TYPE_CHECKING:
    from kpicli.catalog.kpis import Kpi
    from kpicli.published.record import FrozenKpi
    from kpicli.published.store import StoredRecord


class Found(Struct, frozen=True):
    """A value that was published or entered, and where it comes from."""

    value: Value
    origin: Origin


class Published(Struct, frozen=True):
    """Frozen records by the name of their period, and entered values.

    `findings` tell of records what a reader of the comparisons must know.
    """

    records: "Mapping[str, StoredRecord]" = {}
    findings: tuple[Fault, ...] = ()
    entered: tuple[EnteredValue, ...] = ()
    any_version: bool = False

    def frozen(self, kpi_id: str, version: int, figure: Figure, period: Period) -> Found | None:
        """Return what was published of a figure in another period; None where nothing was.

        An item that was not among those published had none. A figure of another version of the
        definition has no value to compare with, unless it is asked for.
        """
        stored, kpi = self._kpi(kpi_id, figure, period)
        if stored is None or kpi is None:
            return None
        record = stored.record
        origin = Origin("frozen", stored.file, record.frozen_on, record.edition)
        if kpi.version != version and not self.any_version:
            return Found(NOTHING, origin)
        for own in kpi.figures:
            if own.key == (figure.kind, figure.part, figure.item):
                return Found(own.measured, origin)
        whole = kpi.figures[0].measured if kpi.figures else None
        ratio = figure.value.denominator is not None
        return Found(without_rows(whole or NOTHING, ratio=ratio), origin)

    def _kpi(
        self, kpi_id: str, figure: Figure, period: Period
    ) -> "tuple[StoredRecord | None, FrozenKpi | None]":
        stored = self.records.get(period.name)
        if stored is None or not _of_all(figure):
            return None, None
        return stored, stored.record.by_id.get(kpi_id)

    def by_hand(self, kpi_id: str, figure: Figure, period: Period) -> Found | None:
        """Return the value entered for a figure in a period; None where there is none."""
        if not _of_all(figure) or figure.kind not in ("total", "part"):
            return None
        for entry in self.entered:
            if (entry.kpi, entry.item, entry.period) == (kpi_id, figure.item, period):
                return Found(entry.value, entry.origin)
        return None

    def items(self, kpi_id: str, period: Period) -> tuple[EnteredValue, ...]:
        """Return everything entered for a KPI in a period, in the order of the files."""
        return tuple(e for e in self.entered if (e.kpi, e.period) == (kpi_id, period))

    def remarks(self, kpi: "Kpi", figures: Sequence[Figure]) -> tuple[Text, ...]:
        """Tell of definitions that have changed since, and where values came from by hand."""
        found: dict[Text, None] = {}
        for figure in figures:
            for other in figure.comparisons:
                if other.origin.kind == "frozen":
                    found.update(dict.fromkeys(self._version_remark(kpi, other.period)))
                if other.origin.kind == "entered":
                    found[entered_remark(other.period, other.value, other.origin)] = None
                found.update(self._contradiction(kpi.id, figure, other.period, other.value))
            if figure.origin.kind == "entered":
                found[entered_remark(figure.period, figure.value, figure.origin)] = None
            found.update(self._contradiction(kpi.id, figure, figure.period, figure.value))
        return tuple(found)

    def _version_remark(self, kpi: "Kpi", period: Period) -> Iterable[Text]:
        then = self.records[period.name].record.by_id[kpi.id].version
        if then == kpi.version:
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

    def _contradiction(
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


NOTHING_PUBLISHED = Published()
