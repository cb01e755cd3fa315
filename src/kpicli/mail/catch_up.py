"""Which months are due: the one asked for, and those that were slept through before it."""

from collections.abc import Iterable

from kpicli.errors import UsageError
from kpicli.mail.journal import Event, State
from kpicli.periods import Period
from kpicli.wording import Text

OPEN: tuple[State, ...] = ("begun", "handing over", "failed", "withheld")
"""States in which a recipient still waits."""


def months_due(asked: Period, events: Iterable[Event], most: int) -> tuple[Period, ...]:
    """Return the months to send, the oldest first and `asked` last, `most` at most.

    `events` are those of the same question. Due are the months after the last one that was sent,
    and older ones that were begun and have not arrived: with nobody, or not yet with everybody. Who
    was refused while others got it does not make a month due. Without any that was sent, only
    `asked` and what was begun. Raises `UsageError` where `asked` is no month.
    """
    if asked.kind != "month":
        raise UsageError(
            Text("--catch-up は月にだけ使えます", "--catch-up is for months"),
            Text("--period last-month と書いてください", "write --period last-month"),
        )
    found = [
        event
        for event in events
        if event.day < asked.start and event.is_of(Period.month_of(event.day))
    ]
    sent = {event.day for event in found if event.state == "sent"}
    last = {(event.day, event.recipient): event.state for event in found}
    waiting = {day for (day, _), state in last.items() if state in OPEN or day not in sent}
    months = [asked]
    while len(months) < most:
        months.append(months[-1].previous())
    due = [
        month
        for month in months[1:]
        if month.start in waiting or (sent and month.start > max(sent))
    ]
    return (*reversed(due), asked)
