"""The half years of the sample, working days in them, and the many ways to write a date."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

from generator.chance import Chance

JST = timezone(timedelta(hours=9))
WEEKDAYS = "月火水木金土日"
REIWA = (date(2019, 5, 1), 2018, "令和", "R")
HEISEI = (date(1989, 1, 8), 1988, "平成", "H")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both included."""

    first: date
    last: date


H1_2024 = Span(date(2024, 4, 1), date(2024, 9, 30))
H2_2024 = Span(date(2024, 10, 1), date(2025, 3, 31))
H1_2025 = Span(date(2025, 4, 1), date(2025, 9, 30))
DAY_AFTER = date(2025, 10, 1)


def working_days(span: Span) -> list[date]:
    """Return the days of the span from Monday to Friday, in order."""
    days = [span.first + timedelta(n) for n in range((span.last - span.first).days + 1)]
    return [day for day in days if day.weekday() < 5]


def days_in(chance: Chance, span: Span, number: int) -> list[date]:
    """Return `number` working days in order, repeats allowed; the first and last are among them."""
    days = working_days(span)
    edges = [days[0], days[-1]][:number]
    return sorted(edges + [chance.pick(days) for _ in range(number - len(edges))])


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _era(day: date) -> tuple[int, str, str]:
    since, offset, name, letter = REIWA if day >= REIWA[0] else HEISEI
    assert day >= since
    return day.year - offset, name, letter


def _slash(day: date, _: Chance) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def _iso(day: date, _: Chance) -> str:
    return day.isoformat()


def _dots(day: date, _: Chance) -> str:
    return f"{day.year}.{day.month}.{day.day}"


def _compact(day: date, _: Chance) -> str:
    return f"{day:%Y%m%d}"


def _stamp(day: date, chance: Chance) -> str:
    if chance.below(3) == 0:
        return f"{_slash(day, chance)} 23:59:59"
    return f"{_slash(day, chance)} {chance.between(9, 18)}:{chance.below(60):02}:00"


def _kanji(day: date, chance: Chance) -> str:
    clock = f"{chance.between(8, 18)}:{chance.below(60):02}"
    return f"{day.year}年{day.month}月{day.day}日({WEEKDAYS[day.weekday()]}) {clock}"


def _wareki(day: date, _: Chance) -> str:
    year, name, _letter = _era(day)
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def _initial(day: date, _: Chance) -> str:
    year, _name, letter = _era(day)
    return f"{letter}{year}.{day.month}.{day.day}"


def _initial_slash(day: date, _: Chance) -> str:
    year, _name, letter = _era(day)
    return f"{letter}{year:02}/{day:%m/%d}"


def _kanji_initial(day: date, _: Chance) -> str:
    year, name, _letter = _era(day)
    return f"{name[0]}{year}.{day.month}.{day.day}"


def _square(day: date, _: Chance) -> str:
    return f"㋿{_era(day)[0]}年{day.month}月{day.day}日"  # not in cp932


def _wide_slash(day: date, chance: Chance) -> str:
    return _wide(_slash(day, chance))


def _wide_wareki(day: date, chance: Chance) -> str:
    return _wide(_wareki(day, chance))


def _wide_initial(day: date, chance: Chance) -> str:
    return _wide(_initial(day, chance))


def utc_stamp(day: date, clock: time) -> str:
    """Return Tokyo time as an ISO stamp in UTC, which before 9:00 shows the day before."""
    return datetime.combine(day, clock, JST).astimezone(UTC).isoformat()


def _utc(day: date, chance: Chance) -> str:
    return utc_stamp(day, time(chance.between(7, 18), chance.below(60)))


def _tokyo(day: date, chance: Chance) -> str:
    return datetime.combine(day, time(chance.between(9, 18), chance.below(60)), JST).isoformat()


Style = Callable[[date, Chance], str]
PLAIN: tuple[Style, ...] = (_slash,) * 9 + (_iso, _dots, _compact)
"""What a ledger that people type mostly holds."""
MIXED: tuple[Style, ...] = (
    *((_slash,) * 12),
    *(_iso, _dots, _compact, _stamp, _stamp, _kanji, _kanji, _wareki, _initial, _initial_slash),
    *(_kanji_initial, _wide_slash, _wide_wareki, _wide_initial),
)
"""Every style that cp932 can write."""
MIXED_UTF8: tuple[Style, ...] = (*MIXED, _square)
SYSTEM: tuple[Style, ...] = (_stamp, _slash, _iso, _utc, _tokyo)
"""What systems write, with offsets."""
ERAS: tuple[Style, ...] = (_wareki, _initial, _initial_slash, _kanji_initial, _wide_wareki)


class DateWriter:
    """Writes dates in styles chosen by chance; None is written as a blank."""

    def __init__(self, chance: Chance, styles: Sequence[Style]) -> None:
        self._chance = chance
        self._styles = styles

    def __call__(self, day: date | None) -> str:
        """Return the day in one of the styles."""
        if day is None:
            return ""
        return self._chance.pick(self._styles)(day, self._chance)
