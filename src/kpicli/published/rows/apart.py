"""Records whose rows stand in a file of their own: taken out when written, put in when read.

A record of few rows holds them itself. One of many has their number in their place, and names the
file and its content: the file is written first, so that a record never names one that is not there.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
from msgspec import Struct

from kpicli.base.storage import Unfinished, sync_folder, unfinished, why_unread
from kpicli.base.wording import Text
from kpicli.published.record import VERSION_APART, FrozenKpi, Record, RowFile
from kpicli.published.rows.names import row_file_name
from kpicli.published.rows.read_rows import Rows, read_rows
from kpicli.published.rows.row_file import write_rows

MOST_WHOLE = 10_000
"""Up to so many rows of sources a record holds them itself: 1.8 MB of JSON, read in 0.1 s."""
_AT_ONCE = 1 << 20


class UnusableRows(Exception):
    """A record and the file of its rows do not fit together.

    The file is `lost` where it is missing, cannot be read, or is not what was frozen; else the
    record itself is not.
    """

    def __init__(self, what: Text, *, lost: bool = False) -> None:
        super().__init__(what.en)
        self.what, self.lost = what, lost


class Apart(Struct, frozen=True):
    """A file of rows that is written but for its name, and the record that names it."""

    record: Record
    name: str
    file: Unfinished

    @contextmanager
    def put(self, folder: Path) -> Iterator[None]:
        """Give the file its name, unless what is done meanwhile fails: writing the record.

        One that had the name is of the same rows, and stays either way.
        """
        target = folder / self.name
        known = target.exists()
        self.file.put(target)
        sync_folder(folder)
        try:
            yield
        except BaseException:
            if not known:
                target.unlink(missing_ok=True)
            raise


@contextmanager
def rows_apart(record: Record, folder: Path) -> Iterator[Apart | None]:
    """Give the rows of a record of many as a file in the folder; None for one of few.

    The file is on the disk, under a name that says that it is not finished, and is gone at the end
    if it was not put in its place. Raises `OSError`.
    """
    rows = sum(len(source.rows) for source in record.sources)
    if rows <= MOST_WHOLE:
        yield None
        return
    with unfinished(folder, 0o666) as file:
        with os.fdopen(file.handle, "w+b", closefd=False) as stream:
            write_rows(record, stream)
            stream.flush()
            os.fsync(file.handle)
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        name = row_file_name(record.period.name, sha256)
        named = RowFile(name=name, sha256=sha256, rows=rows)
        version = {"schema_version": VERSION_APART, "row_file": named}
        yield Apart(record.model_copy(update=version), name, file)


def without_rows(raw: Mapping[str, object]) -> dict[str, object]:
    """Return a record as its JSON has it, with no rows in place of their numbers."""

    def emptied(parts: object, empty: Mapping[str, object]) -> object:
        if not isinstance(parts, list):
            return parts
        return [
            {**part, **{name: none for name, none in empty.items() if name in part}}
            if isinstance(part, dict)
            else part
            for part in parts
        ]

    kpis = emptied(raw.get("kpis"), {"rows": [], "states": ""})
    if isinstance(kpis, list):
        kpis = [
            {**kpi, "roster": {**kpi["roster"], "rows": []}}
            if isinstance(kpi, dict) and isinstance(kpi.get("roster"), dict)
            else kpi
            for kpi in kpis
        ]
    return {**raw, "sources": emptied(raw.get("sources"), {"rows": []}), "kpis": kpis}


def numbers_of_rows(raw: Mapping[str, Any]) -> list[object]:
    """Return what stands in the place of rows in the JSON of a record that is one."""
    kpis, rosters = raw["kpis"], [kpi.get("roster") for kpi in raw["kpis"]]
    return [
        raw["row_file"]["rows"],
        [source["rows"] for source in raw["sources"]],
        [(kpi.get("rows"), kpi.get("states")) for kpi in kpis],
        [None if roster is None else roster["rows"] for roster in rosters],
    ]


def check_rows(record: Record, named: RowFile, folder: Path) -> None:
    """Raise `UnusableRows` where the file of a record's rows is missing, or not what was frozen."""
    with _content(record, named, folder):
        pass


def with_rows(record: Record, named: RowFile, folder: Path) -> dict[str, object]:
    """Return a record with the rows of the file that it names, to be validated as a whole.

    Raises `UnusableRows` where the file is missing, is not the one that was frozen, or holds the
    rows of another record.
    """
    try:
        with _content(record, named, folder) as content:
            rows = read_rows(content, record)
            pa.default_memory_pool().release_unused()  # all that the columns went through
            return _filled(record, rows)
    except (pa.ArrowException, ValueError, IndexError, KeyError) as error:
        raise UnusableRows(
            Text(
                f"{named.name} にこの記録の行がありません({error})",
                f"{named.name} does not hold the rows of this record: {error}",
            )
        ) from None


@contextmanager
def _content(record: Record, named: RowFile, folder: Path) -> Iterator[pa.Buffer]:
    """Give the bytes of the file of rows, which are those that were frozen."""
    if named.name != row_file_name(record.period.name, named.sha256):
        raise UnusableRows(Text("name: 中身と合わない名前です", "name: is not that of its content"))
    try:
        with pa.memory_map(str(folder / named.name)) as file:
            content = file.read_buffer()
            if _digest(content) != named.sha256:
                raise UnusableRows(
                    Text(
                        f"{named.name} は凍結したときのものではありません(壊れたか、別のファイル)",
                        f"{named.name}, which holds its rows, is not as it was frozen: damaged, "
                        "or another file",
                    ),
                    lost=True,
                )
            yield content
    except OSError as error:
        reason = why_unread(error)
        raise UnusableRows(
            Text(
                f"行のファイル {named.name} を開けません({reason.ja})",
                f"{named.name}, which holds its rows, cannot be opened: {reason.en}",
            ),
            lost=True,
        ) from None


def _filled(record: Record, rows: Rows) -> dict[str, object]:
    sources = [vars(source) | {"rows": rows.sources[source.id]} for source in record.sources]
    return vars(record) | {"sources": sources, "kpis": [_kpi(kpi, rows) for kpi in record.kpis]}


def _kpi(kpi: FrozenKpi, rows: Rows) -> dict[str, object]:
    filled = vars(kpi) | {"states": rows.states[kpi.id]}
    if kpi.source is not None:
        filled["rows"] = rows.figures[f"kpis.{kpi.id}"]
    if kpi.roster is not None:
        filled["roster"] = vars(kpi.roster) | {"rows": rows.figures[f"kpis.{kpi.id}.others"]}
    return filled


def _digest(content: pa.Buffer) -> str:
    made, whole = hashlib.sha256(), memoryview(content)
    for start in range(0, len(whole), _AT_ONCE):
        made.update(whole[start : start + _AT_ONCE])
    return made.hexdigest()
