"""Inspecting a small project: what was found, in short forms that a test can write out."""

from datetime import date

from kpicli.checks.inspection import Inspection, inspect
from kpicli.model.periods import Period
from kpicli.settings.settings import read_settings
from support.small_project import TODAY, Project


def inspection(
    project: Project,
    *sources: str,
    period: str | None = None,
    today: date = TODAY,
    show_personal: bool = False,
) -> Inspection:
    """Return what `inspect` says of the project."""
    settings = read_settings(project.config)
    asked = None if period is None else Period.parse(period, today=today)
    return inspect(settings, sources, asked, today, show_personal=show_personal)


def found(project: Project, code: str, period: str | None = None) -> list[tuple[int | None, str]]:
    """Return row and detail of every finding of a kind."""
    faults = inspection(project, period=period).faults
    return [(f.place.row, f.detail_in("ja")) for f in faults if f.kind.code == code]
