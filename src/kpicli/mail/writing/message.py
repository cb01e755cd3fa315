"""The message itself: headers, plain text, HTML and attachments, of a draft."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import TYPE_CHECKING

from kpicli.mail.addresses import Mailbox, Recipients
from kpicli.mail.writing.headers import POLICY, encoded

if TYPE_CHECKING:
    from kpicli.mail.writing.draft import Draft


def compose(
    written: "Draft",
    sender: Mailbox,
    recipients: Recipients,
    message_id: str,
    at: datetime,
    reply_to: Mailbox | None = None,
) -> EmailMessage:
    """Return the message, in ASCII bytes throughout, with a Bcc header where there is one.

    Python's own email library writes the headers and refuses line breaks in them.
    """
    message = EmailMessage(policy=POLICY)
    message["From"] = sender.header
    for name, boxes in (("To", recipients.to), ("Cc", recipients.cc), ("Bcc", recipients.bcc)):
        if boxes:
            message[name] = [mailbox.header for mailbox in boxes]
    if reply_to is not None:
        message["Reply-To"] = reply_to.header
    message["Subject"] = encoded(written.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written.text, charset="utf-8", cte="base64")
    if written.html is not None:
        message.add_alternative(written.html, subtype="html", charset="utf-8", cte="base64")
    for name, (first, second), content in written.attachments:
        params = {"charset": "utf-8"} if first == "text" else None
        message.add_attachment(
            content, maintype=first, subtype=second, filename=name, params=params
        )
    return message


def as_bytes(message: EmailMessage, *, for_smtp: bool) -> bytes:
    """Return the message for SMTP (CRLF, no Bcc), or as a file (LF, Bcc for `sendmail -t`)."""
    if not for_smtp:
        return message.as_bytes(policy=POLICY.clone(linesep="\n"))
    del message["Bcc"]
    return message.as_bytes(policy=POLICY)
