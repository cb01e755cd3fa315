"""Editions of frozen records, and what records know of each other: none is lost in silence.

An edition names the content of the one before it, and every other period that was frozen when it
was, with edition and content. So a record that was deleted, or replaced by an earlier edition, is
missed by the records that know it.
"""

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import DecodeError, Struct, json

from kpicli.base import faults
from kpicli.base.faults import Fault, FaultKind, Place
from kpicli.base.wording import Text
from kpicli.published.record import KIND, KnownRecord, Record
from kpicli.published.rows.names import row_files_in

SOURCE = "published"
"""What stands for the source in findings on records."""


class Known(Struct, frozen=True):
    """An edition that a record names, by its content: the one before it, or another period's."""

    edition: int
    sha256: str
    period: str = ""


class Naming(Struct, frozen=True):
    """An edition of a period that a file knows."""

    file: str
    edition: int
    sha256: str | None = None
    """None where the file is that edition itself, kept as an older one."""


class _PeriodName(Struct, frozen=True):
    name: str


class _File(Struct, frozen=True):
    name: str
    sha256: str


class Head(Struct, frozen=True):
    """What a record says of itself and others; the rest of its file is passed over."""

    kind: str
    period: _PeriodName
    edition: int
    earlier: Known | None = None
    others: tuple[Known, ...] = ()
    row_file: _File | None = None


class Editions(Struct, frozen=True):
    """The records of a folder: their heads, by the names of their files."""

    folder: Path
    heads: Mapping[str, Head]

    def newest_named(self, period: str) -> Naming | None:
        """Return the newest edition of a period that another file than its own knows, if any."""
        return max(self._namings(period), key=lambda naming: naming.edition, default=None)

    def _namings(self, period: str) -> Iterator[Naming]:
        for file, head in self.heads.items():
            if head.period.name != period:
                known = (each for each in head.others if each.period == period)
                yield from (Naming(file, each.edition, each.sha256) for each in known)
            elif file != record_name(period):
                yield Naming(file, int(file.split(".")[-2]))

    def content(self, file: str) -> str:
        """Return the digest of a file's content. Raises `OSError`."""
        return content_digest((self.folder / file).read_bytes())

    def findings(self, record: Record, sha256: str, shown: str, *, rows: bool) -> Iterator[Fault]:
        """Yield a warning for every older edition of a record that is missing or has changed.

        Also where another edition of the same number is there, or known. `sha256` is the digest of
        the record's content, `shown` the folder as messages show it. The files of an older
        edition's rows have to be there, and with `rows` as they were frozen: that takes long.
        """
        period, own = record.period.name, record_name(record.period.name)
        earlier, namer = record.earlier, own
        expected = None if earlier is None else Known(earlier.edition, earlier.sha256)
        for edition in range(record.edition - 1, 0, -1):
            file = record_name(period, edition)
            older = self._intact(file, edition, expected)
            if older is None:
                yield _finding(self._what_became_of(file), shown, file, namer)
            elif older.row_file is not None and not self._is_intact(older.row_file, whole=rows):
                yield self.lost_rows(older.row_file.name, file, shown)
            expected, namer = (None if older is None else older.earlier), file
        for naming in self._namings(period):
            if naming.edition == record.edition and naming.sha256 is None:
                yield _finding(faults.EDITION_TWICE, shown, own, naming.file)
            elif naming.edition == record.edition and naming.sha256 != sha256:
                yield _finding(faults.RECORD_REPLACED, shown, own, naming.file)

    def lost_rows(self, name: str, namer: str, shown: str) -> Fault:
        """Return the warning that a file of rows is missing or has changed; `namer` names it."""
        return _finding(self._what_became_of(name), shown, name, namer)

    def _what_became_of(self, name: str) -> FaultKind:
        there = os.path.lexists(self.folder / name)
        return faults.EDITION_CHANGED if there else faults.EDITION_MISSING

    def _is_intact(self, rows: _File, *, whole: bool) -> bool:
        """Return whether a file of rows is there; with `whole`, whether it is as it was frozen."""
        if not whole:
            return (self.folder / rows.name).is_file()
        try:
            with (self.folder / rows.name).open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == rows.sha256
        except OSError:
            return False

    def unnamed(self, period: str) -> list[str]:
        """Return the files of rows of a period that no record of the folder names."""
        named = {head.row_file.name for head in self.heads.values() if head.row_file is not None}
        return [name for name in row_files_in(self.folder, period) if name not in named]

    def _intact(self, file: str, edition: int, expected: Known | None) -> Head | None:
        """Return the head of an older edition; None where it is gone, or is not as expected."""
        head = self.heads.get(file)
        if head is None or head.edition != edition:
            return None
        return head if expected is None or self.content(file) == expected.sha256 else None

    def missing(self, period: str, shown: str) -> Fault | None:
        """Return the warning that a record is missing which another file knows; None if none is."""
        naming = self.newest_named(period)
        if naming is None or record_name(period) in self.heads:
            return None
        return _finding(faults.RECORD_MISSING, shown, record_name(period), naming.file)


def read_editions(folder: Path) -> Editions:
    """Return the records of a folder; what is none, or cannot be read, is passed over."""
    heads: dict[str, Head] = {}
    for path in sorted(folder.glob("*.json")):
        head = head_of(path)
        if head is not None and re.fullmatch(_name_of(head.period.name), path.name):
            heads[path.name] = head
    return Editions(folder, heads)


def head_of(path: Path) -> Head | None:
    """Return the head of a record; None where the file holds none."""
    try:
        head = json.decode(path.read_bytes(), type=Head)
    except (DecodeError, OSError, UnicodeDecodeError, RecursionError):
        return None
    return head if head.kind == KIND else None


def others_of(editions: Editions, period: str) -> tuple[KnownRecord, ...]:
    """Return the newest edition of every other period than this one."""
    return tuple(
        KnownRecord(period=head.period.name, edition=head.edition, sha256=editions.content(file))
        for file, head in editions.heads.items()
        if head.period.name != period and file == record_name(head.period.name)
    )


def worded(finding: Fault) -> Text:
    """Return a finding on records in words: which file, what of it, which other one tells so."""
    other = "" if finding.other is None else f" ({finding.other.file})"
    message = finding.kind.message
    return Text(
        f"{finding.place.file}: {message.ja}{other}", f"{finding.place.file}: {message.en}{other}"
    )


def record_name(period: str, edition: int | None = None) -> str:
    """Return the name of a record's file: of the newest, or of an older edition that is kept."""
    return f"{period}.json" if edition is None else f"{period}.{edition}.json"


def content_digest(content: bytes) -> str:
    """Return the SHA-256 of a record's file, whichever line ends it has (git may change them)."""
    return hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()


def _name_of(period: str) -> str:
    return re.escape(period) + r"(\.[1-9][0-9]{0,8})?\.json"


def _finding(kind: FaultKind, shown: str, file: str, other: str) -> Fault:
    return Fault(kind, SOURCE, Place(f"{shown}{file}"), other=Place(f"{shown}{other}"))
