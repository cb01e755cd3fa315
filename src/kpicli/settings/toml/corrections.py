"""What is wrong in settings, with its line, and the line corrected: each correction is tried."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import SettingsError
from kpicli.base.problems import Problem
from kpicli.base.wording import Language, Text
from kpicli.catalog.validation.problems import InvalidSettings
from kpicli.settings.toml.positions import Position, Span, positions_of
from kpicli.settings.toml.reading import TomlFiles

_TRIED_AT_MOST = 12
"""So many corrections are tried: each reads the settings once more."""


class _Located(Struct, frozen=True):
    """A problem with the file and line of its key, or of what is nearest above it."""

    problem: Problem
    file: Path | None = None
    position: Position | None = None
    exact: bool = False

    @property
    def line(self) -> int:
        """Return the line from 1; 0 where the file does not name anything of it."""
        return 0 if self.position is None else self.position.line


def with_lines(
    error: InvalidSettings, files: TomlFiles, read: Callable[[TomlFiles], object]
) -> SettingsError:
    """Return an error with the line of each key, as written and, where it can be, corrected.

    A correction is one where `read`, with it in place, does not find the problem again.
    """
    positions = {file: positions_of(content) for file, content in files.contents.items()}
    located = [_located(each, positions) for each in error.problems]
    located.sort(key=lambda each: (str(each.file or ""), each.line))
    corrected = [
        _corrected(each, files, read) if place < _TRIED_AT_MOST else None
        for place, each in enumerate(located)
    ]
    several = len(files.contents) > 1
    ja, en = (
        "\n".join(
            line
            for each, correction in zip(located, corrected, strict=True)
            for line in _lines(each, files, correction, language, several=several)
        )
        for language in ("ja", "en")
    )
    message = Text(
        f"{error.file} の設定に誤りがあります:\n{ja}", f"{error.file} is not valid:\n{en}"
    )
    return SettingsError(message, error.hint)


def _lines(
    located: _Located,
    files: TomlFiles,
    correction: str | None,
    language: Language,
    *,
    several: bool,
) -> Iterator[str]:
    wrong = located.problem.line(language)
    if located.file is None:
        yield f"  {wrong}"
        return
    where = Text(f"{located.line} 行目", f"line {located.line}").in_language(language)
    where = f"{located.file.name} {where}" if several else where
    yield f"  {where}: {wrong}"
    yield f"    {Text('今:', 'written:').in_language(language)} {_line(files, located)}"
    if correction is not None:
        yield f"    {Text('正:', 'correct:').in_language(language)} {correction}"


def _line(files: TomlFiles, located: _Located) -> str:
    content = files.contents[located.file] if located.file is not None else b""
    return content.decode().split("\n")[located.line - 1].strip()


def _located(problem: Problem, positions: Mapping[Path, Mapping[str, Position]]) -> _Located:
    """Return the problem at its key; at the misspelt key below it, else at what is above it."""
    keys = problem.path.split(".")
    paths = [f"{problem.path}.{problem.slip}".lstrip(".")] if problem.slip else []
    paths += [".".join(keys[:depth]) for depth in range(len(keys), 0, -1)]
    for path in paths:
        for file, own in positions.items():
            if path in own:
                exact = path in (problem.path, paths[0])
                return _Located(problem, file, own[path], exact)
    return _Located(problem)


def _corrected(
    located: _Located,
    files: TomlFiles,
    read: Callable[[TomlFiles], object],
) -> str | None:
    """Return the first line that, in place of the one as written, mends the problem."""
    file, position = located.file, located.position
    if file is None or position is None:
        return None
    content = files.contents[file]
    for (start, end), instead in _candidates(located, content, position):
        tried = content[:start] + instead.encode() + content[end:]
        if _mends(located.problem, TomlFiles({**files.contents, file: tried}), read):
            line = content.count(b"\n", 0, start)
            return tried.decode().split("\n")[line].strip()
    return None


def _candidates(
    located: _Located, content: bytes, position: Position
) -> Iterator[tuple[Span, str]]:
    """Yield what may stand in place of which bytes."""
    problem, value = located.problem, position.value
    if problem.meant:
        if _text(content, position.key).strip("\"'") == problem.slip:
            yield position.key, _key(problem.meant)
        if value is not None:
            yield from _in_value(_text(content, value), value[0], problem)
    elif problem.remedy and value is not None and located.exact:
        remedied = _REMEDIES[problem.remedy](_text(content, value))
        if remedied is not None:
            yield value, remedied


def _in_value(value: str, start: int, problem: Problem) -> Iterator[tuple[Span, str]]:
    """Yield the nearest name in place of the slip within a value, whole or as a member."""
    for slip, meant in (
        (f'"{problem.slip}"', f'"{problem.meant}"'),
        (f"'{problem.slip}'", f"'{problem.meant}'"),
        (problem.slip, problem.meant),
    ):
        before, slipped, _ = value.partition(slip)
        if slipped:
            first = start + len(before.encode())
            yield (first, first + len(slip.encode())), meant


def _text(content: bytes, span: Span) -> str:
    return content[span[0] : span[1]].decode()


def _key(name: str) -> str:
    plain = name.isascii() and name.replace("_", "").replace("-", "").isalnum()
    return name if plain else f'"{name}"'


_REMEDIES: Mapping[str, Callable[[str], str | None]] = {
    "quote": lambda raw: None if '"' in raw or "\n" in raw else f'"{raw}"',
    "unquote": lambda raw: raw.strip("\"'").lower() or None,
    "list": lambda raw: f"[{raw}]",
    "unlist": lambda raw: raw[1:-1].strip(" ,\n") or None,
    "literal": lambda raw: None if "'" in raw or raw[:1] != '"' else f"'{raw.strip(chr(34))}'",
}


def _mends(problem: Problem, files: TomlFiles, read: Callable[[TomlFiles], object]) -> bool:
    """Return whether settings with a correction no longer have a problem at its key or below."""
    try:
        read(files)
    except InvalidSettings as error:
        return not any(f"{each.path}.".startswith(f"{problem.path}.") for each in error.problems)
    except SettingsError:
        return False
    return True
