"""The journal read: who has a mail, under which id it was sent, which months are due."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.mail.journal import Event, State
from kpicli.model.periods import Period
from kpicli.output.data.digests import short_digest

WAITING: tuple[State, ...] = ("begun", "handing over", "failed", "withheld")
"""States in which a recipient still waits."""


def request_key(settings: Path | None, kpis: Iterable[str], compare: Iterable[str]) -> str:
    """Return what is the same for the same request, month by month.

    It is the same settings file, by whatever links and folders it was reached, the same KPIs in
    whatever order, and the same comparisons.
    """
    file = "" if settings is None else str(settings.resolve())
    return _key(file, kpis, compare)


def warning_key(request: str) -> str:
    """Return what is the same for the warnings that months of a request are withheld."""
    return _key(request, ["coverage warning"], [])


def _key(first: str, kpis: Iterable[str], compare: Iterable[str]) -> str:
    return short_digest(["question", first, sorted(kpis), sorted(compare)])


def mail_key(request: str, period: Period, content: str) -> str:
    """Return what is the same for the same mail: its request, period and content."""
    return short_digest(["mail", request, period.name, content])


def new_event(request: str, mail: str, period: Period) -> Event:
    """Return what all events of a mail share; when, to whom and how it stands is still open."""
    start = period.start.isoformat()
    return Event("", mail, request, start, "", "", "begun", period=period.name)


def states(events: Iterable[Event], mail: str, others: Collection[str] = ()) -> dict[str, State]:
    """Return how each recipient of a mail stands: by its last event.

    A doubt stays one, whatever is tried later, until a later try is known to have arrived.
    `others` are mails with other figures of the same: who was sent one of them later reads
    those figures, and stands as though the mail had never been tried.
    """
    last: dict[str, State] = {}
    doubtful: set[str] = set()
    for event in events:
        if event.mail in others and event.state == "sent":
            last.pop(event.recipient, None)
            doubtful.discard(event.recipient)
        if event.mail == mail:
            if event.state == "begun" and last.get(event.recipient) == "handing over":
                doubtful.add(event.recipient)
            if event.state == "sent":
                doubtful.discard(event.recipient)
            last[event.recipient] = event.state
    return {name: "handing over" if name in doubtful else s for name, s in last.items()}


def of_the_same(events: Iterable[Event], event: Event) -> list[Event]:
    """Return the events of the same request and period as `event` that have a message.

    An older journal does not name periods; there only the mail itself is known to be of the same.
    """
    same = event.question, event.start, event.period
    return [
        each
        for each in events
        if each.message_id
        and (each.mail == event.mail or (each.question, each.start, each.period) == same)
    ]


def message_id(same: Sequence[Event], mail: str, domain: str, *, again: bool = False) -> str:
    """Return the id for a mail; it has nothing of the machine in it.

    A mail that is tried once more keeps its id, by which a second copy is known as one. One that is
    asked for again gets another, and so does one that goes back to figures that others have
    followed: a mailbox would drop it as a copy. `same` are the events of its request and period.
    """
    known = {event.message_id for event in same if event.mail == mail}
    if known and same[-1].mail == mail and not again:
        return same[-1].message_id
    return f"<{mail}.{len(known) + 1}@{domain}>"


def other_figures_sent(events: Iterable[Event], request: str, period: Period, mail: str) -> bool:
    """Tell whether other figures of the same request and period have been sent to anybody."""
    return any(
        event.state == "sent"
        and event.question == request
        and event.is_of(period)
        and event.mail != mail
        for event in events
    )


def months_due(
    asked: Period, events: Iterable[Event], most: int, recipients: Collection[str]
) -> tuple[Period, ...]:
    """Return the months to send, the oldest first and `asked` last, `most` at most.

    `events` are those of the same request; of them count those of `recipients`, and what was
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
    earlier = [
        event
        for event in events
        if event.day < asked.start
        and event.recipient in ("", *recipients)
        and event.is_of(Period.month_of(event.day))
    ]
    last = _last_states(earlier)
    sent = {event.day for event in earlier if event.state == "sent"}
    waiting = {day for (day, _), state in last.items() if state in WAITING or day not in sent}
    since = min(_last_days(earlier, sent) or (day for day, _ in last), default=asked.start)
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
    """Return of each who was sent any the last month with an outcome: sent, or refused to one."""
    days: dict[str, date] = {}
    for event in events:
        name, known = event.recipient, days.get(event.recipient, date.min)
        if event.state == "sent" or (event.state == "refused" and event.day in sent):
            days[name] = max(known, event.day)
    return list(days.values())
