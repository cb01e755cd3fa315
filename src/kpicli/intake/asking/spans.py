"""Questions of time: which months exports hold, and in which one the fiscal year begins."""

from collections.abc import Iterator

from msgspec.structs import replace

from kpicli.base.wording import Text
from kpicli.catalog.sources.source import Source
from kpicli.intake.asking.question import NEITHER, Choice, Question
from kpicli.intake.exports.coverage import empty_months, months_of, written
from kpicli.intake.exports.entry import Entry
from kpicli.intake.proposal import YEAR, Proposal, months_id

_MONTHS = (4, 1, 10, 12)
"""The months in which years begin, the most usual first."""
_WHICH_MONTHS = Text(
    "{source}の出力は、どの月をもれなく含みますか", "{source}: which months does it hold in full?"
)
_UNDECLARED = Text("わからない(0 件とは言わない)", "not known (no rows are not taken for 0)")
_BY_ITS_FILES = Text("ファイルごとの日付のとおり", "as the dates of each file say")
_WHICH_YEAR = Text("年度は何月に始まりますか", "in which month does the fiscal year begin?")
_MONTH = Text("{month} 月", "month {month}")


def months_questions(proposal: Proposal) -> Iterator[Question]:
    """Yield a question for exports whose rows are too few to say what they cover, or have gaps."""
    for entry in proposal.entries:
        source = entry.feeds[0].source
        own = None if entry.pattern is not None else months_of(entry.dates)
        if own is None or source.rhythm not in ("sparse", "continuous"):
            continue
        gaps = source.rhythm == "continuous" and bool(empty_months(entry.dates))
        if source.rhythm == "continuous" and not gaps:
            continue
        spans = dict.fromkeys(span for span in (entry.covers, written(own)) if span is not None)
        declared = [
            Choice(span, Text(span, span), _with_span(proposal, entry, span)) for span in spans
        ]
        none = Choice(
            NEITHER, _BY_ITS_FILES if gaps else _UNDECLARED, _with_span(proposal, entry, None)
        )
        choices = (none, *declared) if gaps else (*declared, none)
        words = months_question(source)
        kpis = tuple(kpi.id for kpi in proposal.kpis if kpi.source == source.id)
        yield Question(months_id(source.id), words, choices, kpis, "months")


def months_question(source: Source) -> Text:
    """Return the question which months an export of a source holds."""
    return Text(
        _WHICH_MONTHS.ja.format(source=source.title.ja),
        _WHICH_MONTHS.en.format(source=source.title.en),
    )


def _with_span(proposal: Proposal, entry: Entry, span: str | None) -> Proposal:
    return replace(proposal, spans={**proposal.spans, entry.source: span})


def year_questions(proposal: Proposal) -> Iterator[Question]:
    """Yield the question of the fiscal year, where there is anything to count by it."""
    if not proposal.entries:
        return
    choices = tuple(
        Choice(
            str(month),
            Text(_MONTH.ja.format(month=month), _MONTH.en.format(month=month)),
            replace(proposal, fiscal_start=month),
        )
        for month in _MONTHS
    )
    kpis = tuple(kpi.id for kpi in proposal.kpis)
    yield Question(YEAR, _WHICH_YEAR, choices, kpis, "year")
