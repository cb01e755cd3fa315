"""kpicli.toml, its tables together: read, checked beside the catalogue, as settings in force."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import Struct
from pydantic import Field, ValidationError, field_validator, model_validator

from kpicli.base.errors import PeriodError, SettingsError
from kpicli.base.folders import in_zip, named_path
from kpicli.base.problems import InvalidValue, Problem, invalid
from kpicli.base.wording import Text, nearest_of
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.read import SECTIONS, SEED, read_catalog, read_packs
from kpicli.catalog.validation.problems import InvalidSettings, invalid_settings
from kpicli.model.periods import FiscalYear, Period
from kpicli.settings.former_words import refuse_former_words
from kpicli.settings.guesses import guess_problems
from kpicli.settings.included import digest_of, with_included
from kpicli.settings.locate import find_settings
from kpicli.settings.problems import of_one_export, settings_problems
from kpicli.settings.tables.export import Export, Exports
from kpicli.settings.tables.report import ReportSetting, english_narrative
from kpicli.settings.toml.reading import TomlFiles
from kpicli.values.fiscal import HALVES

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})")


class FiscalYearSetting(Definition):
    """`fiscal_year`: its first month, the calendar year that names it, the names of its halves."""

    starts: Annotated[int, Field(ge=1, le=12)] = 4
    named_by: Literal["first", "last"] = "first"
    halves: tuple[str, str] = HALVES

    @model_validator(mode="after")
    def _is_a_year(self) -> Self:
        try:
            _ = self.year
        except ValueError:
            raise invalid(
                "上期と下期には、違う名前を、互いに取り違えないように付けてください",
                "the two halves need two names that are not taken for each other",
                "halves",
            ) from None
        return self

    @property
    def year(self) -> FiscalYear:
        """Return the fiscal year that period names follow."""
        return FiscalYear(self.starts, self.named_by, self.halves)


class SettingsFile(Definition):
    """The keys of kpicli.toml, the catalogue's own sections aside."""

    fiscal_year: FiscalYearSetting = Field(default_factory=FiscalYearSetting)
    timezone: str = "Asia/Tokyo"
    catalogue: Names = (SEED,)
    """The built-in packs whose sources, code tables and KPIs are known."""
    include: Names = ()
    """Files with further tables of the catalogue, relative to the settings; patterns, too."""
    kpis: Names | None = None
    """Which KPIs are shown, and in which order: ids, and patterns such as `voice*`."""
    guesses: Names = ()
    """The keys of this file whose values nobody has confirmed, as `kpicli init` lists them."""
    reach_back_months: Annotated[int, Field(ge=0, le=120)] = 6
    """How far before a period exports should reach for a KPI on another date than the base date."""
    published: str = "published"
    """The folder of frozen records and entered values."""
    secret_file: str | None = None
    """Where the secret lies that row digests are keyed with; by default the user's own folder."""
    exports: dict[str, Exports] = {}
    report: ReportSetting = Field(default_factory=ReportSetting)
    mail: dict[str, Any] = {}
    """Read by `kpicli.mail.settings`, when mail is asked for and not before."""

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """Return the keys of the file, the catalogue's sections among them."""
        return (*cls.model_fields, *SECTIONS)

    @field_validator("kpis", mode="before")
    @classmethod
    def _ids_or_patterns(cls, raw: object) -> object:
        if isinstance(raw, Mapping):
            raise invalid(
                "指標の id とパターンを書きます。自分の指標は [kpi.<id>] の表にします",
                "ids and patterns of KPIs; a KPI of one's own is a table [kpi.<id>]",
            )
        return raw

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            text = Text(
                f"「{name}」というタイムゾーンはありません。Asia/Tokyo のように書いてください",
                f"no time zone {name!r}; write one such as Asia/Tokyo",
            )
            zones = sorted(available_timezones())
            meant = next((zone for zone in zones if name and zone.endswith(f"/{name}")), None)
            meant = meant or nearest_of(name, zones) or ""
            raise InvalidValue(Problem("", text, slip=name, meant=meant)) from None
        return name


class Settings(Struct, frozen=True, dict=True):
    """The settings in force. `folder` is the settings file's own: its paths are relative to it."""

    file: Path | None
    folder: Path
    values: SettingsFile
    catalog: Catalog
    own_kpis: frozenset[str] = frozenset()
    """The ids of the KPIs that the settings declare themselves, extended ones aside."""
    parts: Mapping[str, str] = {}
    """Files with further tables of the catalogue and with holidays, each with its SHA-256."""

    @property
    def fiscal(self) -> FiscalYear:
        """Return the fiscal year that period names follow."""
        return self.values.fiscal_year.year

    @property
    def published(self) -> Path:
        """Return the folder of frozen records and entered values."""
        return named_path(self.values.published, self.folder)

    @cached_property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which days begin and period words are meant."""
        return ZoneInfo(self.values.timezone)

    @property
    def patterns(self) -> tuple[str, ...]:
        """Return the paths and patterns of all exports, relative to `folder`; a zip as a whole."""
        exports = (export for entries in self.values.exports.values() for export in entries)
        named = (in_zip(pattern)[0] for export in exports for pattern in export.files)
        return tuple(dict.fromkeys(pattern.replace("{covers}", "*") for pattern in named))

    @property
    def protected_paths(self) -> tuple[tuple[str, str], ...]:
        """Return the paths that no result may overwrite, relative to `folder`, each with its kind.

        `[mail]` is taken as it is written: whether it is right is asked when mail is.
        """
        smtp, journal = self.values.mail.get("smtp"), self.values.mail.get("journal")
        named = (
            ("settings", None if self.file is None else str(self.file.absolute())),
            ("published", self.values.published),
            ("narrative", self.values.report.narrative),
            *(("part", file) for file in self.parts),
            ("narrative", english_narrative(self.values.report.narrative)),
            ("logo", self.values.report.logo),
            ("css", self.values.report.css),
            ("template", self.values.report.template),
            ("principles", self.values.report.principles),
            ("secret", self.values.secret_file),
            ("journal", journal),
            *(("journal", f"{journal}{end}") for end in (".last", ".lock") if journal),
            ("password", smtp.get("password_file") if isinstance(smtp, dict) else None),
            ("certificates", smtp.get("ca_file") if isinstance(smtp, dict) else None),
        )
        return tuple((kind, path) for kind, path in named if isinstance(path, str) and path)

    def covers(self, export: Export, today: date) -> Period | None:
        """Return the declared coverage of an export; None where nothing is declared."""
        if export.covers is None:
            return None
        return Period.parse(export.covers, fiscal=self.fiscal, today=today)


def read_settings(file: Path | None) -> Settings:
    """Return the settings of `file`, or of the nearest kpicli.toml where it is None.

    Without any file the built-in catalogue and the defaults are in force, without exports. Raises
    `SettingsError` naming the file, for each wrong key its line and path, the nearest valid name,
    and the line as it should be.
    """
    path = file or find_settings(Path.cwd())
    if path is None:
        return Settings(file=None, folder=Path.cwd(), values=SettingsFile(), catalog=read_catalog())
    files = TomlFiles()
    try:
        return _read(path, files)
    except InvalidSettings as error:
        from kpicli.settings.toml.corrections import with_lines  # loads a parser of its own

        raise with_lines(error, files, lambda corrected: _read(path, corrected)) from None


def settings_of_text(text: str, path: Path) -> Settings:
    """Return the settings that a text would be as the file `path`, which is not written.

    Raises `InvalidSettings` for what is wrong with its keys.
    """
    return _read(path, TomlFiles({path: text.encode()}))


def _read(path: Path, files: TomlFiles) -> Settings:
    """Return the settings of `path`; raises `InvalidSettings` for what is wrong with its keys."""
    raw = files.tables(path)
    folder = path.absolute().parent
    own = {key: value for key, value in raw.items() if key not in SECTIONS}
    try:
        values = SettingsFile.model_validate(own)
    except ValidationError as error:
        invalid = invalid_settings(error, str(path), own)
        known = _declared(raw)
        named = [of_one_export(each, raw, known) for each in invalid.problems]
        raise InvalidSettings(str(path), named) from None
    overlay, parts, problems = with_included(raw, SECTIONS, values.include, path, files)
    if problems:
        raise InvalidSettings(str(path), problems)
    calendar = overlay.get("calendar")
    holidays = calendar.get("holidays") if isinstance(calendar, dict) else None
    if isinstance(calendar, dict) and holidays is not None:
        from kpicli.settings.holidays import holiday_dates  # few settings name any

        if isinstance(holidays, str) and (folder / holidays).is_file():
            parts[holidays] = digest_of(folder / holidays)
        overlay["calendar"] = {**calendar, "holidays": holiday_dates(holidays, folder)}
    refuse_former_words(overlay, partial(read_packs, values.catalogue, str(path)), str(path))
    catalog = read_catalog(overlay, str(path), values.catalogue)
    settings = Settings(
        file=path,
        folder=folder,
        values=values,
        catalog=catalog,
        own_kpis=_own_kpis(overlay),
        parts=parts,
    )
    problems = [
        *settings_problems(values, catalog),
        *_coverage_problems(settings),
        *guess_problems(raw, values.guesses),
    ]
    if problems:
        raise InvalidSettings(str(path), problems)
    return settings


def _declared(raw: Mapping[str, Any]) -> set[str]:
    """Return the ids of the sources that settings have, their own and those of their packs."""
    packs = raw.get("catalogue", [SEED])
    try:
        tables = read_packs([str(name) for name in packs]) if isinstance(packs, list) else {}
    except SettingsError:
        tables = {}
    own = raw.get("source")
    return {*tables.get("source", {}), *(own if isinstance(own, dict) else ())}


def _own_kpis(overlay: Mapping[str, Any]) -> frozenset[str]:
    tables = overlay.get("kpi", {})
    return frozenset(name for name, table in tables.items() if not table.get("extends"))


def _coverage_problems(settings: Settings) -> Iterator[Problem]:
    """Yield what is no period under `covers`."""
    for name, entries in settings.values.exports.items():
        for entry in entries:
            try:
                settings.covers(entry, date(2000, 1, 1))
            except PeriodError as error:
                path, written = f"exports.{name}.covers", entry.covers or ""
                yield Problem(path, error.message, slip=written, meant=_as_months(written))


def _as_months(covers: str) -> str:
    """Return the months that a span seems to name as `2025-04..2025-09`; "" where it names none."""
    months = sorted(f"{year}-{int(month):02}" for year, month in _MONTH.findall(covers))
    return "..".join(dict.fromkeys(months)) if len(months) == 2 else ""
