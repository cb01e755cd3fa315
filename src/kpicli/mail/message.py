"""The message itself: headers, plain text, HTML and attachments, from a Summary."""

from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.mail.addresses import Mailbox, Recipients
from kpicli.mail.concerns import Concerns
from kpicli.mail.headers import POLICY
from kpicli.mail.page import render_mail
from kpicli.mail.settings import TYPES, MailSettings
from kpicli.mail.templates import INTRODUCTION, SUBJECT, render_introduction, render_subject
from kpicli.model.figures import Summary
from kpicli.model.periods import Period
from kpicli.output.formats import Options, renderer
from kpicli.output.formats.text import WIDTH
from kpicli.output.page.folding import fold
from kpicli.output.page.page import build_page
from kpicli.output.page.phrases import period_phrase
from kpicli.output.page.safety import plain

MARKED = ("csv", "tsv")
"""Formats whose files begin with a byte-order mark, by which Excel knows UTF-8."""


WITHHELD_SUBJECT = Text(
    "[データ不足] {period}の集計は送っていません", "[data missing] {period} has not been sent"
)
WITHHELD_BODY = Text(
    "{period}の出力が期間の終わりまで届いていないため、集計メールを送りませんでした。\n"
    "出力を取り直し、kpicli.toml の covers を確かめてから、"
    "同じコマンドをもう一度実行してください。",
    "The exports of {period} do not reach its end: the figures have not been sent.\n"
    "Export again, look at `covers` in kpicli.toml, and run the same command once more.",
)


class Draft(Struct, frozen=True):
    """What a message says, before it has recipients."""

    subject: str
    text: str
    html: str | None = None
    attachments: tuple[tuple[str, tuple[str, str], bytes], ...] = ()
    """Of each: its file name, the two halves of its media type, its content."""


def draft(
    summary: Summary,
    concerns: Concerns,
    mail: MailSettings,
    attach: tuple[str, ...],
    language: Language,
    *,
    revised: bool = False,
) -> Draft:
    """Return the figures as a draft, with what a reader must see first at its top.

    `revised` says that other figures of the same period were sent before.
    """
    marks = concerns.marks(language)
    places = {
        "period": plain(period_phrase(summary.period, language)),
        "start": summary.period.start.isoformat(),
        "end": summary.period.end.isoformat(),
        "as_of": summary.as_of.isoformat(),
        "marks": marks,
        "doubtful": concerns.doubtful,
        "missed": concerns.missed,
        "incomplete": concerns.incomplete,
        "revised": revised,
    }
    introduction = render_introduction(_or(mail.introduction, INTRODUCTION, language), places)
    return Draft(
        subject=render_subject(_or(mail.subject, SUBJECT, language), places, marks),
        text=_text(summary, concerns.lines, introduction, language),
        html=render_mail(build_page(summary, language), concerns.lines, introduction, language),
        attachments=tuple(_attachment(summary, name, language) for name in attach),
    )


def warning_draft(period: Period, concerns: Concerns, language: Language) -> Draft:
    """Return the warning that a month is withheld, which names the figures that have gaps."""
    name = plain(period_phrase(period, language))
    subject = WITHHELD_SUBJECT.filled(period=name).in_language(language)
    body = WITHHELD_BODY.filled(period=name).in_language(language)
    lines = [body, "", *(plain(line) for line in concerns.gaps)]
    return Draft(subject, "".join(f"{line}\n" for line in lines))


def _or(own: str | None, default: Text, language: Language) -> str:
    return default.in_language(language) if own is None else own


def _text(
    summary: Summary, first: tuple[str, ...], introduction: tuple[str, ...], language: Language
) -> str:
    lines = [part for line in first for part in fold(f"* {plain(line)}", WIDTH, fill=True)]
    lines += [""] if first else []
    lines += [part for line in introduction for part in fold(line, WIDTH, fill=True)]
    lines += [""] if introduction else []
    figures = renderer("text")(summary, Options(language=language))
    if isinstance(figures, bytes):
        raise TypeError("the format text is no text")
    return "".join(f"{line.rstrip()}\n" for line in lines) + figures


def _attachment(
    summary: Summary, name: str, language: Language
) -> tuple[str, tuple[str, str], bytes]:
    first, second, suffix = TYPES[name]
    made = renderer(name)(summary, Options(language=language))
    if isinstance(made, str):
        made = made.encode("utf-8-sig" if name in MARKED else "utf-8")
    return f"{file_stem(summary.period)}.{suffix}", (first, second), made


def file_stem(period: Period) -> str:
    """Return the name of attached files without their suffix: ASCII, and fit for every system."""
    return f"kpi_{period.name.replace('..', '_')}"


def compose(
    written: Draft,
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
    message["Subject"] = written.subject
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
