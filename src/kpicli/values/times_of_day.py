"""Times of day, and the offsets behind them, as they stand behind a date."""

import re
from datetime import UTC, time, timedelta, timezone, tzinfo
from functools import cache
from typing import Literal

from msgspec import Struct

_HALF = r"[ap]\.?m\.?"
_CLOCK = (
    rf"(?:(?P<before>午前|午後|{_HALF}) ?)?(?P<hour>[0-9]{{1,2}})"
    r"(?: ?: ?(?P<minute>[0-9]{2})(?: ?: ?(?P<second>[0-9]{2})(?:[.,][0-9]{1,9})?)?"
    r"| ?時(?: ?(?:(?P<minutes>[0-9]{1,2}) ?分(?: ?(?P<seconds>[0-9]{1,2}) ?秒)?|(?P<half>半)))?"
    rf"|(?= ?{_HALF}))"
    rf"(?: ?(?P<behind>{_HALF})(?![a-z]))?"
)
_COMPACT = (
    r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?:(?P<second>[0-9]{2})(?:[.,]?[0-9]{3})?)?(?![0-9])"
)

_ZONE_NAME = r"Z|UTC|GMT|JST|Asia/Tokyo|日本標準時|日本時間"
_OFFSET = r"[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{1,2}"
_ZONE = rf"(?:(?:UTC|GMT)(?:{_OFFSET})|{_ZONE_NAME}|[+-][0-9]{{2}}(?::?[0-9]{{2}})?)"
_ZONES = rf" ?(?P<zone>{_ZONE})?(?: ?[(\[](?P<name>{_ZONE})[)\]])?"
_TOKYO = timezone(timedelta(hours=9))
_FARTHEST_OFFSET = timedelta(hours=14)


class UnreadableTime(ValueError):
    """The text is no time of day; `cause` says what is wrong with it.

    `time`: no clock shows it (25:00, and 24:00, which is the next day's 0:00). `offset`: what
    stands behind it is no offset that is known. `extra`: it is something else.
    """

    def __init__(self, cause: Literal["extra", "offset", "time"]) -> None:
        super().__init__(f"no time of day: {cause}")
        self.cause = cause


class TimeOfDay(Struct, frozen=True):
    """A time as a clock shows it; `zone` is the offset that stands behind it, if any."""

    clock: time
    zone: tzinfo | None


def parse_time(text: str, *, spaced: bool, compact: bool) -> TimeOfDay:
    """Return the time of day that folded `text` holds from its beginning to its end.

    Reads `9:05`, `9:05:00`, `9時05分`, `9時`, `9時半`, `午後3時05分`, `9:05 AM`, `PM 3:05`, and
    with `compact` also `0905`, `090500` and `090500123`; each optionally followed by `Z`, `UTC`,
    `GMT`, `JST`, `GMT+9`, `+0900`, `+09:00`, `(JST)` or `+09:00[Asia/Tokyo]`. An hour of 13 to 23
    may stand beside PM. A time that is `spaced` from its date needs seconds before an offset that
    begins with a minus: `10:00-12:00` is a span of time.

    Raises `UnreadableTime` for all else.
    """
    match = (_compiled(_COMPACT).match(text) if compact else None) or _compiled(_CLOCK).match(text)
    if match is None:
        raise UnreadableTime("extra")
    parts = {"before": None, "behind": None, **match.groupdict()}
    clock = _clock(parts)
    rest = text[match.end() :]
    zones = _compiled(_ZONES).fullmatch(rest)
    if zones is None:
        raise UnreadableTime("offset" if re.fullmatch(r" ?\(?[A-Za-z]{2,5}\)?", rest) else "extra")
    if rest.startswith("-") and spaced and parts["second"] is None:
        raise UnreadableTime("extra")
    zone = _zone(zones)
    words = {parts["before"], parts["behind"]} & {"午前", "午後"}
    if words and int(parts["hour"] or 0) == 12 and zone not in (None, _TOKYO):
        raise UnreadableTime("time")  # 午後12時 is noon to some and midnight to others
    return TimeOfDay(clock, zone)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern, compiled when the first date with a time comes: most have none."""
    return re.compile(pattern, re.IGNORECASE | re.ASCII)


def _clock(parts: dict[str, str | None]) -> time:
    hour = _hour(int(parts["hour"] or 0), parts["before"], parts["behind"])
    minute = parts["minute"] or parts.get("minutes") or (30 if parts.get("half") else 0)
    second = parts["second"] or parts.get("seconds") or 0
    try:
        return time(hour, int(minute), int(second))
    except ValueError:
        raise UnreadableTime("time") from None


def _hour(hour: int, before: str | None, behind: str | None) -> int:
    """Return the hour from 0 to 23 (or one that no clock has)."""
    if before and behind:
        raise UnreadableTime("extra")
    half = before or behind
    if half is None:
        return hour
    if half == "午前" or half[0] in "aA":
        if hour > 12:
            raise UnreadableTime("time")
        return hour % 12
    return hour if hour > 12 else hour % 12 + 12


def _zone(match: re.Match[str]) -> tzinfo | None:
    named = [_offset(name) for name in match.groups() if name]
    if len(set(named)) > 1:
        raise UnreadableTime("offset")
    return named[0] if named else None


def _offset(name: str) -> tzinfo:
    name = name.upper()
    digits = name.lstrip("UTCGM")
    if name in ("Z", "UTC", "GMT"):
        return UTC
    if digits[0] not in "+-":
        return _TOKYO
    sign, digits = digits[0], digits[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "0")
    ahead = timedelta(hours=int(hours), minutes=int(minutes))
    if int(minutes) > 59 or ahead > _FARTHEST_OFFSET:
        raise UnreadableTime("offset")
    return timezone(ahead if sign == "+" else -ahead)
