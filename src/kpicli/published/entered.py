"""Values that no export holds, entered by hand in csv files of the published folder."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from kpicli.calculators.rounding import percentage
from kpicli.catalog.kpis import EnteredKpi
from kpicli.catalog.names import suggestion
from kpicli.errors import InputError, PeriodError
from kpicli.figures import Origin, Status, Value
from kpicli.loaders.cells import read_number
from kpicli.periods import Period
from kpicli.settings import Settings
from kpicli.values.dates import UnreadableDate, parse_date
from kpicli.values.folding import fold
from kpicli.wording import Text

COLUMNS = (
    "period", "kpi", "item", "value", "numerator", "denominator", "source", "entered_on", "note",
)  # fmt: skip
"""The header of such a file, in any order; columns that may stay blank may be missing."""
REQUIRED = ("period", "kpi", "value", "source", "entered_on")
RATIOS = ("ratio", "roster_ratio")


@dataclass(frozen=True, slots=True)
class EnteredValue:
    """One value with its source (`origin`), of a KPI (`item` None) or of one of its parts."""

    period: Period
    kpi: str
    item: str | None
    value: Value
    origin: Origin
    place: str


def read_entered(settings: Settings, today: date) -> tuple[EnteredValue, ...]:
    """Return every entered value, by file and row.

    Raises `InputError`, naming file, line and column, for what cannot be understood, and for a
    figure that is entered twice.
    """
    found: dict[tuple[Period, str, str | None], EnteredValue] = {}
    for path in sorted(settings.published.glob("*.csv")):
        for line, row in _rows(path):
            place = f"{path.name} 行{line}", f"{path.name} line {line}"
            entry = _Row(settings, today, row, Text(*place)).value()
            key = entry.period, entry.kpi, entry.item
            if key in found:
                raise _wrong(Text(*place), "kpi", f"entered already in {found[key].place}")
            found[key] = entry
    return tuple(found.values())


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    name = Text(path.name, path.name)
    reader = csv.reader(io.StringIO(_decoded(path, name), newline=""), strict=True)
    try:
        header = [fold(cell) for cell in next(reader, [])]
        lacking = [column for column in REQUIRED if column not in header]
        unknown = [column for column in header if column not in COLUMNS]
        if lacking or unknown or len(set(header)) < len(header):
            told = ", ".join([*(f"{c} is missing" for c in lacking), *(f"{c}?" for c in unknown)])
            raise _wrong(name, "header", f"{told or 'a column stands twice'}")
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) != len(header):
                    raise _wrong(name, f"line {reader.line_num}", "not as many cells as columns")
                yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise _wrong(name, f"line {reader.line_num}", str(error)) from None


def _decoded(path: Path, name: Text) -> str:
    """Return the text: UTF-8, else cp932, in which Excel saves a csv."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _wrong(name, "file", error.strerror or "") from None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _wrong(name, "encoding", "neither UTF-8 nor cp932")


@dataclass(frozen=True, slots=True)
class _Row:
    settings: Settings
    today: date
    cells: Mapping[str, str]
    place: Text

    def value(self) -> EnteredValue:
        item = fold(self.cells.get("item", "")) or None
        kpi = self._kpi(item)
        return EnteredValue(
            self._period(),
            kpi,
            item,
            self._measured(kpi),
            Origin("entered", self._text("source"), self._day(), None, self._text("note")),
            self.place.en,
        )

    def _text(self, column: str) -> str:
        text = self.cells.get(column, "").strip()
        if not text and column in REQUIRED:
            raise _wrong(self.place, column, "must be there")
        return text

    def _kpi(self, item: str | None) -> str:
        name, catalog = fold(self._text("kpi")), self.settings.catalog
        if name in catalog.entered:
            return name
        kpi = catalog.kpi.get(name)
        if kpi is None:
            near = suggestion(name, [*catalog.entered, *catalog.kpi])
            raise _wrong(self.place, "kpi", f"no KPI {name!r}; {near.en}")
        if item is not None and kpi.parts is None:
            raise _wrong(self.place, "item", f"{name} has no parts")
        if item is None and kpi.parts is not None and not kpi.parts.total:
            raise _wrong(self.place, "item", f"{name} has no total, only parts")
        return name

    def _period(self) -> Period:
        try:
            fiscal = self.settings.fiscal
            return Period.parse(self._text("period"), fiscal=fiscal, today=self.today)
        except PeriodError as error:
            raise _wrong(self.place, "period", str(error)) from None

    def _day(self) -> date:
        try:
            return parse_date(self._text("entered_on"), self.settings.zone)
        except UnreadableDate:
            raise _wrong(self.place, "entered_on", "no date") from None

    def _measured(self, kpi: str) -> Value:
        over, under = self._count("numerator"), self._count("denominator")
        spec = self.settings.catalog.entered.get(kpi) or self.settings.catalog.kpi[kpi]
        ratio = spec.ratio if isinstance(spec, EnteredKpi) else spec.measure in RATIOS
        if (over is None) != (under is None) or (over is not None and not ratio):
            column = "denominator" if under is None else "numerator"
            raise _wrong(self.place, column, "both belong to a ratio, and to no other figure")
        value = self._number("value")
        if over is not None and under is not None and value != percentage(over, under):
            raise _wrong(self.place, "value", f"{over}/{under} is {percentage(over, under)}")
        whole = not (ratio or isinstance(spec, EnteredKpi) or spec.measure in ("sum", "mean"))
        if whole and value != int(value):
            raise _wrong(self.place, "value", "a count is a whole number")
        return Value(value if ratio else _whole(value), over, under, Status.OK, 0)

    def _number(self, column: str) -> Decimal:
        number = read_number(self._text(column)).value
        if not isinstance(number, Decimal):
            raise _wrong(self.place, column, "no number")
        return number

    def _count(self, column: str) -> int | None:
        if not self._text(column):
            return None
        number = read_number(self._text(column)).value
        if not isinstance(number, Decimal) or number != int(number) or number < 0:
            raise _wrong(self.place, column, "no whole number")
        return int(number)


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == int(number) else number


def _wrong(place: Text, key: str, found: str) -> InputError:
    return InputError(
        Text(
            f"入力値 {place.ja} の {key} が正しくありません: {found}",
            f"entered values, {place.en}, {key}: {found}",
        ),
        Text(
            f"列: {', '.join(COLUMNS)}(docs/publishing.md)",
            f"columns: {', '.join(COLUMNS)} (docs/publishing.md)",
        ),
    )
