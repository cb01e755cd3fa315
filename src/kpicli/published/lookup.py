"""What was published or entered of the periods that a run needs, read in one place.

Everything that a run's result depends on besides settings and exports is in `files_behind`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.faults import Fault
from kpicli.base.wording import Text
from kpicli.model.figures import NOTHING, Figure, Origin, Value, without_rows
from kpicli.model.periods import Period, is_span_kind
from kpicli.published.entered import EnteredValue, read_entered
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings

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
        words = Text(
            f"{period.name}{item} の入力値 {_exact(entry.value)} は、数えた値または公表値 "
            f"{_exact(value)} と違うので使いません({entry.origin.source})",
            f"{period.name}{item}: the entered {_exact(entry.value)} contradicts {_exact(value)}, "
            f"which stands ({entry.origin.source})",
        )
        return {words: None}


def _of_all(figure: Figure) -> bool:
    """Return whether a figure is of all that its period has, not of a column's group of it."""
    return figure.by is None or is_span_kind(figure.by)


def entered_remark(period: Period, value: Value, origin: Origin) -> Text:
    """Return what a reader must know of an entered value: its source and date."""
    note = f"。{origin.note}" if origin.note else ""
    en_note = f" ({origin.note})" if origin.note else ""
    return Text(
        f"{period.name} の値 {_exact(value)} は {origin.on} に入力したもの(出典: {origin.source}"
        f"{note})",
        f"{period.name}: {_exact(value)} was entered on {origin.on}, from {origin.source}{en_note}",
    )


def _exact(value: Value) -> str:
    number = value.number
    return format(number, "f") if isinstance(number, Decimal) else str(number)


NOTHING_PUBLISHED = Published()


def read_published(
    settings: Settings, request: Request, periods: Iterable[Period], today: date
) -> Published:
    """Return what is needed of the folder: records of `periods`, and all entered values.

    With `request.recompute` no record is read. Raises `InputError` for a file that cannot be read
    as what it should be, or was edited, and what `find_secret` raises.
    """
    if not settings.published.is_dir():
        return NOTHING_PUBLISHED
    entered = read_entered(settings, today)
    any_version = request.allow_definition_change
    if request.recompute or not any(settings.published.glob("*.json")):
        return Published(entered=entered, any_version=any_version)
    from kpicli.published.store import RecordFolder

    folder = RecordFolder(settings)
    records: dict[str, StoredRecord] = {}
    findings: list[Fault | None] = []
    for period in periods:
        stored = folder.read(period)
        if stored is None:
            findings.append(folder.missing(period))
        else:
            records[period.name] = stored
            findings += stored.findings
    told = tuple(dict.fromkeys(fault for fault in findings if fault is not None))
    return Published(records, told, entered, any_version)


def files_behind(settings: Settings) -> tuple[Path, ...]:
    """Return every file that `read_published` may have depended on, in order.

    Whoever keeps a result for later must keep their contents in its key too, also that there are
    none.
    """
    if not settings.published.is_dir():
        return ()
    return tuple(
        path
        for path in sorted(settings.published.iterdir())
        if path.suffix in (".json", ".csv") and path.is_file()
    )
