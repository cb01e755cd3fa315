"""The words of a message: subject, text, page and attachments, from a Summary."""

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.mail.concerns import Concerns
from kpicli.mail.page import render_mail
from kpicli.mail.settings import MailSettings
from kpicli.mail.templates import INTRODUCTION, SUBJECT, render_introduction, render_subject
from kpicli.model.figures import Status, Summary
from kpicli.model.periods import Period
from kpicli.output.formats import FORMATS, Options
from kpicli.output.formats.text import WIDTH
from kpicli.output.layout.text_lines import text_lines
from kpicli.output.page.document import Document
from kpicli.output.page.folding import fold
from kpicli.output.page.safety import plain
from kpicli.output.summary.answer import summary_answer

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
    """The words of a message, before it has recipients."""

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
    values = {
        "period": plain(summary.period.label(language)),
        "start": summary.period.start.isoformat(),
        "end": summary.period.end.isoformat(),
        "as_of": summary.as_of.isoformat(),
        "marks": marks,
        "doubtful": concerns.doubtful,
        "missed": concerns.missed,
        "incomplete": concerns.incomplete,
        "no_data": _without_data(summary),
        "revised": revised,
    }
    introduction = render_introduction(_worded(mail.introduction, INTRODUCTION, language), values)
    document = summary_answer(summary).document(Options(language=language))
    return Draft(
        subject=render_subject(_worded(mail.subject, SUBJECT, language), values, marks),
        text=_text(document, concerns.lines, introduction),
        html=render_mail(document, concerns.lines, introduction, language),
        attachments=tuple(_attachment(summary, name, language) for name in attach),
    )


def _without_data(summary: Summary) -> int:
    """Return how many KPIs have no data at all, whether or not their source is exported."""
    known = {f.kpi for f in summary.figures if f.value.status is not Status.NO_DATA}
    return len(summary.kpis.keys() - known)


def warning_draft(period: Period, concerns: Concerns, language: Language) -> Draft:
    """Return the warning that a month is withheld, which names the figures that have gaps."""
    name = plain(period.label(language))
    subject = WITHHELD_SUBJECT.filled(period=name).in_language(language)
    body = WITHHELD_BODY.filled(period=name).in_language(language)
    lines = [body, "", *(plain(line) for line in concerns.gaps)]
    return Draft(subject, "".join(f"{line}\n" for line in lines))


def _worded(own: str | None, default: Text, language: Language) -> str:
    return default.in_language(language) if own is None else own


def _text(document: Document, first: tuple[str, ...], introduction: tuple[str, ...]) -> str:
    lines = [part for line in first for part in fold(f"* {plain(line)}", WIDTH, fill=True)]
    lines += [""] if first else []
    lines += [part for line in introduction for part in fold(line, WIDTH, fill=True)]
    lines += [""] if introduction else []
    figures = "".join(f"{line.rstrip()}\n" for line in text_lines(document, WIDTH))
    return "".join(f"{line.rstrip()}\n" for line in lines) + figures


def _attachment(
    summary: Summary, name: str, language: Language
) -> tuple[str, tuple[str, str], bytes]:
    form = FORMATS[name]
    content = form.as_file(form.render(summary_answer(summary), Options(language=language)))
    first, _, second = form.media_type.partition("/")
    return f"{file_stem(summary.period)}{form.suffixes[0]}", (first, second), content


def file_stem(period: Period) -> str:
    """Return the name of attached files without their suffix: ASCII, and fit for every system."""
    return f"kpi_{period.name.replace('..', '_')}"
