"""What is wrong with settings in the light of the catalogue: names of sources, columns, KPIs."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kpicli.base.errors import PeriodError
from kpicli.base.problems import Problem, misnamed, problem
from kpicli.base.wording import Text, nearest_of
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.problems import no_column, no_value
from kpicli.catalog.sources.source import Source
from kpicli.model.periods import FiscalYear, Period
from kpicli.settings.shown import no_kpi, unknown_patterns
from kpicli.settings.tables.report import TARGETS_CHART
from kpicli.values.folding import fold, header_key

if TYPE_CHECKING:
    from kpicli.settings.settings import SettingsFile
    from kpicli.settings.tables.export import Export
    from kpicli.settings.tables.report import ReportSetting

_FILES = re.compile(r"exports\.([^.]+)(?:\.[0-9]+)?\.files")


def settings_problems(values: "SettingsFile", catalog: Catalog) -> Iterator[Problem]:
    """Yield what names something that the catalogue does not have, or contradicts it."""
    yield from _export_problems(values, catalog)
    yield from unknown_patterns(values.kpis or (), catalog.ids)
    yield from _chart_problems(values.report, catalog)


def of_one_export(wrong: Problem, raw: Mapping[str, Any], known: Collection[str]) -> Problem:
    """Return the slip by which an export stands under two ids, once without files; or `wrong`.

    `[exports.voice]` and `[exports.voices.headers]` are one: the id that is none of the `known`
    sources is the slip. `raw` are the tables of the settings as they are written.
    """
    key = _FILES.fullmatch(wrong.path)
    exports = raw.get("exports")
    if key is None or not isinstance(exports, dict):
        return wrong
    name = key[1]
    others = [other for other, entry in exports.items() if other != name and _has_files(entry)]
    near = nearest_of(name, others)
    if near is None or _has_files(exports.get(name)):
        return wrong
    slip, meant = (near, name) if name in known else (name, near)
    if meant not in known or slip in known:
        return wrong
    ja, en = f"「{slip}」という出力はありません", "no such source"
    return misnamed(f"exports.{slip}", ja, en, slip, [meant])


def _has_files(entry: object) -> bool:
    entries = entry if isinstance(entry, list) else [entry]
    return not any(isinstance(each, dict) and "files" not in each for each in entries)


def _export_problems(values: "SettingsFile", catalog: Catalog) -> Iterator[Problem]:
    for name, entries in values.exports.items():
        source = catalog.source.get(name)
        path = f"exports.{name}"
        if source is None:
            ja, en = f"「{name}」という出力はありません", "no such source"
            yield misnamed(path, ja, en, name, catalog.source)
            continue
        if source.of is not None:
            yield problem(
                path,
                f"{source.of} から作るので、{source.of} のほうを書きます",
                f"it is made of {source.of}, which is exported",
            )
        for entry in entries:
            widths = entry.id_width if isinstance(entry.id_width, dict) else {}
            named: Mapping[str, Iterable[str]] = {
                "headers": entry.headers,
                "synonyms": entry.synonyms,
                "holds": entry.holds,
                "absent": entry.absent,
                "constants": entry.constants,
                "id_width": widths,
            }
            for key, columns in named.items():
                for column in columns:
                    if column not in source.columns:
                        yield _no_column(f"{path}.{key}", source, column)
            yield from _value_problems(source, f"{path}.synonyms", entry.synonyms, catalog)
            yield from _value_problems(source, f"{path}.holds", entry.holds, catalog)
            yield from _spelling_problems(source, f"{path}.synonyms", entry, catalog)
            yield from entry.shape_problems(source, path)
            yield from _given_problems(source, path, entry, catalog)
        yield from _register_problems(path, source, entries, values.fiscal_year.year)


def _no_column(path: str, source: Source, column: str) -> Problem:
    """Return the problem of a column that there is none of; a header is that of a column."""
    meant = source.spellings.get(header_key(column), ())
    if not meant:
        return no_column(path, source.id, column, source.columns)
    text = Text(
        f"「{column}」は見出しです。列の名前「{meant[0]}」を書きます",
        f"{column!r} is a header; write the name of its column, {meant[0]!r}",
    )
    return Problem(path, text, slip=column, meant=meant[0])


def _given_problems(
    source: Source, path: str, entry: "Export", catalog: Catalog
) -> Iterator[Problem]:
    """Yield the problems with columns that an entry fills itself: `constants` and `absent`.

    Something of the source has to stand in the files: a column by which their header is known,
    and, of the key, one that tells rows apart.
    """
    yield from _beside_constants(path, entry)
    shape = entry.shape(source)
    made = () if shape is None else (*shape.made, *shape.taken)
    for key, names in (("constants", entry.constants), ("absent", entry.absent)):
        for name in names:
            if name in made:
                yield problem(
                    f"{path}.{key}",
                    f"「{name}」はこの出力の表から作る列です",
                    f"{name} is made of the tables of these files",
                )
    filled = {*entry.constants, *entry.absent}
    if filled.issuperset(source.key):
        yield problem(
            f"{path}.{'constants' if entry.constants else 'absent'}",
            f"key の列({'、'.join(source.key)})がどれもファイルになく、行を区別できません",
            f"no column of the key ({', '.join(source.key)}) is left to tell rows apart",
        )
    required = {name for name, column in source.columns.items() if column.required}
    if entry.unpivot is None and required and filled >= required:
        yield problem(
            f"{path}.{'constants' if entry.constants else 'absent'}",
            f"見出しの行を見分ける必須の列({'、'.join(sorted(required))})が一つも残りません",
            "no required column is left by which the header is known "
            f"({', '.join(sorted(required))})",
        )
    yield from _constant_problems(source, path, entry, catalog)


def _beside_constants(path: str, entry: "Export") -> Iterator[Problem]:
    """Yield the constants of columns of which the entry says something else, too."""
    for name in entry.constants:
        for key, others in (("headers", entry.headers), ("absent", entry.absent)):
            if name in others:
                yield problem(
                    f"{path}.constants.{name}",
                    f"{key} にも「{name}」があります。どちらか一方だけを書きます",
                    f"{name} stands under {key}, too; write one of them alone",
                )


def _constant_problems(
    source: Source, path: str, entry: "Export", catalog: Catalog
) -> Iterator[Problem]:
    """Yield the constants that are no value of their column, or none of those that it `holds`."""
    for name, value in entry.constants.items():
        table = catalog.codes_of(source, name) if name in source.columns else None
        own = entry.synonyms.get(name, {})
        spelled = {fold(s) for each, others in own.items() for s in (each, *others)}
        if table is None or table.open or table.several or fold(value) in spelled:
            continue
        known = table.canonical(value)
        if known is None:
            yield no_value(f"{path}.constants.{name}", value, table.values)
        elif known not in entry.holds.get(name, (known,)):
            yield problem(
                f"{path}.holds.{name}",
                f"constants は「{known}」だけだと書いています",
                f"constants says that it is {known!r} alone",
            )


def _register_problems(
    path: str, source: Source, entries: "Sequence[Export]", fiscal: FiscalYear
) -> Iterator[Problem]:
    """Yield the problems with the day on which exports of a register were written.

    Of two that each hold only what was in force on its day, rows that had ended by the second would
    go on for ever.
    """
    stated = any(entry.as_of is not None or entry.keeps_ended for entry in entries)
    if source.rhythm != "register":
        if stated:
            ja = "as_of と keeps_ended は台帳(register)にだけ書きます"
            yield problem(path, ja, "as_of and keeps_ended are of a register")
        return
    if any(entry.keeps_ended and entry.as_of is None for entry in entries):
        yield problem(
            f"{path}.as_of",
            "書き出した日を 2025-04-10 のように書いてください",
            "the day on which it was written, such as 2025-04-10",
        )
    covers = next((entry.covers for entry in entries if entry.covers is not None), None)
    if covers is not None:
        day = _last_day(covers, fiscal)
        yield problem(
            f"{path}.covers",
            f"台帳が答えるのは書き出した日についてです。代わりに as_of = {day} と書き、"
            "終わった行も残るなら keeps_ended = true も書いてください",
            f"a register answers for the day on which it was written; write as_of = {day} in its "
            "place, and keeps_ended = true where rows that have ended stay in it",
        )
    if len(entries) > 1 and not all(entry.keeps_ended for entry in entries):
        yield problem(
            path,
            "台帳の出力が複数あるときは、それぞれに as_of と keeps_ended = true が要ります",
            "several exports of a register have as_of and keeps_ended = true each",
        )


def _last_day(covers: str, fiscal: FiscalYear) -> date | str:
    try:
        return Period.parse(covers, fiscal=fiscal, today=date(2000, 1, 1)).end
    except PeriodError:
        return "2025-04-10"


def _chart_problems(report: "ReportSetting", catalog: Catalog) -> Iterator[Problem]:
    if "charts" not in report.model_fields_set:
        return  # of the usual ones those are drawn that there are
    known = (TARGETS_CHART, *catalog.kpi, *catalog.composed)
    yield from (no_kpi("report.charts", n, known) for n in report.charts if n not in known)


def _value_problems(
    source: Source, path: str, named: Mapping[str, Iterable[str]], catalog: Catalog
) -> Iterator[Problem]:
    """Yield the problems with the values that the key at `path` names per column."""
    for column, values in named.items():
        table = catalog.codes_of(source, column) if column in source.columns else None
        if table is None:
            if column in source.columns:
                yield problem(f"{path}.{column}", "コードの列ではありません", "no code column")
            continue
        for value in values:
            if not table.open and value not in table.values:
                yield no_value(f"{path}.{column}", value, table.values)


def _spelling_problems(
    source: Source, path: str, entry: "Export", catalog: Catalog
) -> Iterator[Problem]:
    """Yield the spellings that would mean two values, by this export or by the code table."""
    for column, values in entry.synonyms.items():
        table = catalog.codes_of(source, column) if column in source.columns else None
        meant: dict[str, str] = {}
        for value, spellings in values.items():
            for spelling in spellings:
                known = None if table is None else table.canonical(spelling)
                other = meant.setdefault(fold(spelling), known or value)
                if other != value:
                    yield problem(
                        f"{path}.{column}",
                        f"「{spelling}」が「{value}」の下にありますが、すでに「{other}」の書き方です",
                        f"{spelling!r} stands under {value!r}, but it means {other!r} already",
                    )
