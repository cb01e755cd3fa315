"""At the door: what the options say becomes typed values."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from kpicli.base.clock import today_in
from kpicli.model.periods import ComparisonKind, Period
from kpicli.settings import arguments
from kpicli.settings.exported import require_exports

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings


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
        require_exports(settings)
        return settings


def common(context: typer.Context) -> Common:
    """Return what was said before the command."""
    found = context.find_object(Common)
    return found if found is not None else Common(None)


def today(settings: "Settings") -> date:
    """Return the day on which the command runs."""
    return today_in(settings.zone)


def parse_period(text: str, settings: "Settings") -> Period:
    """Return the period that the option names."""
    return arguments.parse_period(text, settings.fiscal, today(settings))


def parse_as_of(text: str | None, settings: "Settings") -> date | None:
    """Return the day that --as-of names."""
    return arguments.parse_day(text, "--as-of", settings.zone)


def parse_comparisons(values: list[str] | None) -> tuple[ComparisonKind, ...]:
    """Return the comparisons asked for, previous before year_ago."""
    return arguments.parse_comparisons(values, "--compare")
