"""The journal of mail: what was handed over to whom, so that nothing is sent twice.

A SQLite file of events that are only ever added. Each event carries a digest over itself and the
one before, so that damage is noticed wherever it lies. A small file beside it, `….last`, holds the
number of events and the digest of the last one: an older copy, and a journal cut at its end or lost
as a whole, would else be taken for all there is, and mail be sent again. The file is made whole or
not at all: an empty one is damage, not a new journal.
"""

import errno
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import astuple

from kpicli.base.errors import OutputError
from kpicli.base.folders import named_path, user_folder
from kpicli.base.storage import REASONS, private_folder, reason_of, unfinished, write_whole
from kpicli.base.wording import Text
from kpicli.model.periods import Period

State = Literal["begun", "handing over", "sent", "refused", "failed", "withheld"]
"""`begun`: nothing is handed over yet. `handing over`: the server may have it or not, which stays
in doubt unless `sent` or `failed` follows. `refused`: the server took it for others, not for this
one. `withheld`: not sent, as its exports do not reach."""

_FORMER = "at, mail, question, start, message_id, recipient, state, code"
_COLUMNS = f"{_FORMER}, period"
_SCHEMA = f"CREATE TABLE event (number INTEGER PRIMARY KEY, {_COLUMNS}, digest)"  # no user's words
_ELSEWHERE = {
    "SQLITE_CANTOPEN": Text("開けません", "it cannot be opened"),
    "SQLITE_READONLY": REASONS[errno.EROFS],
    "SQLITE_FULL": REASONS[errno.ENOSPC],
    "SQLITE_IOERR": REASONS[errno.EIO],
    "SQLITE_BUSY": REASONS[errno.EBUSY],
    "SQLITE_PERM": REASONS[errno.EACCES],
}
"""Errors of SQLite where the place of the file is at fault, not its content, in words."""


class Event(Struct, frozen=True):
    """One line of the journal. `start` is the period's first day; `code` the server's reply.

    `period` is the period's name, "" in what was written before journals had it.
    """

    at: str
    mail: str
    question: str
    start: str
    message_id: str
    recipient: str
    state: State
    code: int | None = None
    period: str = ""

    def is_of(self, period: Period) -> bool:
        """Return whether the event is of a period; without a name, its first day decides."""
        return self.start == period.start.isoformat() and self.period in ("", period.name)

    @property
    def day(self) -> date:
        """Return the first day of the period."""
        return date.fromisoformat(self.start)


class Journal:
    """An open journal, every event of it verified."""

    def __init__(self, file: Path) -> None:
        self.file = file
        with _errors_explained(file):
            if not file.exists():
                _require_nothing_lost(file, ())
                _create(file)
            self._base = _connect(file)
            try:
                self._events, digests = _verified(self._base)
                self._last = digests[-1] if digests else ""
                _require_nothing_lost(file, digests)
            except BaseException:
                self._base.close()
                raise

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    @property
    def events(self) -> tuple[Event, ...]:
        """Return every event, the oldest first."""
        return tuple(self._events)

    def record(self, events: Sequence[Event]) -> None:
        """Add events, all or none; when this returns, they are on the disk.

        Raises `OutputError` where they cannot be, which says whom the mail has reached.
        """
        try:
            self._add(events)
        except (sqlite3.Error, OSError) as error:
            raise _not_recorded(self.file, error, events) from None

    def _add(self, events: Sequence[Event]) -> None:
        last = self._last
        try:
            self._base.execute("BEGIN IMMEDIATE")
            if not _names_periods(self._base):
                self._base.execute("ALTER TABLE event ADD COLUMN period")
            for event in events:
                last = _digest(last, event)
                self._base.execute(
                    f"INSERT INTO event ({_COLUMNS}, digest) VALUES (?,?,?,?,?,?,?,?,?,?)",  # noqa: S608 - constants
                    (*astuple(event), last),
                )
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:  # SQLite itself has ended it where the disk is full
                self._base.execute("ROLLBACK")
            raise
        self._last = last
        self._events += events
        _remember_last(self.file, len(self._events), last)


def journal_file(named: Path | None, folder: Path) -> Path:
    """Return where the journal lies: where it is `named` (relative to `folder`), else by default.

    The default is in the place where the system keeps a user's state. Raises `OutputError` where
    there is none, as without a home.
    """
    if named is not None:
        return named_path(named, folder)
    state = user_folder("state")
    if state is None:
        raise OutputError(
            Text(
                "HOME がないので、送信記録の置き場所が決まりません",
                "without HOME there is no place for the journal of mail",
            ),
            Text("[mail] の journal に書いてください", "name one as journal under [mail]"),
        )
    return state / "mail-journal.sqlite3"


def _connect(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file.absolute().as_uri() + "?mode=rw", uri=True, isolation_level=None)
    try:
        base.execute("PRAGMA synchronous = EXTRA")
    except BaseException:
        base.close()
        raise
    return base


def _create(file: Path) -> None:
    """Make a new journal beside its place, then put it there."""
    private_folder(file.parent)
    with unfinished(file.parent) as new:  # the user's alone: 0600
        base = _connect(new.path)
        try:
            base.execute(_SCHEMA)
        finally:
            base.close()
        new.put(file)


def last_file(journal: Path) -> Path:
    """Return the file beside a journal that says how far it went."""
    return journal.with_name(f"{journal.name}.last")


def _remember_last(journal: Path, number: int, digest: str) -> None:
    """Keep how far the journal goes, once that is on the disk.

    Where this cannot be kept, what is there says less than is true, which accuses no journal.
    """
    with suppress(OSError):
        write_whole(last_file(journal), f"{number} {digest}\n".encode("ascii"), private=True)


def _require_nothing_lost(journal: Path, digests: Sequence[str]) -> None:
    """Raise `OutputError` where a journal with these events lacks any that it once had.

    A journal from before there was such a file beside it is believed.
    """
    file = last_file(journal)
    if not file.is_file():
        return
    number, _, digest = file.read_text(encoding="ascii", errors="replace").strip().partition(" ")
    count = int(number) if re.fullmatch("[0-9]{1,12}", number) else len(digests) + 1
    if count > len(digests) or (count and digests[count - 1] != digest):
        raise _events_lost(journal, len(digests), number)


def _verified(base: sqlite3.Connection) -> tuple[list[Event], list[str]]:
    problems = [row[0] for row in base.execute("PRAGMA quick_check")]
    if problems != ["ok"]:
        raise ValueError("the structure of the file is broken")
    events: list[Event] = []
    digests: list[str] = []
    last = ""
    period = "coalesce(period, '')" if _names_periods(base) else "''"
    rows = base.execute(f"SELECT number, {_FORMER}, {period}, digest FROM event ORDER BY number")  # noqa: S608 - constants
    for place, (number, *fields, digest) in enumerate(rows, 1):
        event = Event(*fields)
        last = _digest(last, event)
        if number != place or digest != last:
            raise ValueError(f"event {place} is not as it was written")
        events.append(event)
        digests.append(last)
    return events, digests


def _names_periods(base: sqlite3.Connection) -> bool:
    """Return whether the journal has names of periods; one that was begun long ago has none yet."""
    return any(name == "period" for _, name, *_ in base.execute("PRAGMA table_info(event)"))


def _digest(before: str, event: Event) -> str:
    fields = astuple(event)
    digested = fields if event.period else fields[:-1]  # as it was before events named periods
    return hashlib.sha256(json.dumps([before, *digested]).encode()).hexdigest()


@contextmanager
def _errors_explained(file: Path) -> Iterator[None]:
    """Turn whatever goes wrong on opening the journal into what is to be done about it."""
    try:
        yield
    except (sqlite3.Error, OSError, ValueError, TypeError) as error:
        if isinstance(error, OSError):
            raise no_access(file, reason_of(error)) from None
        code = getattr(error, "sqlite_errorname", "") or ""
        for name, reason in _ELSEWHERE.items():
            if code.startswith(name):
                raise no_access(file, reason) from None
        raise _damaged(file, error) from None


def no_access(file: Path, reason: Text) -> OutputError:
    """Return the error that says where the journal cannot be, and why."""
    return OutputError(
        Text(
            f"送信記録 {file} に書けません({reason.ja})",
            f"cannot write the journal {file}: {reason.en}",
        ),
        Text(
            "フォルダーと権限と空き容量を確かめるか、[mail] の journal に別の場所を書いてください",
            "check folder, permissions and free space, or name another place as journal in [mail]",
        ),
    )


def _not_recorded(file: Path, error: Exception, events: Sequence[Event]) -> OutputError:
    arrived = ", ".join(event.recipient for event in events if event.state == "sent")
    reached = Text("これより先は何も送っていません", "nothing has been sent from here on")
    if arrived:
        reached = Text(
            f"{arrived} には送信済みです(次の実行では「届いたか分からない」と出ます)",
            f"the mail has been sent to {arrived} (the next run will be in doubt about it)",
        )
    return OutputError(
        Text(
            f"送信記録 {file} に書けません({error})。{reached.ja}",
            f"cannot write the journal {file}: {error}; {reached.en}",
        ),
        Text(
            "空き容量と権限を確かめて、もう一度実行してください。送信記録の名前や場所は変えないでください"
            "(変えると、送ったものをもう一度送ります)",
            "check free space and permissions, then run it again; do not rename or move the "
            "journal, or what was sent is sent again",
        ),
    )


def _damaged(file: Path, error: Exception) -> OutputError:
    return OutputError(
        Text(
            f"送信記録 {file} が壊れています({error})。何も送りません",
            f"the journal {file} is damaged ({error}); nothing is sent",
        ),
        _to_do(file),
    )


def _events_lost(file: Path, number: int, expected: str) -> OutputError:
    return OutputError(
        Text(
            f"送信記録 {file} の終わりが欠けています(記録 {number} 件、あるはずの件数 {expected})。"
            "何も送りません",
            f"the journal {file} has lost its end ({number} events of {expected}); nothing is sent",
        ),
        _to_do(file),
    )


def _to_do(file: Path) -> Text:
    name = last_file(file).name
    return Text(
        f"最新の控えがあれば戻してください。なければ別の名前に変え、{name} を消してください。新しい"
        "送信記録から始まり、それまでに送ったものは送っていないものとして扱われます",
        f"put the latest copy back; or else rename it and delete {name}: a new journal begins, in "
        "which everything sent so far counts as not sent",
    )
