"""What every command needs: the settings in force, the day, the period that an option names."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from kpicli.base.clock import today_in
from kpicli.model.periods import Period
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
