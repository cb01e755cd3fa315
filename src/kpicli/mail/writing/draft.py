"""The words of a message: subject, text, page and attachments, from a Summary."""

from collections.abc import Iterator, Sequence
from itertools import islice

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.mail.settings import MailSettings
from kpicli.mail.writing.concerns import Concerns
from kpicli.mail.writing.page import MainFigure, Top, render_mail
from kpicli.mail.writing.templates import INTRODUCTION, SUBJECT, render_introduction, render_subject
from kpicli.model.figures import Comparison, Figure, KpiHead
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.model.value import Status
from kpicli.output.formats import FORMATS, Options
from kpicli.output.formats.text import WIDTH
from kpicli.output.layout.text_lines import text_lines
from kpicli.output.page.document import Document, Tone
from kpicli.output.page.folding import fold
from kpicli.output.page.phrases import status_phrase, value_phrase
from kpicli.output.page.safety import plain
from kpicli.output.page.words import COMPARED
from kpicli.output.sentences import change_words
from kpicli.output.summary.answer import summary_answer
from kpicli.output.summary.verdict import verdict

MAIN_FIGURES = 5
"""So many figures stand above the table."""

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
    group: str | None = None,
) -> Draft:
    """Return the figures as a draft, with what a reader must see first at its top.

    `revised` says that other figures of the same period were sent before. A `group` is named with
    the period, as the figures are of its rows alone.
    """
    marks = concerns.marks(language)
    values = {
        "period": plain(" ".join(filter(None, (summary.period.label(language), group)))),
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
    top = Top(
        verdict=verdict(summary, language),
        tone=_tone(concerns),
        concerns=concerns.lines,
        introduction=render_introduction(
            _worded(mail.introduction, INTRODUCTION, language), values
        ),
        figures=tuple(_main_figures(summary, mail.kpis, group, language)),
        link="" if mail.page is None else mail.page.replace("{period}", summary.period.name),
    )
    document = summary_answer(summary).document(Options(language=language))
    return Draft(
        subject=render_subject(_worded(mail.subject, SUBJECT, language), values, marks),
        text=_text(document, top),
        html=render_mail(document, top, language),
        attachments=tuple(_attachment(summary, name, language) for name in attach),
    )


def _without_data(summary: Summary) -> int:
    """Return how many KPIs have no data at all, whether or not their source is exported."""
    known = {f.kpi for f in summary.figures if f.value.status is not Status.NO_DATA}
    return len(summary.kpis.keys() - known)


def warning_draft(mail: str, gaps: Sequence[str], language: Language) -> Draft:
    """Return the warning that a `mail`, a month's, is withheld for gaps in the exports."""
    name = plain(mail)
    subject = WITHHELD_SUBJECT.filled(period=name).in_language(language)
    body = WITHHELD_BODY.filled(period=name).in_language(language)
    lines = [body, "", *(plain(line) for line in gaps)]
    return Draft(subject, "".join(f"{line}\n" for line in lines))


def _worded(own: str | None, default: Text, language: Language) -> str:
    return default.in_language(language) if own is None else own


def _tone(concerns: Concerns) -> Tone:
    """Return how the verdict looks: as the worst of what it says."""
    if concerns.doubtful or concerns.incomplete or concerns.interim:
        return "doubtful"
    return "missed" if concerns.missed else ""


def _main_figures(
    summary: Summary, first: Sequence[str], group: str | None, language: Language
) -> Iterator[MainFigure]:
    """Yield the totals of the KPIs that have a value: those named `first`, then as they are shown.

    No more than `MAIN_FIGURES` of them.
    """
    totals = (f for f in summary.figures if f.kind == "total" and f.group == group)
    ranks = {name: rank for rank, name in enumerate(first)}
    ordered = sorted(totals, key=lambda figure: ranks.get(figure.kpi, len(ranks)))
    known = (figure for figure in ordered if figure.value.number is not None)
    for figure in islice(known, MAIN_FIGURES):
        head = summary.kpis[figure.kpi]
        value = value_phrase(figure.value, head, language)
        state = status_phrase(figure.value, language)
        changes = (_change(figure, each, head, language) for each in figure.comparisons)
        yield MainFigure(
            head.title.in_language(language),
            f"{value} {state}".strip(),
            tuple(filter(None, changes)),
        )


def _change(figure: Figure, comparison: Comparison, head: KpiHead, language: Language) -> str:
    """Return the change since another period; "" where there is none to be said."""
    if comparison.change is None:
        return ""
    since = COMPARED[comparison.kind].in_language(language)
    if comparison.period not in (figure.period.previous(), figure.period.year_ago()):
        since = comparison.period.label(language)
    return f"{since} {change_words(comparison.change, head, language)}"


def _text(document: Document, top: Top) -> str:
    lines = [plain(top.verdict), ""]
    lines += [part for line in top.concerns for part in fold(f"* {plain(line)}", WIDTH, fill=True)]
    lines += [""] if top.concerns else []
    lines += [part for line in top.introduction for part in fold(line, WIDTH, fill=True)]
    lines += [""] if top.introduction else []
    lines += [top.link, ""] if top.link else []
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
