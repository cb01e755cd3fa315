"""Which months are due."""

from datetime import date

import pytest
from msgspec.structs import replace

from kpicli.base.errors import UsageError
from kpicli.mail.catch_up import months_due
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
