"""The recount's own reading of dates: plain, strict, and sharing nothing with the package."""

import re
import unicodedata
from datetime import date, datetime, timedelta, timezone

TOKYO = timezone(timedelta(hours=9))
ERAS = {
    "令和": (date(2019, 5, 1), date(9999, 12, 31), 2018),
    "平成": (date(1989, 1, 8), date(2019, 4, 30), 1988),
}
LETTERS = {"R": "令和", "令": "令和", "H": "平成", "平": "平成"}

CLOCK = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
WESTERN = re.compile(rf"(\d{{4}})([/.-])(\d{{1,2}})\2(\d{{1,2}}){CLOCK}")
KANJI = re.compile(rf"(\d{{4}})年(\d{{1,2}})月(\d{{1,2}})日(?:\([月火水木金土日]\))?{CLOCK}")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
LONG_ERA = re.compile(r"(令和|平成)(元|\d{1,2})年(\d{1,2})月(\d{1,2})日")
SHORT_ERA = re.compile(r"([RH令平])(\d{1,2})([/.])(\d{1,2})\3(\d{1,2})")
OFFSET = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}")


def read_day(text: str) -> date | None:
    """Return the day in Tokyo that the text names, None for a blank; ValueError for no date."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    if OFFSET.fullmatch(plain):
        return datetime.fromisoformat(plain).astimezone(TOKYO).date()
    if found := WESTERN.fullmatch(plain):
        return date(int(found[1]), int(found[3]), int(found[4]))
    if found := KANJI.fullmatch(plain) or COMPACT.fullmatch(plain):
        return date(int(found[1]), int(found[2]), int(found[3]))
    if found := LONG_ERA.fullmatch(plain):
        return _in_era(found[1], found[2], found[3], found[4])
    if found := SHORT_ERA.fullmatch(plain):
        return _in_era(LETTERS[found[1]], found[2], found[4], found[5])
    raise ValueError(f"no date: {text!r}")


def _in_era(era: str, year: str, month: str, day: str) -> date:
    first, last, offset = ERAS[era]
    found = date(offset + (1 if year == "元" else int(year)), int(month), int(day))
    if not first <= found <= last:
        raise ValueError(f"outside {era}: {found}")
    return found


def from_serial(serial: str) -> date:
    """Return the day of a workbook's date number, of the epoch 1900."""
    return date(1899, 12, 30) + timedelta(int(serial))
