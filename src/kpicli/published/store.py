"""The folder of frozen records as a run reads it: with care, and held against each other."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from pydantic import ValidationError

from kpicli.base import faults
from kpicli.base.errors import InputError, PeriodError
from kpicli.base.faults import Fault, Place
from kpicli.base.storage import why_unread
from kpicli.base.wording import Text
from kpicli.catalog.validation.problems import problems_of
from kpicli.model.periods import Period
from kpicli.published.checking import problem_of
from kpicli.published.editions import (
    SOURCE,
    Editions,
    content_digest,
    read_editions,
    record_name,
)
from kpicli.published.record import (
    KIND,
    SCHEMA_VERSION,
    VERSION_APART,
    Record,
    RowFile,
)
from kpicli.published.rows.apart import (
    UnusableRows,
    check_rows,
    numbers_of_rows,
    with_rows,
    without_rows,
)
from kpicli.published.rows.fields import APART
from kpicli.published.seal import edited_parts
from kpicli.published.secret import Secret, find_secret

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings


_NAMED = 5
_RESTORE = Text(
    "控え(バックアップや git)から戻すか、summarize では --recompute を付けてください",
    "restore it from a copy, or add --recompute to summarize",
)


class StoredRecord(Struct, frozen=True):
    """A record as its file has it, the digest of that content, and what is to be told of it."""

    record: Record
    file: str
    """As messages show it."""
    sha256: str
    findings: tuple[Fault, ...] = ()
    lost_rows: Fault | None = None
    """Where it was read without its rows: that their file is missing, or not what was frozen."""


def record_path(settings: "Settings", period: Period) -> Path:
    """Return where the newest edition of a period lies, if there is one."""
    return settings.published / record_name(period.name)


def frozen_periods(settings: "Settings", today: date) -> tuple[Period, ...]:
    """Return the periods of which the folder holds records, as far as their names are periods."""
    periods = []
    for head in read_editions(settings.published).heads.values():
        with suppress(PeriodError):
            name = head.period.name
            periods.append(Period.parse(name, fiscal=settings.fiscal, today=today))
    return tuple(dict.fromkeys(periods))


def shown(settings: "Settings", path: Path) -> str:
    """Return a path as messages show it: relative to the settings file where it lies below."""
    try:
        return path.relative_to(settings.folder).as_posix()
    except ValueError:
        return str(path)


class RecordFolder(Struct, frozen=True, dict=True):
    """The folder of records as a run reads it: whatever it needs of all of them is read once."""

    settings: "Settings"

    @cached_property
    def secret(self) -> Secret | None:
        """Return the secret, None where there is none. Raises what `find_secret` does."""
        return find_secret(self.settings)

    @cached_property
    def editions(self) -> Editions:
        """Return what the records know of each other."""
        return read_editions(self.settings.published)

    def read(
        self, period: Period, *, rows: bool = True, may_lack_rows: bool = False
    ) -> StoredRecord | None:
        """Return what was published of a period; None where nothing was.

        Without `rows` those of a file of their own are not in it where the seal vouches for the
        figures: the file is held against its digest alone, and those of older editions are only
        looked for. A record that `may_lack_rows` is read without them where that file is lost.

        Raises `InputError`, naming file and key, for a file that is no record, was damaged or
        edited, is an older edition than others know, or speaks of other days than the period has
        under the settings. What cannot be checked, and older editions that are missing or have
        changed, are findings.
        """
        path = record_path(self.settings, period)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise _wrong(self.settings, path, why_unread(error)) from None
        raw = _parsed(self.settings, path, content)
        apart = raw["schema_version"] == VERSION_APART
        record = _validated(self.settings, path, without_rows(raw) if apart else raw)
        own = record.period
        if (own.name, own.start, own.end) != (period.name, period.start, period.end):
            found = (
                f"period: {own.name} ({own.start}..{own.end}), not {period.name} ({period.dates})"
            )
            raise _wrong(self.settings, path, found)
        named, lost = record.row_file, None
        if named is None:
            self._check_figures(path, record)
            sealed = tuple(self._seal_findings(path, record, raw))
        else:  # first the seal: it tells what was edited, where rows no longer fit
            sealed = tuple(self._seal_findings(path, record, raw))
            try:
                if rows or sealed:
                    record = self._with_rows(path, record, named, raw)
                else:
                    check_rows(record, named, path.parent)
            except UnusableRows as error:
                if not (may_lack_rows and error.lost):
                    raise _without_rows(self.settings, path, record, error) from None
                lost = self.editions.lost_rows(named.name, path.name, self._shown_folder)
        sha256 = content_digest(content)
        findings = (
            *sealed,
            *self._edition_findings(path, record, sha256, rows=rows),
        )
        file = shown(self.settings, path)
        return StoredRecord(record, file, sha256, findings, lost)

    def _check_figures(self, path: Path, record: Record) -> None:
        problem = problem_of(record)
        if problem is not None:
            raise _wrong(self.settings, path, problem)

    def _with_rows(
        self, path: Path, record: Record, named: RowFile, raw: dict[str, object]
    ) -> Record:
        """Return a record with the rows of the file beside it, which make its figures.

        Raises `UnusableRows` where they are not there, `InputError` where they are not its own.
        """
        whole = _validated(self.settings, path, with_rows(record, named, path.parent))
        if numbers_of_rows(raw) != numbers_of_rows(whole.model_dump(mode="json", context=APART)):
            raise _wrong(self.settings, path, f"row_file: {named.name} holds other rows")
        self._check_figures(path, whole)
        return whole

    def missing(self, period: Period) -> Fault | None:
        """Return the warning that a record which others know is not there; else None."""
        return self.editions.missing(period.name, self._shown_folder)

    def _seal_findings(self, path: Path, record: Record, raw: dict[str, object]) -> Iterator[Fault]:
        place = Place(shown(self.settings, path))
        if record.schema_version == 1:
            yield Fault(faults.RECORD_NOT_SEALED, SOURCE, place)
            return
        if record.seal is None:
            raise _wrong(self.settings, path, "seal: is missing")
        if self.secret is None or self.secret.check != record.secret_check:
            yield Fault(faults.SEAL_NOT_CHECKED, SOURCE, place)
            return
        edited = edited_parts(raw, record.seal, self.secret)
        if edited:
            raise _edited(self.settings, path, edited)

    def _edition_findings(
        self, path: Path, record: Record, sha256: str, *, rows: bool
    ) -> Iterator[Fault]:
        naming = self.editions.newest_named(record.period.name)
        if naming is not None and naming.edition > record.edition:
            other = f"{self._shown_folder}{naming.file}"
            raise _superseded(shown(self.settings, path), record.edition, other, naming.edition)
        yield from self.editions.findings(record, sha256, self._shown_folder, rows=rows)

    @property
    def _shown_folder(self) -> str:
        return f"{shown(self.settings, self.settings.published)}/"


def _parsed(settings: "Settings", path: Path, content: bytes) -> dict[str, object]:
    try:
        raw = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise _wrong(settings, path, f"no JSON: {error}") from None
    if not isinstance(raw, dict) or raw.get("kind") != KIND:
        raise _wrong(settings, path, f"kind: not {KIND!r}")
    if raw.get("schema_version") not in range(1, SCHEMA_VERSION + 1):
        known = f"1 to {SCHEMA_VERSION}"
        raise _wrong(settings, path, f"schema_version: this program knows {known}")
    return raw


def _validated(settings: "Settings", path: Path, raw: dict[str, object]) -> Record:
    try:
        return Record.model_validate(raw)
    except ValidationError as error:
        first = problems_of(error, raw, {})[0]
        raise _wrong(settings, path, Text(first.line("ja"), first.line("en"))) from None


def _wrong(settings: "Settings", path: Path, found: str | Text) -> InputError:
    name, told = shown(settings, path), Text(found, found) if isinstance(found, str) else found
    return InputError(
        Text(
            f"{name} は凍結した記録として読めません: {told.ja}", f"{name} is no record: {told.en}"
        ),
        _RESTORE,
    )


def _without_rows(
    settings: "Settings", path: Path, record: Record, error: UnusableRows
) -> InputError:
    name, what, period = shown(settings, path), error.what, record.period.name
    if not error.lost:
        return _wrong(settings, path, Text(f"row_file: {what.ja}", f"row_file: {what.en}"))
    return InputError(
        Text(f"{name} の行を読めません: {what.ja}", f"{name} cannot be read: {what.en}"),
        Text(
            "控え(バックアップや git)から記録の隣に戻してください。もう残っていないなら "
            f"kpicli freeze --period {period} --revise で新しい版にできます。"
            "summarize では --recompute を付ければ記録を使いません",
            "put it back beside the record from a copy (a backup, or git); if there is none any "
            f"more, kpicli freeze --period {period} --revise makes a new edition; or add "
            "--recompute to summarize, which then passes over the record",
        ),
    )


def _edited(settings: "Settings", path: Path, parts: Sequence[str]) -> InputError:
    name, named = shown(settings, path), ", ".join(parts[:_NAMED])
    ja, en = "", ""
    if len(parts) > _NAMED:
        ja, en = f" ほか {len(parts) - _NAMED} か所", f" and {len(parts) - _NAMED} more"
    return InputError(
        Text(
            f"{name} は凍結したあとに書き換えられています: {named}{ja}",
            f"{name} has been edited since it was frozen: {named}{en}",
        ),
        _RESTORE,
    )


def _superseded(name: str, edition: int, other: str, newer: int) -> InputError:
    return InputError(
        Text(
            f"{name} は第{edition}版ですが、{other} によれば第{newer}版まで凍結されています",
            f"{name} is edition {edition}, but {other} knows edition {newer}",
        ),
        _RESTORE,
    )
