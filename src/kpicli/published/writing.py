"""Writing a frozen record: whole, by one process at a time, and the edition before it is kept."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import msgspec

from kpicli.base.errors import OutputError
from kpicli.base.storage import cannot_write, lock, write_whole
from kpicli.base.wording import Text
from kpicli.model.periods import Period
from kpicli.published.editions import content_digest, record_name
from kpicli.published.record import Record
from kpicli.published.rows.apart import rows_apart
from kpicli.published.rows.fields import APART
from kpicli.published.seal import seal_of
from kpicli.published.secret import Secret
from kpicli.published.store import StoredRecord, record_path, shown
from kpicli.settings.settings import Settings

INLINE = 96
"""JSON that fits into so many characters stands on one line."""

LOCK = ".kpicli.lock"
"""Whoever writes records holds the lock of this name in their folder."""

_WAIT = 60.0
"""Seconds after which nobody can still be writing a record."""


def write_record(
    settings: Settings,
    period: Period,
    record: Record,
    secret: Secret,
    older: StoredRecord | None,
) -> Record:
    """Seal a record, write it in the period's place and return it as written.

    An older edition is kept beside it: it is copied to the byte before anything is replaced. The
    rows of many are written first, to a file of their own. Only one process at a time writes.
    Raises `OutputError`, also where somebody has frozen the period since `older` was read.
    """
    path = record_path(settings, period)
    name = shown(settings, path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with rows_apart(record, path.parent) as apart:
            written = record if apart is None else apart.record
            content = sealed_content(written, secret)
            release = lock(path.parent / LOCK, _WAIT, _busy(name))
            try:
                there = path.read_bytes() if path.exists() else None
                if (there and content_digest(there)) != (older and older.sha256):
                    raise _frozen_meanwhile(name)
                with nullcontext() if apart is None else apart.put(path.parent):
                    if there is None or older is None:
                        write_whole(path, content)
                    else:
                        kept = path.with_name(record_name(period.name, older.record.edition))
                        with _kept(settings, kept, there):
                            write_whole(path, content)
            finally:
                release()
    except OSError as error:
        raise cannot_write(name, error) from None
    return written


@contextmanager
def _kept(settings: Settings, kept: Path, content: bytes) -> Iterator[None]:
    """Keep the older edition, unless the newer one cannot be written."""
    if kept.exists():
        if kept.read_bytes() != content:
            raise _another_content(shown(settings, kept))
        yield
        return
    write_whole(kept, content)
    try:
        yield
    except BaseException:
        kept.unlink(missing_ok=True)
        raise


def _another_content(name: str) -> OutputError:
    return OutputError(
        Text(f"別の内容の {name} がすでにあります", f"{name} exists with another content"),
        Text("どちらが正しいか確かめてください", "find out which of the two is right"),
    )


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


def sealed_content(record: Record, secret: Secret) -> bytes:
    """Return a record as JSON with its seal, a row a line: editions can be compared by line.

    Where its rows are in a file of their own, their numbers stand in their place.
    """
    raw = record.model_dump(mode="json", context=APART if record.row_file else None)
    if record.row_file is None:
        del raw["row_file"]
    raw["seal"] = seal_of(raw, secret).model_dump()
    return f"{_laid_out(raw, '')}\n".encode()


_encoded = json.JSONEncoder(ensure_ascii=False).encode
_HOLDERS = (dict, list)  # a union would be made anew for every value of millions


def _laid_out(value: object, indent: str) -> str:
    """Return JSON in which whatever is small, or holds no lists or tables, stands on one line."""
    if not isinstance(value, _HOLDERS):
        return _encoded(value)
    if not any(isinstance(each, _HOLDERS) and _nested(each) for each in _values(value)):
        flat = _encoded(value)
        if len(flat) <= INLINE or not _nested(value):
            return flat
    deeper = indent + " "
    if isinstance(value, dict):
        lines = [f"{_encoded(name)}: {_field(name, value[name], deeper)}" for name in value]
    else:
        lines = [_laid_out(each, deeper) for each in value]
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    body = f",\n{deeper}".join(lines)
    return f"{opening}\n{deeper}{body}\n{indent}{closing}"


def _field(name: str, value: object, indent: str) -> str:
    """Return a field's value: rows, of which there may be millions, each on a line of its own."""
    if name != "rows" or not isinstance(value, list) or not value:
        return _laid_out(value, indent)
    # no row has a line end within: JSON writes one as an escape
    lines = msgspec.json.Encoder().encode_lines(value).decode().removesuffix("\n")
    body = lines.replace("\n", f",\n{indent} ")
    return f"[\n{indent} {body}\n{indent}]"


def _nested(value: dict[str, object] | list[object]) -> bool:
    return any(isinstance(each, _HOLDERS) and each for each in _values(value))


def _values(value: dict[str, object] | list[object]) -> Iterable[object]:
    return value.values() if isinstance(value, dict) else value
