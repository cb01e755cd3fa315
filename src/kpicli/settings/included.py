"""Tables of the catalogue in files of their own, which `include` names."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from kpicli.base.wording import nearest
from kpicli.catalog.read import SECTIONS, problems_in
from kpicli.settings.toml_files import read_toml


def with_included(
    raw: Mapping[str, Any], patterns: Sequence[str], folder: Path, file: Path
) -> tuple[dict[str, Any], dict[str, str]]:
    """Return the catalogue's tables of the settings with those of the files that patterns name.

    With them come the files, relative to `folder`, each with its SHA-256. Raises `SettingsError`
    for a pattern that names none, for a file that is not TOML or holds anything else, and for an id
    that stands in two files.
    """
    together = {section: raw[section] for section in SECTIONS if section in raw}
    owners = dict.fromkeys(_ids(together), file.name)
    problems: list[str] = []
    digests: dict[str, str] = {}
    for label in dict.fromkeys(_files(patterns, folder, problems)):
        digests[label] = digest_of(folder / label)
        tables = read_toml(folder / label)
        for section in (name for name in tables if name not in SECTIONS):
            near = nearest(section, SECTIONS)
            problems.append(f"{label}: {section!r} belongs into {file.name}{near}")
        for key in _ids(tables):
            if owners.setdefault(key, label) != label:
                problems.append(f"{'.'.join(key)}: stands in {owners[key]} and in {label}")
        for section, own in tables.items():
            both = isinstance(own, dict) and isinstance(together.get(section), dict)
            together[section] = {**together[section], **own} if both else own
    if problems:
        raise problems_in(str(file), problems)
    return together, digests


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read; ask before reading it.

    Should it change in between, it is another than what was read, and nothing is kept for it.
    """
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _files(patterns: Sequence[str], folder: Path, problems: list[str]) -> list[str]:
    labels: list[str] = []
    for pattern in patterns:
        paths = sorted(folder.glob(pattern)) if not Path(pattern).is_absolute() else []
        if not paths:
            problems.append(f"include: no file {pattern!r} beside the settings")
        labels += [path.relative_to(folder).as_posix() for path in paths]
    return labels


def _ids(tables: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return section and id of every table, and the section alone of what has no ids."""
    ids: list[tuple[str, ...]] = []
    for section, content in tables.items():
        named = isinstance(content, dict) and section != "calendar"
        ids += [(section, str(name)) for name in content] if named else [(section,)]
    return ids
