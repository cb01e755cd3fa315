"""A project that is frozen, edited and compared: the row changes of every kind at hand."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from kpicli.model.periods import Period
from kpicli.reconcile.changes import KpiDiff, PeriodDiff
from kpicli.reconcile.diff import diff
from kpicli.reconcile.freezing import Frozen, freeze
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, read_settings
from support.root import ROOT
from support.small_project import TODAY, Project

Lines = list[str]


class FrozenProject:
    """A folder with settings and exports, in which a period is frozen and edited."""

    def __init__(self, folder: Path, today: date = TODAY) -> None:
        self.folder = folder
        self.today = today

    @classmethod
    def sample(cls, folder: Path) -> "FrozenProject":
        """Return a copy of the sample project."""
        shutil.copy(ROOT / "kpicli.toml", folder)
        shutil.copytree(ROOT / "sample_data", folder / "sample_data")
        return cls(folder)

    @classmethod
    def of(cls, project: Project) -> "FrozenProject":
        """Return a small project."""
        return cls(project.config.parent)

    @property
    def settings(self) -> Settings:
        """Return the settings as they are now."""
        return read_settings(self.folder / "kpicli.toml")

    def period(self, name: str) -> Period:
        """Return a period by name."""
        return Period.parse(name, today=self.today)

    def freeze(
        self, period: str = "2025H1", note: str = "", *, revise: bool = False,
        not_final: bool = False, as_of: date | None = None,
    ) -> Frozen:  # fmt: skip
        """Freeze a period."""
        request = Request(self.period(period), as_of=as_of)
        return freeze(
            self.settings, request, self.today, note=note, revise=revise, not_final=not_final
        )

    def diff(self, period: str = "2025H1", *, any_version: bool = False) -> PeriodDiff:
        """Return what moved since."""
        request = Request(self.period(period), allow_definition_change=any_version)
        return diff(self.settings, request, self.today)

    def edit(self, name: str, change: Callable[[Lines], Lines], encoding: str = "utf-8") -> None:
        """Change the lines of a file."""
        file = self.folder / name
        newline = "\r\n" if b"\r\n" in file.read_bytes() else "\n"
        lines = file.read_bytes().decode(encoding).split(newline)
        file.write_bytes(newline.join(change(lines)).encode(encoding))

    def settings_too(self, text: str) -> None:
        """Add to the settings."""
        file = self.folder / "kpicli.toml"
        file.write_text(f"{file.read_text(encoding='utf-8')}\n{text}\n", encoding="utf-8")


def told(kpi: KpiDiff) -> dict[str, list[tuple[object, ...]]]:
    """Return, per figure that moved, its difference and then every cause with rows and numbers."""
    return {
        move.item or "total": [
            (move.difference,),
            *(
                (e.cause.value, e.rows, e.number)
                if e.numerator is None
                else (e.cause.value, e.rows, e.numerator, e.denominator)
                for e in move.effects
            ),
        ]
        for move in kpi.moves
    }


def by_id(found: PeriodDiff) -> dict[str, KpiDiff]:
    """Return the KPIs that have something to tell."""
    return {kpi.id: kpi for kpi in found.kpis}


def rows_of(kpi: KpiDiff) -> list[tuple[object, ...]]:
    """Return cause, row number now, and changed values of every row."""
    return [
        (row.cause.value, None if row.place is None else row.place.row, row.changes)
        for row in kpi.rows
    ]
