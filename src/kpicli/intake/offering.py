"""The figures that proposed settings give now, by the pipeline that every run takes."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.clock import today_in
from kpicli.checks.inspection import latest_half
from kpicli.loaders.load import load
from kpicli.model.figures import Summary
from kpicli.model.periods import Period
from kpicli.run.summary import summary_of
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, read_settings


class Offer(Struct, frozen=True):
    """The figures of proposed settings in the last half that the exports cover."""

    settings: Settings
    summary: Summary


def offer(text: str, home: Path, kpis: Sequence[str] = ()) -> Offer:
    """Return the figures that settings give which are not written yet; of all KPIs, or of some.

    Paths are relative to `home`. Raises what a run raises.
    """
    settings = settings_of(text, home)
    today = today_in(settings.zone)
    shown = kpis or settings.values.kpis or ()
    needed = dict.fromkeys(
        source for name in shown for source in settings.catalog.kpi[name].sources
    )
    datasets = load(settings, needed, today)
    period = latest_half(settings, datasets, today)
    if period is None:
        period = Period.of("half", today - timedelta(days=1), settings.fiscal)
    return Offer(settings, summary_of(settings, Request(period, tuple(kpis)), today, datasets))


def settings_of(text: str, home: Path) -> Settings:
    """Return settings that are not written yet; their paths are relative to `home`."""
    with TemporaryDirectory(prefix="kpicli-") as folder:
        file = Path(folder) / "kpicli.toml"
        file.write_text(text, encoding="utf-8")
        return replace(read_settings(file), file=home / "kpicli.toml", folder=home)
