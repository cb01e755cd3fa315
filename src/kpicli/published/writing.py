"""Writing a frozen record: whole, by one process at a time, and the edition before it is kept."""

import json
from collections.abc import Iterator
from pathlib import Path

from kpicli.base.errors import OutputError
from kpicli.base.storage import cannot_write, lock, write_whole
from kpicli.base.wording import Text
from kpicli.model.periods import Period
from kpicli.published.editions import content_digest, record_name
from kpicli.published.record import Record
from kpicli.published.store import StoredRecord, record_path, shown
from kpicli.settings.settings import Settings

INLINE = 96
"""JSON that fits into so many characters stands on one line."""

LOCK = ".kpicli.lock"
"""Whoever writes records holds the lock of this name in their folder."""

_WAIT = 60.0
"""Seconds after which nobody can still be writing a record."""


def write_record(
    settings: Settings, period: Period, record: Record, older: StoredRecord | None
) -> Path:
    """Write a record in the period's place and return that; an older edition is kept beside it.

    The older one is copied to the byte before anything is replaced. Only one process at a time
    writes. Raises `OutputError`, also where somebody has frozen the period since `older` was read.
    """
    path = record_path(settings, period)
    name = shown(settings, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        release = lock(path.parent / LOCK, _WAIT, _busy(name))
        try:
            content = path.read_bytes() if path.exists() else None
            if (content and content_digest(content)) != (older and older.sha256):
                raise _frozen_meanwhile(name)
            if content is not None and older is not None:
                _keep(
                    settings,
                    path.with_name(record_name(period.name, older.record.edition)),
                    content,
                )
            write_whole(path, dumped(record))
        finally:
            release()
    except OSError as error:
        raise cannot_write(name, error) from None
    return path


def _keep(settings: Settings, kept: Path, content: bytes) -> None:
    if kept.exists() and kept.read_bytes() != content:
        name = shown(settings, kept)
        raise OutputError(
            Text(f"別の内容の {name} がすでにあります", f"{name} exists with another content"),
            Text("どちらが正しいか確かめてください", "find out which of the two is right"),
        )
    write_whole(kept, content)


def _busy(name: str) -> OutputError:
    return OutputError(
        Text(
            f"別の kpicli freeze が {name} を書いています", f"another kpicli freeze writes {name}"
        ),
        Text("終わってからもう一度実行してください", "run it again when that has ended"),
    )


def _frozen_meanwhile(name: str) -> OutputError:
    return OutputError(
        Text(
            f"{name} がその間にほかで凍結されました。こちらは何も書いていません",
            f"{name} was frozen elsewhere in the meantime; nothing has been written",
        ),
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
