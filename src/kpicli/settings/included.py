"""Tables of the catalogue in files of their own, which `include` names."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.settings.toml.reading import TomlFiles


class Included(NamedTuple):
    """The catalogue's tables of the settings with those of further files.

    `files` are those, relative to the settings' folder, each with its SHA-256; `problems` name a
    pattern without a file, a file that holds anything else, and an id that stands in two files.
    """

    tables: dict[str, Any]
    files: dict[str, str]
    problems: list[Problem]


def with_included(
    raw: Mapping[str, Any],
    sections: Sequence[str],
    patterns: Sequence[str],
    file: Path,
    files: TomlFiles,
) -> Included:
    """Return the `sections` of the settings in `file`, with those of the files that patterns name.

    Raises `SettingsError` for a file that is not TOML.
    """
    folder = file.absolute().parent
    together = {section: raw[section] for section in sections if section in raw}
    owners = dict.fromkeys(_ids(together), file.name)
    problems: list[Problem] = []
    digests: dict[str, str] = {}
    for label in dict.fromkeys(_files(patterns, folder, problems)):
        digests[label] = digest_of(folder / label)
        tables = files.tables(folder / label)
        for section in (name for name in tables if name not in sections):
            ja, en = (
                f"「{section}」は {file.name} に書きます",
                f"{section!r} belongs into {file.name}",
            )
            problems.append(misnamed(label, ja, en, section, sections))
        for key in _ids(tables):
            if owners.setdefault(key, label) != label:
                both = f"{owners[key]} と {label} の両方にあります"
                en = f"stands in {owners[key]} and in {label}"
                problems.append(problem(".".join(key), both, en))
        for section, own in tables.items():
            tables_both = isinstance(own, dict) and isinstance(together.get(section), dict)
            together[section] = {**together[section], **own} if tables_both else own
    return Included(together, digests, problems)


def digest_of(file: Path) -> str:
    """Return the SHA-256 of a file, "" where it cannot be read; ask before reading it.

    Should it change in between, it is another than what was read, and nothing is kept for it.
    """
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


def _files(patterns: Sequence[str], folder: Path, problems: list[Problem]) -> list[str]:
    labels: list[str] = []
    for pattern in patterns:
        paths = sorted(folder.glob(pattern)) if not Path(pattern).is_absolute() else []
        if not paths:
            ja = f"設定のあるフォルダーに「{pattern}」というファイルはありません"
            problems.append(problem("include", ja, f"no file {pattern!r} beside the settings"))
        labels += [path.relative_to(folder).as_posix() for path in paths]
    return labels


def _ids(tables: Mapping[str, Any]) -> list[tuple[str, ...]]:
    """Return section and id of every table, and the section alone of what has no ids."""
    ids: list[tuple[str, ...]] = []
    for section, content in tables.items():
        named = isinstance(content, dict) and section != "calendar"
        ids += [(section, str(name)) for name in content] if named else [(section,)]
    return ids
