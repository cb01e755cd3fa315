"""The folder of frozen records: reading them with care, writing them whole, keeping editions."""

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from kpicli.base.errors import InputError, OutputError
from kpicli.base.storage import cannot_write, write_whole
from kpicli.base.wording import Text
from kpicli.model.periods import Period
from kpicli.published.checking import problem_of
from kpicli.published.record import KIND, SCHEMA_VERSION, Record
from kpicli.settings.settings import Settings

INLINE = 96
"""JSON that fits into so many characters stands on one line."""


def record_path(settings: Settings, period: Period) -> Path:
    """Return where the newest edition of a period lies, if there is one."""
    return settings.published / f"{period.name}.json"


def shown(settings: Settings, path: Path) -> str:
    """Return a path as messages show it: relative to the settings file where it lies below."""
    try:
        return path.relative_to(settings.folder).as_posix()
    except ValueError:
        return str(path)


def read_record(settings: Settings, period: Period) -> Record | None:
    """Return what was published of a period; None where nothing was.

    Raises `InputError`, naming file and key, for a file that is no record, was damaged or changed
    by hand, or speaks of other days than the period has under the settings.
    """
    path = record_path(settings, period)
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _wrong(settings, path, f"{error.strerror}") from None
    record = _parsed(settings, path, text)
    own = record.period
    if (own.name, own.start, own.end) != (period.name, period.start, period.end):
        found = f"period: {own.name} ({own.start}..{own.end}), not {period.name} ({period.dates})"
        raise _wrong(settings, path, found)
    problem = problem_of(record)
    if problem is not None:
        raise _wrong(settings, path, problem)
    return record


def _parsed(settings: Settings, path: Path, text: bytes) -> Record:
    try:
        raw = json.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _wrong(settings, path, f"no JSON: {error}") from None
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        raise _wrong(settings, path, f"kind: not {KIND!r}")
    if raw.get("schema_version") != SCHEMA_VERSION:
        raise _wrong(settings, path, f"schema_version: this program knows {SCHEMA_VERSION}")
    try:
        return Record.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(place) for place in first["loc"])
        message = str(first["msg"]).removeprefix("Value error, ")
        raise _wrong(settings, path, f"{key}: {message}" if key else message) from None


def _wrong(settings: Settings, path: Path, found: str) -> InputError:
    name = shown(settings, path)
    return InputError(
        Text(f"{name} は凍結した記録として読めません: {found}", f"{name} is no record: {found}"),
        Text(
            "控え(バックアップや git)から戻すか、summarize では --recompute を付けてください",
            "restore it from a copy, or add --recompute to summarize",
        ),
    )


def write_record(settings: Settings, period: Period, record: Record, older: Record | None) -> Path:
    """Write a record in the period's place and return that; an older edition is kept beside it.

    The older one is copied to the byte before anything is replaced. Raises `OutputError`, also
    where a first edition finds that another was written since `older` was looked for.
    """
    path = record_path(settings, period)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if older is not None:
            _keep(settings, path, older.edition)
        elif path.exists():
            raise _frozen_meanwhile(shown(settings, path))
        write_whole(path, dumped(record))
    except OSError as error:
        raise cannot_write(shown(settings, path), error) from None
    return path


def _keep(settings: Settings, path: Path, edition: int) -> None:
    content = path.read_bytes()
    kept = path.with_name(f"{path.stem}.{edition}.json")
    if kept.exists() and kept.read_bytes() != content:
        name = shown(settings, kept)
        raise OutputError(
            Text(f"別の内容の {name} がすでにあります", f"{name} exists with another content"),
            Text("どちらが正しいか確かめてください", "find out which of the two is right"),
        )
    write_whole(kept, content)


def _frozen_meanwhile(name: str) -> OutputError:
    return OutputError(
        Text(f"{name} が凍結中にほかで作られました", f"{name} was made elsewhere in the meantime"),
        Text(
            "kpicli diff で確かめ、公表し直すなら --revise を付けてください",
            "look at it with kpicli diff; to publish anew add --revise",
        ),
    )


def dumped(record: Record) -> bytes:
    """Return a record as JSON, a row a line, so that two editions can be compared by line."""
    return ("".join(_pieces(record.model_dump(mode="json"), "")) + "\n").encode()


def _pieces(value: object, indent: str) -> Iterator[str]:
    if not isinstance(value, dict | list):
        yield json.dumps(value, ensure_ascii=False)
        return
    if not _holds_lists(value):
        flat = json.dumps(value, ensure_ascii=False)
        if len(flat) <= INLINE or not _nested(value):
            yield flat
            return
    deeper = indent + " "
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    items = value.items() if isinstance(value, dict) else ((None, each) for each in value)
    yield opening
    for number, (name, each) in enumerate(items):
        yield f"{',' if number else ''}\n{deeper}"
        if name is not None:
            yield f"{json.dumps(name, ensure_ascii=False)}: "
        yield from _pieces(each, deeper)
    yield f"\n{indent}{closing}"


def _nested(value: dict[str, object] | list[object]) -> bool:
    values = value.values() if isinstance(value, dict) else value
    return any(isinstance(each, dict | list) and each for each in values)


def _holds_lists(value: dict[str, object] | list[object]) -> bool:
    """Tell whether anything in it is a list or table of such, which is not looked into further."""
    values = value.values() if isinstance(value, dict) else value
    return any(isinstance(each, dict | list) and _nested(each) for each in values)
