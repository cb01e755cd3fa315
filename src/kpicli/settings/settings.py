"""kpicli.toml: where the exports are, fiscal year, time zone, mail, additions to the catalogue."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from msgspec import Struct
from pydantic import Field, ValidationError, field_validator, model_validator
from pydantic.json_schema import JsonSchemaValue

from kpicli.base.errors import PeriodError
from kpicli.base.folders import in_zip, named_path
from kpicli.base.problems import InvalidValue, Problem, invalid
from kpicli.base.wording import Text, nearest_of
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.read import SECTIONS, SEED, read_catalog, read_packs
from kpicli.catalog.sources.source import Source
from kpicli.catalog.texts import Before, TextField, or_text
from kpicli.catalog.validation.problems import InvalidSettings, invalid_settings
from kpicli.model.periods import FiscalYear, Period
from kpicli.settings.former_words import refuse_former_words
from kpicli.settings.guesses import guess_problems
from kpicli.settings.included import digest_of, with_included
from kpicli.settings.locate import find_settings
from kpicli.settings.problems import TARGETS_CHART, settings_problems
from kpicli.settings.several_periods import MOST
from kpicli.settings.shapes import Shaped
from kpicli.settings.toml.reading import TomlFiles
from kpicli.values.dates import YEARS
from kpicli.values.fiscal import HALVES

_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})")

Width = Annotated[int, Field(ge=1, le=64)]
"""A number of digits."""


def _constant(raw: object) -> object:
    """Return a constant as the cell of a text file."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return str(raw)
    return raw.isoformat() if isinstance(raw, date) else raw


def _constant_written(text: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": [text, {"type": "number"}]}


Constant = Annotated[str, Before(_constant, _constant_written)]


class Export(Shaped):
    """One entry under `[exports]`: the files of a source and how to read them.

    `covers` is the span whose rows the files hold in full; without it the coverage is taken from
    the base dates. `{covers}` in the name of `files` or of a `sheet` stands for the span of each of
    them; a `sheet` may be several, or a pattern.
    `headers` adds spellings per column, `synonyms` per column and value.
    `holds` names the only values of a code column that the files hold: where parallel exports share
    out a source, each then answers for the coverage of its own values. `absent` names columns that
    the export does not know, required ones too: they are blank where no file has them, and where it
    repeats rows of another, its blanks there overwrite nothing. `constants` are the cells of
    columns that it does not have, each the same in all of its rows.
    `id_width` is the number of digits of ids, of those in the key or per column: ids of digits
    alone that Excel has robbed of leading zeros get them back.
    An export of a register was written on the day `as_of`; where rows that have ended stay in it
    (`keeps_ended`), it answers for the days before, too.
    `blanks` are words by which cells of any column say that there is nothing. `serials` is the year
    from which five digits in a date column count, for files that cannot say it themselves.
    `unpivot`, `fill_down` and `explode` make rows where a line is none (`settings.shapes`).
    """

    files: Annotated[Names, Field(min_length=1)]
    covers: str | None = None
    encoding: str | None = None
    sheet: str | Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    synonyms: dict[str, dict[str, Names]] = {}
    holds: dict[str, Names] = {}
    absent: Names = ()
    constants: dict[str, Constant] = {}
    blanks: Names = ()
    serials: Literal[1900, 1904] | None = None
    id_width: Width | dict[str, Width] = {}
    as_of: date | None = None
    keeps_ended: bool = False

    @model_validator(mode="after")
    def _periods_stand_in_names(self) -> Self:
        for pattern in self.files:
            if "{covers}" in pattern and (
                pattern.count("{covers}") > 1
                or not any("{covers}" in PurePath(each).name for each in in_zip(pattern))
                or "://" in pattern
            ):
                raise invalid(
                    f"{{covers}} はファイル名の中に一度だけ書きます: {pattern}",
                    f"{{covers}} stands once, in the name of a file: {pattern}",
                    "files",
                )
        named = (*self.files, *(sheet for sheet in self.sheets if sheet is not None))
        if self.covers is not None and any("{covers}" in name for name in named):
            raise invalid(
                "含む期間は、ファイルやシートの名前が示しています",
                "the names of the files or sheets say what they cover",
                "covers",
            )
        return self

    @property
    def sheets(self) -> tuple[str | None, ...]:
        """Return the sheets to read; None: the one that fits."""
        return self.sheet if isinstance(self.sheet, tuple) else (self.sheet,)

    @property
    def state(self) -> tuple[date, date] | None:
        """Return the days for which an export of a register answers; None where nothing says."""
        if self.as_of is None:
            return None
        return (date(YEARS.start, 1, 1) if self.keeps_ended else self.as_of, self.as_of)

    def widths(self, source: Source) -> dict[str, int]:
        """Return the digits of ids per column; one number is that of the ids in the key."""
        if isinstance(self.id_width, dict):
            return self.id_width
        ids = (name for name in source.key if source.columns[name].type == "id")
        return dict.fromkeys(ids, self.id_width)


def _exports(raw: object) -> object:
    entries = raw if isinstance(raw, list) else [raw]
    return [{"files": entry} if isinstance(entry, str) else entry for entry in entries]


def _exports_written(entries: JsonSchemaValue) -> JsonSchemaValue:
    entry = or_text(entries["items"])
    return {"anyOf": [*entry["anyOf"], {"type": "array", "items": entry}]}


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


class LinkSetting(Definition):
    """A link in the frame of a page: what it reads, and where it leads."""

    text: TextField
    to: Annotated[str, Field(min_length=1)]


class AnswerSetting(Definition):
    """Where a principle or a 注 of it is answered: the policy's address, or the reason why not.

    `at` is what the link reads, such as 方針2(1).
    """

    policy: Annotated[str, Field(min_length=1)] | None = None
    at: TextField | None = None
    reason: TextField | None = None


class ReportSetting(Definition):
    """`[report]`: where the words of a report are, which figures it draws, and its frame.

    `{period}` in the path of the `narrative` stands for the period's name. `charts` are ids of
    KPIs, drawn month by month, and `targets`, the bars of all targets. `published_on` are days by
    the names of periods. `editions` is the address of the page of an earlier period that is frozen,
    `{period}` in it. `trend` is how many periods stand beside each other, up to the report's. Paths
    are relative to the settings file. `principles` is a list that takes the place of the built-in
    one, `correspondence` the answers to its principles and 注 (`2`, `5(注1)`).
    """

    narrative: Annotated[str, Field(min_length=1)] = "narrative/{period}.md"
    trend: Annotated[int, Field(ge=1, le=MOST)] | None = None
    charts: Names = (TARGETS_CHART, "voices", "elderly_cases", "unclear_reasons")
    organisation: TextField | None = None
    logo: str | None = None
    published_on: dict[str, date] = {}
    contact: TextField | None = None
    links: tuple[LinkSetting, ...] = ()
    links_at_end: tuple[LinkSetting, ...] = ()
    editions: str | None = None
    contents: bool = True
    css: str | None = None
    template: str | None = None
    principles: str | None = None
    correspondence: dict[str, AnswerSetting] = {}


def english_narrative(path: str) -> str:
    """Return the path of the English words beside the Japanese ones: `2025H1.en.md`."""
    stem, dot, suffix = path.rpartition(".")
    return f"{stem}.en.{suffix}" if dot else f"{path}.en"


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
    exports: dict[str, Annotated[tuple[Export, ...], Before(_exports, _exports_written)]] = {}
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
                "KPI の id とパターンを書きます。自分の KPI は [kpi.<id>] の表にします",
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
        raise invalid_settings(error, str(path), own) from None
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
