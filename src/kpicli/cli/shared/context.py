"""At the door: what the options say becomes typed values."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from kpicli.base.clock import today_in
from kpicli.base.errors import SettingsError, UsageError
from kpicli.base.wording import Text
from kpicli.model.periods import ComparisonKind, Period
from kpicli.settings.locate import FILE_NAME

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings

COMPARISONS: dict[str, ComparisonKind] = {
    "previous": "previous",
    "year-ago": "year_ago",
    "last-year": "year_ago",
}

STARTER = """\
timezone = "Asia/Tokyo"
fiscal_year = { starts = 4, named_by = "first" }
[exports]
voices = { files = "お客様の声*.csv", covers = "2025-04..2025-09" }
responses = "対応記録.csv"
"""
"""The least that a settings file says."""


class Common(Struct, frozen=True):
    """What stands before the command: the settings file, if one is named."""

    config: Path | None

    def settings(self) -> "Settings":
        """Return the settings in force; without a file those are the built-in catalogue alone."""
        from kpicli.settings.settings import (
            read_settings,  # loads pydantic, which help does without
        )

        return read_settings(self.config)

    def settings_with_exports(self) -> "Settings":
        """Return the settings in force; raises `SettingsError` where they name no export at all."""
        settings = self.settings()
        if settings.values.exports:
            return settings
        message = Text(
            f"{FILE_NAME} が、今のフォルダーにもその上のフォルダーにもありません",
            f"there is no {FILE_NAME} in this folder nor in one above it",
        )
        if settings.file is not None:
            message = Text(
                f"{settings.file} に [exports] がないので、数えるファイルがわかりません",
                f"{settings.file} has no [exports]: nothing says which files to count",
            )
        raise SettingsError(
            message,
            Text(
                f"出力ファイルのあるフォルダーに、次のような {FILE_NAME} を置いてください"
                f"(名前の一覧: kpicli sources)\n{STARTER}",
                f"put a {FILE_NAME} like this beside the exports "
                f"(names: kpicli sources)\n{STARTER}",
            ),
        )


def common(context: typer.Context) -> Common:
    """Return what was said before the command."""
    found = context.find_object(Common)
    return found if found is not None else Common(None)


def today(settings: "Settings") -> date:
    """Return the day on which the command runs."""
    return today_in(settings.zone)


def parse_period(text: str, settings: "Settings") -> Period:
    """Return the period that the option names."""
    return Period.parse(text, fiscal=settings.fiscal, today=today(settings))


def parse_as_of(text: str | None, settings: "Settings") -> date | None:
    """Return the day that --as-of names, written as any date in the exports may be."""
    if text is None:
        return None
    from kpicli.values.dates import UnreadableDate, parse_date

    try:
        return parse_date(text, settings.zone)
    except UnreadableDate:
        raise UsageError(
            Text("--as-of が日付として読めません", "--as-of is no date"),
            Text("2025-09-30 の形で書いてください", "write it as 2025-09-30"),
        ) from None


def parse_comparisons(values: list[str] | None) -> tuple[ComparisonKind, ...]:
    """Return the comparisons asked for, previous before year_ago."""
    names = split_names(values)
    for name in names:
        if name not in COMPARISONS:
            known = ", ".join(COMPARISONS)
            raise UsageError(
                Text(f"--compare に「{name}」はありません", f"--compare knows no {name!r}"),
                Text(f"使えるもの: {known}", f"there are: {known}"),
            )
    kinds = (kind for name, kind in COMPARISONS.items() if name in names)
    return tuple(dict.fromkeys(kinds))


def split_names(values: list[str] | None) -> tuple[str, ...]:
    """Return the names of a repeatable option that also takes a list with commas, each once."""
    names = [name.strip() for value in values or () for name in value.split(",")]
    return tuple(dict.fromkeys(name for name in names if name))
