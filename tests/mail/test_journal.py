"""The journal: never corrupt in silence, never half a step."""

import hashlib
import json
import random
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import astuple, replace

from kpicli.base.errors import OutputError
from kpicli.mail.journal import Event, Journal, State, journal_file
from kpicli.model.periods import Period
from support.command_line import environment


def event(state: State, who: str = "fd@example.co.jp", mail: str = "m1") -> Event:
    """Return an event of September."""
    return Event("2025-10-01T07:00:00+09:00", mail, "q", "2025-09-01", "<m@x>", who, state)


def written(file: Path, *states: State) -> tuple[Event, ...]:
    """Return the events of a new journal that holds these states."""
    with Journal(file) as journal:
        for state in states:
            journal.record([event(state)])
        return journal.events


def test_what_is_recorded_is_there(tmp_path: Path) -> None:
    """Events come back in order, in another process too; how far they go lies beside them."""
    kept = written(tmp_path / "j", "begun", "handing over", "sent")
    with Journal(tmp_path / "j") as journal:
        assert journal.events == kept
    assert sorted(file.name for file in tmp_path.iterdir()) == ["j", "j.last"]
    assert (tmp_path / "j.last").stat().st_mode & 0o777 == 0o600


def former(file: Path) -> tuple[Event, ...]:
    """Write a journal as it was before events had the name of their period; return its events."""
    columns = "at, mail, question, start, message_id, recipient, state, code"
    events = (event("begun"), event("handing over"), event("sent"))
    with closing(sqlite3.connect(file)) as base:
        base.execute(f"CREATE TABLE event (number INTEGER PRIMARY KEY, {columns}, digest)")
        last = ""
        for each in events:
            fields = astuple(each)[:8]
            last = hashlib.sha256(json.dumps([last, *fields]).encode()).hexdigest()
            marks = ",".join("?" * 9)
            base.execute(
                f"INSERT INTO event ({columns}, digest) VALUES ({marks})",
                (*fields, last),
            )
        base.commit()
    return events


def test_a_journal_without_names_of_periods(tmp_path: Path) -> None:
    """An older journal is read, added to and read again; its events go by their first day."""
    kept = former(tmp_path / "j")
    added = replace(event("sent", mail="m2"), period="2025-09")
    with Journal(tmp_path / "j") as journal:
        assert journal.events == kept
        journal.record([added])
    with Journal(tmp_path / "j") as journal:
        assert journal.events == (*kept, added)
    month = Period.month_of(date(2025, 9, 1))
    assert kept[0].is_of(month)
    assert added.is_of(month)
    assert not replace(added, period="2025H1").is_of(month)


@pytest.mark.slow
def test_any_damage_is_noticed(tmp_path: Path) -> None:
    """A byte changed anywhere either changes no event or is told; never is an event another."""
    file = tmp_path / "j"
    kept = written(file, "begun", "handing over", "sent")
    whole = file.read_bytes()
    picks = random.Random(6)
    told = 0
    for _ in range(400):
        place = picks.randrange(len(whole))
        damaged = bytearray(whole)
        damaged[place] ^= 1 << picks.randrange(8)
        file.write_bytes(damaged)
        try:
            with Journal(file) as journal:
                assert journal.events == kept
        except OutputError:
            told += 1
    assert told > 10


@pytest.mark.parametrize("length", [0, 1, 99, 100, 4095, 4096, 5000])
def test_a_truncated_journal_is_told(length: int, tmp_path: Path) -> None:
    """A file cut anywhere, to nothing as well, is damage and never a new journal."""
    file = tmp_path / "j"
    written(file, "begun", "handing over", "sent")
    file.write_bytes(file.read_bytes()[:length])
    with pytest.raises(OutputError) as error:
        Journal(file)
    assert "壊れています" in error.value.message.ja
    assert error.value.hint is not None
    assert file.stat().st_size == length


@pytest.mark.parametrize(
    "tampering",
    [
        "DELETE FROM event WHERE number = 2",
        "UPDATE event SET state = 'sent' WHERE number = 2",
        "UPDATE event SET recipient = 'b@example.jp' WHERE number = 1",
        "UPDATE event SET period = '2025H1' WHERE number = 1",
        "INSERT INTO event (number, state) VALUES (4, 'sent')",
    ],
)
def test_an_event_changed_by_hand_is_told(tampering: str, tmp_path: Path) -> None:
    """Each event vouches for those before it."""
    file = tmp_path / "j"
    written(file, "begun", "handing over", "failed")
    with closing(sqlite3.connect(file)) as base:
        base.execute(tampering)
        base.commit()
    with pytest.raises(OutputError):
        Journal(file)


def _cut_events(file: Path, _: bytes) -> None:
    with closing(sqlite3.connect(file)) as base:
        base.execute("DELETE FROM event WHERE number >= 3")
        base.commit()


@pytest.mark.parametrize(
    ("damage", "left"),
    [
        (_cut_events, 2),
        (lambda file, older: file.write_bytes(older), 1),
        (lambda file, _: file.unlink(), 0),
        (lambda file, _: file.with_name("j.last").write_text("soon\n", encoding="ascii"), 3),
        (lambda file, _: file.with_name("j.last").write_bytes(b"\xff 1"), 3),
    ],
    ids=["events cut", "an older copy", "no journal", "no number beside it", "no text beside it"],
)
def test_a_journal_that_lost_its_end(
    damage: Callable[[Path, bytes], object], left: int, tmp_path: Path
) -> None:
    """Who has lost the end of what was sent sends it again: that is noticed, and nothing is sent.

    What the message advises begins a new journal.
    """
    file = tmp_path / "j"
    written(file, "begun")
    older = file.read_bytes()
    written(file, "handing over", "sent")
    damage(file, older)
    with pytest.raises(OutputError) as error:
        Journal(file)
    assert f"has lost its end ({left} events of " in error.value.message.en
    assert error.value.hint is not None
    assert "rename it and delete j.last" in error.value.hint.en
    if file.exists():
        file.rename(tmp_path / "j.old")
    (tmp_path / "j.last").unlink()
    assert written(file, "begun") == (event("begun"),)


def test_another_journal_of_the_same_length(tmp_path: Path) -> None:
    """A journal with as many events, but others, is not the one that was here."""
    written(tmp_path / "j", "begun", "sent")
    written(tmp_path / "other", "begun", "failed")
    (tmp_path / "other").replace(tmp_path / "j")
    with pytest.raises(OutputError, match="has lost its end"):
        Journal(tmp_path / "j")


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_a_journal_ahead_of_what_is_known_of_it(kept: int, tmp_path: Path) -> None:
    """A process killed after it has recorded, and before it has said so, has lost nothing."""
    file = tmp_path / "j"
    last = file.with_name("j.last")
    known = ["0 \n"]
    for state in ("begun", "handing over"):
        written(file, state)
        known.append(last.read_text(encoding="ascii"))
    events = written(file, "sent")
    last.write_text(known[kept], encoding="ascii")
    with Journal(file) as journal:
        assert journal.events == events
        journal.record([event("begun", mail="m2")])
    assert last.read_text(encoding="ascii").startswith("4 ")


@pytest.mark.slow
def test_killed_while_it_records(tmp_path: Path) -> None:
    """A process killed at any moment loses no event that it had recorded, and harms no journal."""
    file = tmp_path / "j"
    program = f"""
import sys
from pathlib import Path
from kpicli.mail.journal import Event, Journal
with Journal(Path({str(file)!r})) as journal:
    number = len(journal.events)
    while True:
        journal.record([Event("t", str(number), "q", "2025-09-01", "<m@x>", "a@b", "sent")])
        number += 1
        print(number, flush=True)
"""
    picks = random.Random(11)
    recorded = 0
    for _ in range(8):
        with subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, env=environment()
        ) as process:
            assert process.stdout is not None
            for _ in range(picks.randrange(1, 12)):
                recorded = int(process.stdout.readline())
            time.sleep(picks.random() / 100)
            process.kill()
        with Journal(file) as journal:
            assert [each.mail for each in journal.events] == [
                str(number) for number in range(len(journal.events))
            ]
            assert len(journal.events) >= recorded


def test_a_place_that_cannot_be(tmp_path: Path) -> None:
    """Where no file can be, this is told as such and not as damage."""
    (tmp_path / "file").touch()
    with pytest.raises(OutputError) as error:
        Journal(tmp_path / "file" / "j")
    assert "書けません" in error.value.message.ja


@pytest.fixture
def full_disk() -> Iterator[Callable[[int], None]]:
    """Return what lets no file of this process grow beyond a size, until the test ends."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    yield lambda size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_is_no_damage(tmp_path: Path, full_disk: Callable[[int], None]) -> None:
    """A disk that is full is told as such, with whom the mail has reached; the journal is whole."""
    file = tmp_path / "j"
    written(file, "begun", "handing over")
    with Journal(file) as journal:
        full_disk(file.stat().st_size)
        with pytest.raises(OutputError) as error:
            journal.record([event("sent"), *[event("failed", "b@example.jp")] * 1000])
        with pytest.raises(OutputError) as before:
            journal.record([event("begun")] * 1000)
        kept = journal.events
    told, hint = error.value.message.ja, error.value.hint
    assert hint is not None
    assert "書けません" in told
    assert "fd@example.co.jp には送信済みです" in told
    assert "b@example.jp" not in told
    assert "何も送っていません" in before.value.message.ja
    assert "変えないでください" in hint.ja
    full_disk(1_000_000)
    with Journal(file) as journal:
        assert journal.events == kept
        journal.record([event("sent")])


def test_where_it_lies(tmp_path: Path, state_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default in the user's state, else where the settings say; without a home they must."""
    assert journal_file(None, tmp_path) == state_folder / "mail-journal.sqlite3"
    assert journal_file(Path("j"), tmp_path) == tmp_path / "j"
    assert journal_file(Path("/srv/j"), tmp_path) == Path("/srv/j")
    monkeypatch.setenv("XDG_STATE_HOME", "")
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    with pytest.raises(OutputError):
        journal_file(None, tmp_path)
