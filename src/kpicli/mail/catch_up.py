"""Which months are due: the one asked for, and those that were slept through before it."""

from collections.abc import Collection, Iterable
from datetime import date

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.mail.journal import Event, State
from kpicli.model.periods import Period

OPEN: tuple[State, ...] = ("begun", "handing over", "failed", "withheld")
"""States in which a recipient still waits."""


def months_due(
    asked: Period, events: Iterable[Event], most: int, recipients: Collection[str]
) -> tuple[Period, ...]:
    """Return the months to send, the oldest first and `asked` last, `most` at most.

    `events` are those of the same question; of them count those of `recipients`, and what was
    withheld from all. Due are the months after the last one that a recipient was sent, and older
    ones that were begun and have not arrived: with nobody, or not yet with everybody. Who was
    refused while others got it does not make a month due. Where nobody was sent any, due are those
    since the first that was begun. Raises `UsageError` where `asked` is no month.
    """
    if asked.kind != "month":
        raise UsageError(
            Text("--catch-up は月にだけ使えます", "--catch-up is for months"),
            Text("--period last-month と書いてください", "write --period last-month"),
        )
    found = [
        event
        for event in events
        if event.day < asked.start
        and event.recipient in ("", *recipients)
        and event.is_of(Period.month_of(event.day))
    ]
    last = _last_states(found)
    sent = {event.day for event in found if event.state == "sent"}
    waiting = {day for (day, _), state in last.items() if state in OPEN or day not in sent}
    since = min(_last_days(found, sent) or (day for day, _ in last), default=asked.start)
    months = [asked]
    while len(months) < most:
        months.append(months[-1].previous())
    due = [month for month in months[1:] if month.start in waiting or month.start > since]
    return (*reversed(due), asked)


def _last_states(events: Iterable[Event]) -> dict[tuple[date, str], State]:
    """Return how month and recipient stand; what was withheld from all ends with an arrival."""
    last: dict[tuple[date, str], State] = {}
    for event in events:
        last[event.day, event.recipient] = event.state
        if event.state == "sent":
            last.pop((event.day, ""), None)
    return last


def _last_days(events: Iterable[Event], sent: Collection[date]) -> list[date]:
    """Return of each who was sent any the last month that is settled: sent, or refused to one."""
    days: dict[str, date] = {}
    for event in events:
        name, known = event.recipient, days.get(event.recipient, date.min)
        if event.state == "sent" or (event.state == "refused" and event.day in sent):
            days[name] = max(known, event.day)
    return list(days.values())
