"""Mails held back until a person approves them: the message itself, and its digest.

What is approved is what was looked at, byte for byte: nothing is counted again. A held mail is a
message file, with what the journal must know of it in a file of the same name beside it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import asdict

from kpicli.base.errors import InputError, OutputError, UnknownName
from kpicli.base.storage import cannot_write, reason_of, write_whole
from kpicli.base.wording import Text, suggestion
from kpicli.mail.delivery import Letter, Sealed
from kpicli.mail.history import of_the_same
from kpicli.mail.journal import Event
from kpicli.mail.writing.draft import file_stem
from kpicli.output.data.digests import short_digest

SHOWN_DIGITS = 12
"""So many digits of a digest name a held mail."""
_MESSAGE, _RECORD = ".eml", ".json"


class HeldMail(Struct, frozen=True):
    """A mail that waits: its message for SMTP, and what the journal keeps of a mail.

    `recipients` are those of the envelope, Bcc too, which the message does not name.
    """

    digest: str
    request: str
    key: str
    message_id: str
    period: str
    start: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    words: str
    """The digest of its words and attachments: a message differs by its date too."""
    events: int
    """How many events the journal had when it was held."""

    @property
    def name(self) -> str:
        """Return what a person names it by."""
        return self.digest[:SHOWN_DIGITS]


def held_folder(journal: Path) -> Path:
    """Return the folder of held mails, beside the journal."""
    return journal.with_name(f"{journal.stem}-held")


def hold(letter: Letter, sealed: Sealed, journal: Path, events: int) -> tuple[HeldMail, Path]:
    """Write a sealed letter to the folder of held mails; return it with the file of its message.

    `events` is how many the journal has.

    A letter of the same request and period that was held before is replaced: approved is the last
    one only. One with the same words for the same recipients stays, and with it the digest that
    somebody may have noted. Raises `OutputError` where it cannot be written.
    """
    content, names = sealed.content, sealed.recipients
    held = HeldMail(
        digest=_digest(content, names),
        request=letter.request,
        key=letter.key,
        message_id=sealed.event.message_id,
        period=letter.period.name,
        start=letter.period.start.isoformat(),
        sender=sealed.sender,
        recipients=names,
        subject=letter.draft.subject,
        words=_words(letter),
        events=events,
    )
    folder = held_folder(journal)
    file = folder / f"{file_stem(letter.period)}-{held.name}{_MESSAGE}"
    try:
        for other, path in list(held_mails(folder)):
            if (other.request, other.period) != (held.request, held.period):
                continue
            if (other.words, other.recipients) == (held.words, held.recipients):
                return other, path
            drop(path)
        write_whole(file, content, private=True)
        record = json.dumps(asdict(held), ensure_ascii=False, indent=1)
        write_whole(file.with_suffix(_RECORD), record.encode(), private=True)
    except OSError as error:
        raise cannot_write(str(file), error) from None
    return held, file


def held_mails(folder: Path) -> Iterator[tuple[HeldMail, Path]]:
    """Yield the held mails of a folder with the files of their messages, by name.

    Raises `InputError` for one that is not what was held.
    """
    for record in sorted(folder.glob(f"*{_RECORD}")):
        yield read_held(record.with_suffix(_MESSAGE))[0], record.with_suffix(_MESSAGE)


def read_held(file: Path) -> tuple[HeldMail, bytes]:
    """Return a held mail and its message; raises `InputError` where either was changed."""
    try:
        content = file.read_bytes()
        fields = json.loads(file.with_suffix(_RECORD).read_bytes())
        held = HeldMail(**{**fields, "recipients": tuple(fields["recipients"])})
        date.fromisoformat(held.start)
    except OSError as error:
        reason = reason_of(error)
        raise _changed(file, reason) from None
    except (ValueError, KeyError, TypeError):
        raise _changed(file, Text("記録が読めません", "its record is unreadable")) from None
    if _digest(content, held.recipients) != held.digest:
        raise _changed(file, Text("保留した後で変わっています", "it has changed since it was held"))
    return held, content


def named_mail(folder: Path, name: str) -> tuple[HeldMail, Path]:
    """Return the one held mail whose digest begins so; raises `UnknownName`."""
    every = list(held_mails(folder))
    fitting = [each for each in every if name and each[0].digest.startswith(name)]
    if len(fitting) == 1:
        return fitting[0]
    names = tuple(held.name for held, _ in every)
    hint = suggestion(name, names) if names else Text("保留中のメールはありません", "none is held")
    raise UnknownName(
        Text(f"保留中のメール「{name}」はありません", f"no mail {name!r} is held"), hint
    )


def drop(file: Path) -> None:
    """Remove a held mail; raises `OutputError` where it cannot be."""
    try:
        file.with_suffix(_RECORD).unlink(missing_ok=True)
        file.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            Text(
                f"{file} を消せません({reason_of(error).ja})",
                f"{file} cannot be removed ({reason_of(error).en})",
            )
        ) from None


def sealed_mail(held: HeldMail, content: bytes, events: Sequence[Event], file: Path) -> Sealed:
    """Return a held mail to be sent; raises `InputError` where later figures have been sent."""
    event = Event(
        "", held.key, held.request, held.start, "", held.message_id, "begun", period=held.period
    )
    since = of_the_same(events[held.events :], event)
    if any(each.state == "sent" and each.mail != held.key for each in since):
        later = Text("後から別の数値が送られています", "other figures have been sent since")
        raise _changed(file, later)
    return Sealed(event, held.sender, held.recipients, content)


def _digest(content: bytes, recipients: tuple[str, ...]) -> str:
    """Return the digest of a message and of those who are to get it."""
    whole = b"\0".join((*(name.encode() for name in recipients), content))
    return hashlib.sha256(whole).hexdigest()


def _words(letter: Letter) -> str:
    draft = letter.draft
    contents = [hashlib.sha256(content).hexdigest() for _, _, content in draft.attachments]
    return short_digest([letter.key, draft.subject, draft.text, draft.html or "", contents])


def _changed(file: Path, reason: Text) -> InputError:
    return InputError(
        Text(
            f"保留中のメール {file.name} を送れません({reason.ja})",
            f"the held mail {file.name} cannot be sent ({reason.en})",
        ),
        Text(
            f"{file} を消し、kpicli mail --hold でもう一度作ってください",
            f"delete {file} and hold the mail again by kpicli mail --hold",
        ),
    )
