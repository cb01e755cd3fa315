"""The context of every command: the settings in force, and the day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from kpicli.base.clock import today_in
from kpicli.settings.exported import require_exports

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings


class Common(Struct, frozen=True):
    """The options before the command: the settings file, if one is named."""

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
    """Return the options before the command."""
    return context.find_object(Common) or Common(None)


def today(settings: "Settings") -> date:
    """Return the day on which the command runs."""
    return today_in(settings.zone)
