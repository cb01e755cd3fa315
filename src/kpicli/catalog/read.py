"""Read the built-in packs of the catalogue with the tables of a user's settings laid over them."""

import pkgutil
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import ValidationError

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.checks import CHECKS
from kpicli.catalog.composed import COMPOSED
from kpicli.catalog.measures import KINDS
from kpicli.catalog.validation.problems import InvalidSettings, invalid_settings

SEED = "insurance_agency"
"""The pack that is in force where the settings name none."""
EXTENDABLE = ("source", "codes", "kpi", "check")
"""Sections whose built-in tables a settings file may extend."""
SECTIONS = ("source", "codes", "blanks", "calendar", "kpi", "check", "entered", "target")


@cache
def pack_names() -> tuple[str, ...]:
    """Return the names of the built-in packs, in order."""
    from importlib.resources import files  # loads zipfile, and only an unknown name asks

    names = (entry.name for entry in (files("kpicli.catalog") / "packs").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def pack_text(name: str) -> str:
    """Return a built-in pack as it is written; `OSError` where the package lacks it."""
    text = pkgutil.get_data("kpicli.catalog", f"packs/{name}.toml")  # loads no zipfile
    if text is None:
        raise FileNotFoundError(name)
    return text.decode("utf-8")


def read_packs(names: Sequence[str], file: str = "") -> dict[str, Any]:
    """Return the tables of some packs together. Sources and code tables may stand in several.

    Raises `SettingsError` naming `file` for a name that is no pack.
    """
    together: dict[str, Any] = {}
    for name in names:
        try:
            text = pack_text(name)
        except OSError:
            ja, en = f"「{name}」という内蔵のパックはありません", f"no built-in pack {name!r}"
            wrong = misnamed("catalogue", ja, en, name, pack_names())
            raise InvalidSettings(file, [wrong]) from None
        together = _merge(together, tomllib.loads(text))
    return together


def read_catalog(
    overlay: Mapping[str, Any] | None = None,
    overlay_name: str = "",
    packs: Sequence[str] = (SEED,),
) -> Catalog:
    """Return built-in packs with `overlay` (sections as in `SECTIONS`) laid over them.

    A table with a built-in id says `extends = true`, and then merges key by key, so that it can add
    a header, a synonym or a target; any other value replaces the built-in one. Raises
    `SettingsError` naming the file, the path of the key and, for a name that does not exist, the
    nearest that does.
    """
    built_in = read_packs(packs, overlay_name)
    own, problems = _own_tables(built_in, overlay or {})
    if problems:
        raise InvalidSettings(overlay_name, problems)
    merged = _merge(built_in, own)
    for section in SECTIONS:
        tables = merged.get(section)
        for name, table in tables.items() if isinstance(tables, dict) else ():
            if isinstance(table, dict):
                table["id"] = name
    try:
        return Catalog.model_validate(merged)
    except ValidationError as error:
        file, kinds = overlay_name or ", ".join(packs), [*KINDS, *COMPOSED]
        raise invalid_settings(error, file, merged, {"measure": kinds, "kind": CHECKS}) from None


def _own_tables(
    built_in: Mapping[str, Any], overlay: Mapping[str, Any]
) -> tuple[dict[str, Any], list[Problem]]:
    """Return the overlay without its `extends`, and what is wrong with them.

    A table that has a built-in id by chance would take over what it does not say itself: a KPI of
    one's own would count by the filter of another.
    """
    own, problems = dict(overlay), list[Problem]()
    for section in EXTENDABLE:
        tables = overlay.get(section)
        if not isinstance(tables, Mapping):
            continue
        own[section] = dict(tables)
        for name, table in tables.items():
            if not isinstance(table, Mapping):
                continue
            path, extends = f"{section}.{name}", table.get("extends", False)
            own[section][name] = {key: value for key, value in table.items() if key != "extends"}
            known = name in built_in.get(section, {})
            if not isinstance(extends, bool):
                problems.append(problem(f"{path}.extends", "true か false です", "true or false"))
            elif known and not extends:
                problems.append(
                    problem(
                        path,
                        f"内蔵のカタログにその id があります。それを変えるなら [{path}] の下に "
                        "extends = true と書き、自分のものなら別の id にしてください",
                        "the built-in catalogue has that id. To change it, write "
                        f"`extends = true` under [{path}]; for one of your own, take another id",
                    )
                )
            elif extends and not known:
                ja, en = "その id の表は内蔵のカタログにありません", "no built-in table of that id"
                known_ids = built_in.get(section, {})
                problems.append(misnamed(f"{path}.extends", ja, en, name, known_ids))
    return own, problems


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        old = merged.get(key)
        merged[key] = (
            _merge(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
        )
    return merged
