"""The holidays of `[calendar]`: by date, from a file, or those of Japan by law."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from kpicli.base.errors import SettingsError
from kpicli.base.storage import why_unread
from kpicli.base.wording import Text
from kpicli.values.dates import UnreadableDate, parse_date

NATIONAL = "JP"
_YEARS = range(1980, 2100)
"""The fiscal years that moments may reach into, by the law as the library knows it."""


def holiday_dates(written: object, folder: Path) -> object:
    """Return the dates that `holidays` stands for; what is neither a text nor a list as it is.

    A text is `"JP"` or the name of a CSV file in `folder`, whose first column has the dates; lines
    that begin with no date, such as a header, are passed over. Raises `SettingsError` where it
    cannot be read, holds no date, or the package `holidays` is not installed.
    """
    if not isinstance(written, str):
        return written
    if written == NATIONAL:
        return _national()
    file = folder / written
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = why_unread(error)
        raise SettingsError(
            Text(
                f"calendar.holidays: {file} を開けません({reason.ja})",
                f"calendar.holidays: cannot open {file}: {reason.en}",
            ),
            Text(
                f"ファイル名を確かめるか、{NATIONAL} と書いてください",
                f'check the name, or write "{NATIONAL}"',
            ),
        ) from None
    dates = list(_dates(_text(content, file)))
    if not dates:
        raise SettingsError(
            Text(
                f"calendar.holidays: {file} の1列目に日付がありません",
                f"calendar.holidays: the first column of {file} has no date",
            )
        )
    return dates


def _text(content: bytes, file: Path) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SettingsError(
        Text(
            f"calendar.holidays: {file} は UTF-8 でも cp932 でもありません",
            f"calendar.holidays: {file} is neither UTF-8 nor cp932",
        )
    )


def _dates(text: str) -> Iterator[date]:
    for row in csv.reader(io.StringIO(text, newline="")):
        try:
            yield parse_date(row[0], None)
        except (IndexError, UnreadableDate):
            continue


def _national() -> list[date]:
    try:
        import holidays  # only where it is asked for: it holds the holidays of every country
    except ImportError:
        raise SettingsError(
            Text(
                'calendar.holidays = "JP" には追加のパッケージが要ります',
                'calendar.holidays = "JP" needs a further package',
            ),
            Text(
                'pip install "kpicli[calendar]" としてください',
                'install it: pip install "kpicli[calendar]"',
            ),
        ) from None
    return sorted(holidays.country_holidays(NATIONAL, years=_YEARS))
