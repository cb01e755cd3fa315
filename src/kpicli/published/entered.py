"""Values that no export holds, entered by hand in csv files of the published folder."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.errors import PeriodError
from kpicli.base.storage import why_unread
from kpicli.base.wording import Text, suggestion
from kpicli.catalog.kpis.kpi import EnteredKpi
from kpicli.loaders.cells.readers import read_number
from kpicli.model.measured import Measured
from kpicli.model.periods import Period
from kpicli.model.value import Origin, Status, Value
from kpicli.published.possible import (
    COLUMNS,
    check_fraction,
    check_item,
    check_size,
    check_sum,
    is_count,
    wrong,
)
from kpicli.values.dates import UnreadableDate, parse_date
from kpicli.values.folding import fold
from kpicli.values.numbers import exact, percentage

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings


REQUIRED = ("period", "kpi", "value", "source", "entered_on")


class EnteredValue(Struct, frozen=True):
    """One value with its source (`origin`), of a KPI (`item` None) or of one of its parts."""

    period: Period
    kpi: str
    item: str | None
    value: Value
    origin: Origin
    place: Text


def read_entered(settings: "Settings", today: date) -> tuple[EnteredValue, ...]:
    """Return every entered value, by file and row.

    Raises `InputError`, naming file, line and column, for what cannot be understood, and for a
    figure that is entered twice, for one that cannot be, and for parts that make up another total.
    """
    found: dict[tuple[Period, str, str | None], EnteredValue] = {}
    for path in sorted(settings.published.glob("*.csv")):
        for line, row in _rows(path):
            place = f"{path.name} 行{line}", f"{path.name} line {line}"
            entry = _Row(settings, today, row, Text(*place)).value()
            key = entry.period, entry.kpi, entry.item
            if key in found:
                other = found[key].place
                told = Text(f"{other.ja} にもあります", f"entered already in {other.en}")
                raise wrong(Text(*place), "kpi", told)
            found[key] = entry
    _check_sums(settings, found)
    return tuple(found.values())


def _check_sums(
    settings: "Settings", found: Mapping[tuple[Period, str, str | None], EnteredValue]
) -> None:
    parts: dict[tuple[Period, str], list[tuple[str, Value, Text]]] = {}
    for entry in found.values():
        if entry.item is not None:
            own = parts.setdefault((entry.period, entry.kpi), [])
            own.append((entry.item, entry.value, entry.place))
    for (period, name), own in parts.items():
        total, kpi = found.get((period, name, None)), settings.catalog.kpi.get(name)
        if total is not None and kpi is not None:
            check_sum(settings.catalog, kpi, period, (total.value, total.place), own)


def _rows(path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    name = Text(path.name, path.name)
    reader = csv.reader(io.StringIO(_decoded(path, name), newline=""), strict=True)
    try:
        header = [fold(cell) for cell in next(reader, [])]
        lacking = [column for column in REQUIRED if column not in header]
        unknown = [column for column in header if column not in COLUMNS]
        if lacking or unknown or len(set(header)) < len(header):
            raise wrong(name, "header", _wrong_header(lacking, unknown))
        for row in reader:
            if any(cell.strip() for cell in row):
                if len(row) != len(header):
                    told = Text("セルの数が見出しと違います", "not as many cells as headers")
                    raise wrong(name, f"line {reader.line_num}", told)
                yield reader.line_num, dict(zip(header, row, strict=True))
    except csv.Error as error:
        told = Text(f"CSV として読めません({error})", f"it is no CSV ({error})")
        raise wrong(name, f"line {reader.line_num}", told) from None


def _decoded(path: Path, name: Text) -> str:
    """Return the text: UTF-8, else cp932, in which Excel saves a csv."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise wrong(name, "file", why_unread(error)) from None
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    told = Text("UTF-8 でも cp932 でもありません", "neither UTF-8 nor cp932")
    raise wrong(name, "encoding", told)


def _wrong_header(lacking: Sequence[str], unknown: Sequence[str]) -> Text:
    """Return what is wrong with the header: columns that it lacks, has besides, or has twice."""
    ja = [*(f"{name} がありません" for name in lacking), *(f"{name}?" for name in unknown)]
    en = [*(f"{name} is missing" for name in lacking), *(f"{name}?" for name in unknown)]
    if not ja:
        return Text("同じ列が二つあります", "a column stands twice")
    return Text("、".join(ja), ", ".join(en))


class _Row(Struct, frozen=True):
    settings: "Settings"
    today: date
    cells: Mapping[str, str]
    place: Text

    def value(self) -> EnteredValue:
        item = fold(self.cells.get("item", "")) or None
        kpi, period = self._kpi(item), self._period()
        known = self.settings.catalog.any_kpi(kpi)
        if item is not None and not isinstance(known, EnteredKpi):
            check_item(self.settings.catalog, known, item, period, self.place)
        return EnteredValue(
            period,
            kpi,
            item,
            self._measured(kpi),
            Origin("entered", self._text("source"), self._day(), None, self._text("note")),
            self.place,
        )

    def _text(self, column: str) -> str:
        text = self.cells.get(column, "").strip()
        if not text and column in REQUIRED:
            raise wrong(self.place, column, Text("空欄にできません", "must be there"))
        return text

    def _kpi(self, item: str | None) -> str:
        name, catalog = fold(self._text("kpi")), self.settings.catalog
        if name in catalog.entered:
            return name
        kpi = catalog.kpi.get(name) or catalog.composed.get(name)
        if kpi is None:
            near = suggestion(name, [*catalog.entered, *catalog.kpi, *catalog.composed])
            told = Text(f"指標「{name}」はありません。{near.ja}", f"no KPI {name!r}; {near.en}")
            raise wrong(self.place, "kpi", told)
        if item is not None and kpi.parts is None:
            told = Text(f"{name} に内訳はありません", f"{name} has no parts")
            raise wrong(self.place, "item", told)
        if item is None and kpi.parts is not None and not kpi.parts.total:
            told = Text(f"{name} に全体はなく、内訳だけです", f"{name} has no total, only parts")
            raise wrong(self.place, "item", told)
        return name

    def _period(self) -> Period:
        try:
            fiscal = self.settings.fiscal
            return Period.parse(self._text("period"), fiscal=fiscal, today=self.today)
        except PeriodError as error:
            raise wrong(self.place, "period", error.message) from None

    def _day(self) -> date:
        try:
            return parse_date(self._text("entered_on"), self.settings.zone)
        except UnreadableDate:
            told = Text("日付ではありません", "no date")
            raise wrong(self.place, "entered_on", told) from None

    def _measured(self, kpi: str) -> Value:
        over, under = self._count("numerator"), self._count("denominator")
        spec = self.settings.catalog.any_kpi(kpi)
        ratio = spec.percentage
        if (over is None) != (under is None) or (over is not None and not ratio):
            column = "denominator" if under is None else "numerator"
            told = Text(
                "比率には分子と分母の両方を書き、ほかの数値には書きません",
                "both belong to a ratio, and to no other figure",
            )
            raise wrong(self.place, column, told)
        value = self._number("value")
        check_size(spec, value, self.place)
        if over is not None and under is not None:
            check_fraction(over, under, self.place)
        if over is not None and under is not None:
            made = spec.shortening.of(Measured(percentage(over, under), over, under))
            if made.number is None or value != made.number:
                told = Text(
                    f"{over}/{under} は {made.number} です", f"{over}/{under} is {made.number}"
                )
                raise wrong(self.place, "value", told)
            value = Decimal(made.number)  # with its decimals, as a counted one has them
        if is_count(spec) and value != int(value):
            told = Text("件数は整数です", "a count is a whole number")
            raise wrong(self.place, "value", told)
        return Value(value if ratio else _whole(value), over, under, Status.OK, 0)

    def _number(self, column: str) -> Decimal:
        number = read_number(self._text(column)).value
        if not isinstance(number, Decimal):
            raise wrong(self.place, column, Text("数値ではありません", "no number"))
        return number

    def _count(self, column: str) -> int | None:
        if not self._text(column):
            return None
        number = read_number(self._text(column)).value
        if not isinstance(number, Decimal) or number != int(number) or number < 0:
            told = Text("0 以上の整数ではありません", "no whole number")
            raise wrong(self.place, column, told)
        return int(number)


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == int(number) else number


def entered_remark(period: Period, value: Value, origin: Origin) -> Text:
    """Return what a reader must know of an entered value: its source and date."""
    note = f"。{origin.note}" if origin.note else ""
    en_note = f" ({origin.note})" if origin.note else ""
    digits = digits_of(value)
    return Text(
        f"{period.name} の値 {digits} は {origin.on} に入力したもの(出典: {origin.source}{note})",
        f"{period.name}: {digits} was entered on {origin.on}, from {origin.source}{en_note}",
    )


def digits_of(value: Value) -> str:
    """Return the number of a value in plain digits; empty where it has none."""
    return "" if value.number is None else exact(value.number)
