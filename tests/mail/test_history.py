"""What the journal says of mails: which is the same, who has it, which months are due."""

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kpicli.base.errors import UsageError
from kpicli.mail.history import (
    mail_key,
    message_id,
    months_due,
    new_event,
    of_the_same,
    other_figures_sent,
    request_key,
    states,
    warning_key,
)
from kpicli.mail.journal import Event, State
from kpicli.model.periods import Period

ASKED = Period.month_of(date(2026, 2, 1))
OURS = ("fd@example.co.jp", "b@x")
"""To whom the mail goes."""


def event(start: str, state: State) -> Event:
    """Return an event of the month that starts then."""
    return Event("", f"m{start}", "q", start, "", "fd@example.co.jp", state)


def other(start: str, state: State, who: str = "b@x") -> Event:
    """Return an event of that month and another recipient."""
    return replace(event(start, state), recipient=who)


@pytest.mark.parametrize(
    ("events", "due"),
    [
        ([], ["2026-02"]),
        ([event("2026-01-01", "sent")], ["2026-02"]),
        ([event("2025-11-01", "sent")], ["2025-12", "2026-01", "2026-02"]),
        (
            [
                event("2025-11-01", "sent"),
                event("2025-12-01", "failed"),
                event("2026-01-01", "sent"),
            ],
            ["2025-12", "2026-02"],
        ),
        ([event("2025-12-01", "begun")], ["2025-12", "2026-01", "2026-02"]),
        ([event("2025-12-01", "handing over")], ["2025-12", "2026-01", "2026-02"]),
        ([event("2026-01-01", "withheld")], ["2026-01", "2026-02"]),
        (
            [event("2026-01-01", "sent"), other("2026-01-01", "refused")],
            ["2026-02"],
        ),
        # a trial, to somebody else and to one of ours
        ([other("2025-11-01", "sent", "me@x"), event("2026-01-01", "sent")], ["2026-02"]),
        (
            [event("2025-11-01", "sent"), other("2026-01-01", "sent", "me@x")],
            ["2025-12", "2026-01", "2026-02"],
        ),
        (
            [event("2025-12-01", "sent"), other("2025-12-01", "sent"), other("2026-01-01", "sent")],
            ["2026-01", "2026-02"],
        ),
        # somebody who is no recipient any more
        (
            [
                event("2025-12-01", "sent"),
                other("2025-12-01", "failed", "gone@x"),
                event("2026-01-01", "sent"),
            ],
            ["2026-02"],
        ),
        # withheld at first, then sent: to ours, or on trial
        (
            [
                other("2025-12-01", "withheld", ""),
                event("2025-12-01", "sent"),
                event("2026-01-01", "sent"),
            ],
            ["2026-02"],
        ),
        (
            [
                other("2025-12-01", "withheld", ""),
                other("2025-12-01", "sent", "me@x"),
                event("2026-01-01", "sent"),
            ],
            ["2025-12", "2026-02"],
        ),
        ([event("2026-01-01", "refused")], ["2026-01", "2026-02"]),
        ([event("2020-01-01", "sent")], ["2025-11", "2025-12", "2026-01", "2026-02"]),
        ([event("2026-03-01", "sent")], ["2026-02"]),
        (
            [
                event("2025-11-01", "sent"),
                replace(event("2025-12-01", "failed"), period="2025-12"),
                replace(event("2025-12-01", "sent"), period="2025-12..2026-01"),
                replace(event("2026-01-01", "sent"), period="2026-01"),
            ],
            ["2025-12", "2026-02"],
        ),
    ],
)
def test_months_due(events: list[Event], due: list[str]) -> None:
    """Due are the months after the last one sent and those that did not arrive, four at most."""
    assert [month.name for month in months_due(ASKED, events, 4, OURS)] == due


def test_only_months() -> None:
    """A half cannot be caught up with."""
    half = Period.parse("2025H1", today=date(2025, 11, 1))
    with pytest.raises(UsageError):
        months_due(half, [], 12, OURS)


SEPTEMBER = Period.month_of(date(2025, 9, 1))


def test_keys_stay_what_journals_hold() -> None:
    """The keys of a request, of its mail and of its warning are those that were recorded before."""
    request = request_key(
        Path("/srv/kpi/kpicli.toml"), ("voices", "missed_responses"), ("year_ago", "previous")
    )
    assert request == "f69fb85d0025156dc1d7d2184af3797c"
    assert mail_key(request, SEPTEMBER, "c0ffee") == "1bc7671a6a0174afc13ed6797db5f8b8"
    assert warning_key(request) == "a418caae0f81efdb3803836a801db07a"
    assert mail_key(warning_key(request), SEPTEMBER, "text") == "c6996ee3be688230f4c8037ecc3d7315"


def test_a_link_is_the_file_that_it_leads_to(tmp_path: Path) -> None:
    """A link to the settings, or to their folder, makes the same request as they do."""
    file = tmp_path / "kpicli.toml"
    file.touch()
    (tmp_path / "link.toml").symlink_to(file)
    (tmp_path / "folder").symlink_to(tmp_path)
    request = request_key(file, ("a",), ())
    assert request_key(tmp_path / "link.toml", ("a",), ()) == request
    assert request_key(tmp_path / "folder" / "kpicli.toml", ("a",), ()) == request
    assert request_key(tmp_path / "other.toml", ("a",), ()) != request


def sent_as(mail: str, state: State, turn: int = 1) -> Event:
    """Return an event of a mail of September that has an id."""
    event = new_event("q", mail, SEPTEMBER)
    return replace(
        event, recipient="fd@example.co.jp", state=state, message_id=f"<{mail}.{turn}@x>"
    )


@pytest.mark.parametrize(
    ("tries", "last"),
    [
        (["begun"], "begun"),
        (["begun", "handing over"], "handing over"),
        (["begun", "handing over", "failed"], "failed"),
        (["begun", "handing over", "begun", "failed"], "handing over"),
        (["begun", "handing over", "begun", "handing over", "failed"], "handing over"),
        (["begun", "handing over", "begun", "handing over", "sent"], "sent"),
        (["begun", "handing over", "sent", "begun", "failed"], "failed"),
    ],
)
def test_a_doubt_ends_only_with_an_arrival(tries: list[State], last: State) -> None:
    """A reply ends the doubt of its own hand-over, an arrival ends every doubt."""
    events = [sent_as("m1", state) for state in tries]
    assert states(events, "m1") == {"fd@example.co.jp": last}
    assert states(events, "m2") == {}


def test_later_figures_undo_what_was_sent() -> None:
    """Who was sent other figures later stands as though the mail had never been tried."""
    events = [sent_as("m1", "sent"), sent_as("m2", "sent")]
    assert states(events, "m1", {"m2"}) == {}
    assert states(events, "m2", {"m1"}) == {"fd@example.co.jp": "sent"}
    assert states(reversed(events), "m1", {"m2"}) == {"fd@example.co.jp": "sent"}


def test_an_id_is_kept_for_a_second_try_alone() -> None:
    """A mail that is tried again keeps its id; asked for again, or come back, it gets another."""
    first = [sent_as("m1", "failed")]
    assert message_id([], "m1", "x") == "<m1.1@x>"
    assert message_id(first, "m1", "x") == "<m1.1@x>"
    assert message_id(first, "m1", "x", again=True) == "<m1.2@x>"
    assert message_id([*first, sent_as("m2", "sent")], "m1", "x") == "<m1.2@x>"
    assert message_id(first, "m2", "x") == "<m2.1@x>"


def test_what_is_of_the_same() -> None:
    """Events of the same request and period, of whatever figures, once they have a message."""
    figures = [sent_as("m1", "sent"), sent_as("m2", "sent")]
    half = Period.parse("2025H1", today=date(2025, 11, 1))
    others = [
        replace(sent_as("m3", "sent"), question="other"),
        replace(sent_as("m4", "sent"), period=half.name),
        replace(sent_as("m5", "withheld"), message_id=""),
    ]
    assert of_the_same([*figures, *others], new_event("q", "m1", SEPTEMBER)) == figures
    assert other_figures_sent(figures, "q", SEPTEMBER, "m1")
    assert not other_figures_sent(figures[:1], "q", SEPTEMBER, "m1")
    assert not other_figures_sent([*others, sent_as("m2", "failed")], "q", SEPTEMBER, "m1")
