"""What a delivery comes to, and how it is recorded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpicli.mail.delivery import Delivery, EventLog, Result
from kpicli.mail.history import new_event
from kpicli.mail.journal import Journal, State
from kpicli.model.periods import Period

JULY = Period.parse("2025-07", today=datetime(2025, 11, 1, tzinfo=UTC).date())


def delivery(*states: State, already: int = 0, skipped: int = 0) -> Delivery:
    """Return a delivery to recipients who end in these states."""
    results = {f"{number}@x": Result(state) for number, state in enumerate(states)}
    return Delivery(results, ("old@x",) * already, ("perhaps@x",) * skipped)


@pytest.mark.parametrize(
    ("made", "failed", "nobody"),
    [
        (delivery("sent", "sent"), False, False),
        (delivery("sent", "refused"), True, False),
        (delivery("failed", "refused"), True, True),
        (delivery("failed", already=1), True, False),
        (delivery("failed", skipped=1), True, False),
        (delivery("handing over"), True, False),
        (delivery(already=2), False, False),
        (delivery(skipped=1), True, False),
    ],
)
def test_what_a_delivery_comes_to(made: Delivery, failed: bool, nobody: bool) -> None:
    """It fails with anybody who may not have it; nobody was accepted where all were turned away."""
    assert (made.failed, made.accepted_for_nobody) == (failed, nobody)


def test_steps_are_recorded_at_their_moment(tmp_path: Path) -> None:
    """Each step is an event of the mail with its moment, its recipient and the server's reply."""
    moments = iter(datetime(2025, 10, 1, 7, minute, tzinfo=UTC) for minute in (0, 1))
    with Journal(tmp_path / "j") as journal:
        log = EventLog(journal, new_event("q", "m", JULY), lambda: next(moments))
        log.write(["a@x", "b@x"], "begun")
        log.write_all([("a@x", "sent", 250), ("b@x", "refused", 550)])
        kept = [(e.at, e.recipient, e.state, e.code, e.period) for e in journal.events]
    assert kept == [
        ("2025-10-01T07:00:00+00:00", "a@x", "begun", None, "2025-07"),
        ("2025-10-01T07:00:00+00:00", "b@x", "begun", None, "2025-07"),
        ("2025-10-01T07:01:00+00:00", "a@x", "sent", 250, "2025-07"),
        ("2025-10-01T07:01:00+00:00", "b@x", "refused", 550, "2025-07"),
    ]
