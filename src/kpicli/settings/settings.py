"""kpicli.toml: where the exports are, fiscal year, time zone, mail, additions to the catalogue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, partial
from pathlib import Path, PurePath
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct
from pydantic import Field, ValidationError, field_validator, model_validator

from kpicli.base.errors import PeriodError
from kpicli.base.folders import in_zip, named_path
from kpicli.base.wording import nearest
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.read import SECTIONS, SEED, invalid, problems_in, read_catalog, read_packs
from kpicli.catalog.sources import Source
from kpicli.catalog.texts import Before, TextField
from kpicli.model.periods import FiscalYear, Period
from kpicli.settings.former_words import refuse_former_words
from kpicli.settings.included import digest_of, with_included
from kpicli.settings.locate import find_settings
from kpicli.settings.several_periods import MOST
from kpicli.settings.shapes import Shaped
from kpicli.settings.shown import unknown_patterns
from kpicli.settings.toml_files import read_toml
from kpicli.values.dates import YEARS
from kpicli.values.fiscal import HALVES
from kpicli.values.folding import fold

TARGETS_CHART = "targets"
"""The chart that is no KPI's: the bars of all targets."""


Width = Annotated[int, Field(ge=1, le=64)]
"""A number of digits."""


class Export(Shaped):
    """One entry under `[exports]`: the files of a source and how to read them.

    `covers` is the span whose rows the files hold in full; without it the coverage is taken from
    the base dates. `{covers}` in the name of `files` or of a `sheet` stands for the span of each of
    them; a `sheet` may be several, or a pattern.
    `headers` adds spellings per column, `synonyms` per column and value.
    `holds` names the only values of a code column that the files hold: where parallel exports share
    out a source, each then answers for the coverage of its own values. `absent` names columns that
    the export does not know: where it repeats rows of another, its blanks there overwrite nothing.
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
                raise ValueError(f"files: {{covers}} stands once, in the name of a file: {pattern}")
        named = (*self.files, *(sheet for sheet in self.sheets if sheet is not None))
        if self.covers is not None and any("{covers}" in name for name in named):
            raise ValueError("covers: the names of the files or sheets say what they cover")
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


class FiscalYearSetting(Definition):
    """`fiscal_year`: its first month, the calendar year that names it, the names of its halves."""

    starts: Annotated[int, Field(ge=1, le=12)] = 4
    named_by: Literal["first", "last"] = "first"
    halves: tuple[str, str] = HALVES

    @model_validator(mode="after")
    def _is_a_year(self) -> Self:
        _ = self.year
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
    reach_back_months: Annotated[int, Field(ge=0, le=120)] = 6
    """How far before a period exports should reach for a KPI on another date than the base date."""
    published: str = "published"
    """The folder of frozen records and entered values."""
    secret_file: str | None = None
    """Where the secret lies that row digests are keyed with; by default the user's own folder."""
    exports: dict[str, Annotated[tuple[Export, ...], Before(_exports)]] = {}
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
            raise ValueError("ids and patterns of KPIs; a KPI of one's own is a table [kpi.<id>]")
        return raw

    @field_validator("timezone")
    @classmethod
    def _zone_exists(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"no time zone {name!r}; write one such as Asia/Tokyo") from None
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
    `SettingsError` naming the file, the key path and the nearest valid name.
    """
    path = file or find_settings(Path.cwd())
    if path is None:
        return Settings(file=None, folder=Path.cwd(), values=SettingsFile(), catalog=read_catalog())
    raw = read_toml(path)
    folder = path.absolute().parent
    named = _first_keys(raw, path)
    overlay, parts, problems = with_included(raw, SECTIONS, named["include"], path)
    if problems:
        raise problems_in(str(path), problems)
    for section in overlay:
        raw.pop(section, None)
    calendar = overlay.get("calendar")
    holidays = calendar.get("holidays") if isinstance(calendar, dict) else None
    if isinstance(calendar, dict) and holidays is not None:
        from kpicli.settings.holidays import holiday_dates  # few settings name any

        if isinstance(holidays, str) and (folder / holidays).is_file():
            parts[holidays] = digest_of(folder / holidays)
        overlay["calendar"] = {**calendar, "holidays": holiday_dates(holidays, folder)}
    refuse_former_words(overlay, partial(read_packs, named["catalogue"], str(path)), str(path))
    catalog = read_catalog(overlay, str(path), named["catalogue"])
    try:
        values = SettingsFile.model_validate(raw)
    except ValidationError as error:
        raise invalid(error, str(path)) from None
    _check_exports(values, catalog, path)
    _check_kpis(values.kpis or (), catalog, path)
    _check_charts(values.report, catalog, path)
    settings = Settings(
        file=path,
        folder=folder,
        values=values,
        catalog=catalog,
        own_kpis=_own_kpis(overlay),
        parts=parts,
    )
    _check_covers(settings, path)
    return settings


def _first_keys(raw: Mapping[str, Any], file: Path) -> dict[str, tuple[str, ...]]:
    """Return the keys that decide of what the catalogue is made, before the others are checked."""
    keys = {key: raw[key] for key in ("catalogue", "include") if key in raw}
    try:
        first = SettingsFile.model_validate(keys)
    except ValidationError as error:
        raise invalid(error, str(file)) from None
    return {"catalogue": first.catalogue, "include": first.include}


def _own_kpis(overlay: Mapping[str, Any]) -> frozenset[str]:
    tables = overlay.get("kpi", {})
    return frozenset(name for name, table in tables.items() if not table.get("extends"))


def _check_exports(values: SettingsFile, catalog: Catalog, file: Path) -> None:
    problems: list[str] = []
    for name, entries in values.exports.items():
        source = catalog.source.get(name)
        if source is None:
            problems.append(f"exports.{name}: no such source{nearest(name, catalog.source)}")
            continue
        if source.of is not None:
            problems.append(f"exports.{name}: it is made of {source.of}, which is exported")
        for entry in entries:
            widths = entry.widths(source)
            for column in (*entry.headers, *entry.synonyms, *entry.holds, *entry.absent, *widths):
                if column not in source.columns:
                    known = nearest(column, source.columns)
                    problems.append(f"exports.{name}: no column {column!r}{known}")
            problems += _value_problems(name, "synonyms", entry.synonyms, catalog)
            problems += _value_problems(name, "holds", entry.holds, catalog)
            problems += _spelling_problems(name, entry, catalog)
            problems += entry.shape_problems(source, f"exports.{name}")
        problems += _register_problems(name, source, entries, values.fiscal_year.year)
    if problems:
        raise problems_in(str(file), problems)


def _register_problems(
    name: str, source: Source, entries: Sequence[Export], fiscal: FiscalYear
) -> list[str]:
    """Return the problems with the day on which exports of a register were written.

    Of two that each hold only what was in force on its day, rows that had ended by the second would
    go on for ever.
    """
    stated = [entry for entry in entries if entry.as_of is not None or entry.keeps_ended]
    if source.rhythm != "register":
        return [f"exports.{name}: as_of and keeps_ended are of a register"] if stated else []
    problems = [
        f"exports.{name}.as_of: the day on which it was written, such as 2025-04-10"
        for entry in entries
        if entry.keeps_ended and entry.as_of is None
    ]
    problems += [
        f"exports.{name}.covers: a register answers for the day on which it was written; write "
        f"as_of = {_last_day(entry.covers, fiscal)} in its place, and keeps_ended = true where "
        "rows that have ended stay in it"
        for entry in entries
        if entry.covers is not None
    ]
    if len(entries) > 1 and not all(entry.keeps_ended for entry in entries):
        problems.append(
            f"exports.{name}: several exports of a register have as_of and keeps_ended = true each"
        )
    return problems


def _last_day(covers: str, fiscal: FiscalYear) -> date | str:
    try:
        return Period.parse(covers, fiscal=fiscal, today=date(2000, 1, 1)).end
    except PeriodError:
        return "2025-04-10"


def _check_kpis(patterns: Sequence[str], catalog: Catalog, file: Path) -> None:
    problems = list(unknown_patterns(patterns, (*catalog.kpi, *catalog.entered)))
    if problems:
        raise problems_in(str(file), problems)


def _check_charts(report: ReportSetting, catalog: Catalog, file: Path) -> None:
    if "charts" not in report.model_fields_set:
        return  # of the usual ones those are drawn that there are
    known = (TARGETS_CHART, *catalog.kpi)
    problems = [
        f"report.charts: no KPI {name!r}{nearest(name, known)}"
        for name in report.charts
        if name not in known
    ]
    if problems:
        raise problems_in(str(file), problems)


def _value_problems(
    name: str, key: str, named: Mapping[str, Iterable[str]], catalog: Catalog
) -> list[str]:
    """Return the problems with the values that `key` names per column."""
    problems: list[str] = []
    source = catalog.source[name]
    for column, values in named.items():
        table = catalog.codes_of(source, column) if column in source.columns else None
        if table is None:
            problems.append(f"exports.{name}.{key}.{column}: no code column")
            continue
        problems += [
            f"exports.{name}.{key}.{column}: no value {value!r}{nearest(value, table.values)}"
            for value in values
            if not table.open and value not in table.values
        ]
    return problems


def _spelling_problems(name: str, entry: Export, catalog: Catalog) -> list[str]:
    """Return the spellings that would mean two values, by this export or by the code table."""
    problems: list[str] = []
    source = catalog.source[name]
    for column, values in entry.synonyms.items():
        table = catalog.codes_of(source, column) if column in source.columns else None
        meant: dict[str, str] = {}
        for value, spellings in values.items():
            for spelling in spellings:
                known = None if table is None else table.canonical(spelling)
                other = meant.setdefault(fold(spelling), known or value)
                if other != value:
                    problems.append(
                        f"exports.{name}.synonyms.{column}: {spelling!r} stands under {value!r}, "
                        f"but it means {other!r} already"
                    )
    return problems


def _check_covers(settings: Settings, file: Path) -> None:
    for name, entries in settings.values.exports.items():
        for entry in entries:
            try:
                settings.covers(entry, date(2000, 1, 1))
            except PeriodError as error:
                raise problems_in(str(file), [f"exports.{name}.covers: {error}"]) from None
