"""Words that settings no longer know, and what stands in their place, ready to be pasted."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Language, Text

Table = Mapping[str, Any]

_NO_PARTS = Text(
    "内訳 parts は名簿の列で書き直してください", "parts: name a column of the register"
)
_NO_DAYS = Text(
    "在籍の最初の日と最後の日の列を 2 つ書いてください",
    "in_force: name two date columns, the first and the last day in service",
)


def refuse_former_words(tables: Table, read_built_in: Callable[[], Table], file: str) -> None:
    """Raise `SettingsError` where the catalogue's tables in a file have former words.

    They are laid over the built-in ones, which are read where any has. The error shows the tables
    as they are to be.
    """
    if not _has_any(tables):
        return
    built_in = read_built_in()
    blocks = [*_sources(tables, built_in), *_kpis(tables, built_in), *_checks(tables)]
    ja, en = ("\n\n".join(block.in_language(of) for block in blocks) for of in _LANGUAGES)
    raise SettingsError(
        Text(
            f"{file}: roster と roster_ratio はなくなりました。名簿は register、名簿のうち記録の"
            f"ある人の割合は numerator_in を付けた ratio です。"
            f"次の表で置き換えてください:\n\n{ja}\n",
            f"{file}: roster and roster_ratio are no more: a list of people is a register, the "
            "share of those who have a row elsewhere a ratio with numerator_in. Put these tables "
            f"in place of yours:\n\n{en}\n",
        ),
        Text(
            "数え方は同じです。凍結した記録はこれまでどおり読めます",
            "they count the same, and what was frozen can be read as before",
        ),
    )


_LANGUAGES: tuple[Language, ...] = ("ja", "en")


def _has_any(tables: Table) -> bool:
    sources = any(table.get("rhythm") == "roster" for table in _of(tables, "source").values())
    both = (*_of(tables, "kpi").values(), *_of(tables, "check").values())
    return sources or any("roster" in t or t.get("measure") == "roster_ratio" for t in both)


def _sources(tables: Table, built_in: Table) -> Iterator[Text]:
    for name, source in _of(tables, "source").items():
        if source.get("rhythm") != "roster":
            continue
        days = _days(name, tables, built_in)
        state = {"rhythm": "register", "in_force": days, "until": "last_day_in"}
        new = {key: value for key, value in source.items() if key not in ("rhythm", "columns")}
        columns = {"columns": source["columns"]} if "columns" in source else {}
        block = _block(f"source.{_key(name)}", {**new, **state, **columns})
        yield Text(block, block) if len(days) == 2 else _with_remark(block, _NO_DAYS)


def _days(name: str, tables: Table, built_in: Table) -> list[str]:
    """Return the first and the last day in service: as figures name them, or the date columns."""
    for section in ("kpi", "check"):
        for table in _of(tables, section).values():
            roster = table.get("roster")
            if isinstance(roster, dict) and roster.get("source") == name:
                return [str(roster[key]) for key in ("joined", "left") if key in roster]
    columns = _columns(name, tables, built_in)
    return [each for each, spec in columns.items() if spec.get("type") == "date"][:2]


def _columns(source: str, *layers: Table) -> dict[str, dict[str, Any]]:
    """Return the columns of a source as the layers declare them, the first one's over the rest."""
    columns: dict[str, dict[str, Any]] = {}
    for layer in reversed(layers):
        columns |= _of(_of(layer, "source").get(source, {}), "columns")
    return columns


def _kpis(tables: Table, built_in: Table) -> Iterator[Text]:
    """Yield ratios on a register; what a log is filtered and dated by moves into `numerator_in`."""
    for name, kpi in _of(tables, "kpi").items():
        if kpi.get("measure") != "roster_ratio" and "roster" not in kpi:
            continue
        roster = _table(kpi, "roster")
        by = roster.get("of", kpi.get("of"))
        keys = ("source", "where", "exclude", "date")
        moved: dict[str, Any] = {key: kpi[key] for key in keys if key in kpi}
        elsewhere = moved if by is None else {**moved, "by": by}
        own: dict[str, Any] = {k: roster[k] for k in ("source", "where") if k in roster}
        own |= {"measure": "ratio"} if "measure" in kpi else {}
        own |= {"numerator_in": elsewhere} if elsewhere else {}
        kept = {
            k: v for k, v in kpi.items() if k not in (*moved, "measure", "of", "roster", "parts")
        }
        block = _block(f"kpi.{_key(name)}", {**kept, **own})
        block = _same_name(str(kpi.get("source")), kpi.get("of"), by, tables, built_in) + block
        yield _with_remark(block, _NO_PARTS) if "parts" in kpi else Text(block, block)


def _same_name(log: str, of: object, by: object, tables: Table, built_in: Table) -> str:
    """Return the source whose table gives a log's column the name that it has in the register."""
    columns = _columns(log, tables, built_in)
    if of == by or not isinstance(of, str) or of not in columns:
        return ""
    alike = {k: v for k, v in columns[of].items() if k in ("type", "codes", "personal")}
    new = {str(by): {**alike, "from": {"copy": of}}}
    own = _of(tables, "source").get(log, {"extends": True})
    return (
        _block(f"source.{_key(log)}", {**own, "columns": {**own.get("columns", {}), **new}})
        + "\n\n"
    )


def _checks(tables: Table) -> Iterator[Text]:
    for name, check in _of(tables, "check").items():
        if "roster" in check:
            kept = {key: value for key, value in check.items() if key != "roster"}
            keys, roster = {"source": "source", "of": "by"}, _table(check, "roster")
            register = {keys[key]: value for key, value in roster.items() if key in keys}
            block = _block(f"check.{_key(name)}", {**kept, "register": register})
            yield Text(block, block)


def _of(tables: Table, section: str) -> Mapping[str, dict[str, Any]]:
    named = tables.get(section)
    pairs = named.items() if isinstance(named, Mapping) else ()
    return {str(name): table for name, table in pairs if isinstance(table, dict)}


def _table(table: Table, key: str) -> dict[str, Any]:
    own = table.get(key)
    return own if isinstance(own, dict) else {}


def _with_remark(block: str, remark: Text) -> Text:
    return Text(f"# {remark.ja}\n{block}", f"# {remark.en}\n{block}")


def _block(path: str, table: Table) -> str:
    """Return a table in TOML, the columns of a source as a table of their own."""
    columns = table.get("columns")
    if not isinstance(columns, Mapping):
        return f"[{path}]\n{_lines(table)}"
    plain = {key: value for key, value in table.items() if key != "columns"}
    return f"[{path}]\n{_lines(plain)}\n[{path}.columns]\n{_lines(columns)}"


def _lines(table: Table) -> str:
    return "\n".join(f"{_key(str(name))} = {_toml(value)}" for name, value in table.items())


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else _toml(name)


def _toml(value: object) -> str:
    """Return a value as TOML writes it in a line."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(str(k))} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)
