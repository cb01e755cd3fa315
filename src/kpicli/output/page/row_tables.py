"""Row accounting and targets of several KPIs as rows of plain cells, for every workbook."""

from collections.abc import Iterator

from msgspec import Struct

from kpicli.base.wording import Language, Text
from kpicli.model.accounting import KpiAccounting, SourceAccounting
from kpicli.model.figures import KpiHead
from kpicli.model.judgements import TargetStatus
from kpicli.model.summary import InputFile, SourceReport, Summary
from kpicli.output.data.records import Cell
from kpicli.output.page import words
from kpicli.output.page.phrases import dates_phrase, joint_span_phrase, option_phrases

Row = tuple[Cell, ...]


class Table(Struct, frozen=True):
    """A table with its title and the names of its columns."""

    title: Text
    columns: tuple[Text, ...]
    rows: tuple[Row, ...]


def run_rows(summary: Summary, language: Language) -> Iterator[Row]:
    """Yield what a run is known by: period and as-of date, program, catalogue."""
    dates = dates_phrase(summary.period, language)
    as_of = words.AS_OF.filled(day=summary.as_of.isoformat()).in_language(language)
    yield (summary.period.label(language), f"{dates} ({as_of})")
    yield ("kpicli", summary.version)
    yield (words.CATALOGUE.in_language(language), summary.catalogue_hash)


def counts(accounting: SourceAccounting) -> tuple[int, ...]:
    """Return the numbers of a source's or file's accounting in the order of their columns."""
    return tuple(getattr(accounting, name) for name in words.ACCOUNTING)


def covered(source: SourceReport) -> str:
    """Return the months that a source covers."""
    return " ".join(month.name for month in source.covered)


def files_of(summary: Summary, source: SourceReport) -> tuple[InputFile, ...]:
    """Return the files that a source was read from."""
    return tuple(file for file in summary.files if file.source == source.id)


def kpi_table(summary: Summary, language: Language, kpi: str | None = None) -> Table:
    """Return where every candidate row of each KPI (or of one) went."""
    titles = {source.id: source.title.in_language(language) for source in summary.sources}
    rows = []
    for each in summary.accounting:
        if kpi in (None, each.kpi):
            numbers = (getattr(each, name) for name in words.KPI_ACCOUNTING)
            source = titles.get(each.source, each.source)
            head = summary.kpis[each.kpi]
            title = _accounted(each, head).in_language(language)
            rows.append((title, source, *numbers, excluded(each, head, language)))
    columns = (words.ITEM, words.SOURCE, *words.KPI_ACCOUNTING.values(), words.EXCLUDED)
    return Table(words.KPI_ROWS, columns, tuple(rows))


def _accounted(accounting: KpiAccounting, head: KpiHead) -> Text:
    """Return the KPI that counts the rows, with the one that is made of it before it."""
    if accounting.of is None:
        return head.title
    own = head.components[accounting.of]
    return Text(f"{head.title.ja} ({own.ja})", f"{head.title.en} ({own.en})")


def excluded(accounting: KpiAccounting, head: KpiHead, language: Language) -> str | None:
    """Return the rules that took rows out, each with its number; None without any."""
    named = (
        words.RULE_ROWS.filled(
            rule=words.exclusion_words(rule, head, language), rows=rows
        ).in_language(language)
        for rule, rows in accounting.excluded
    )
    return ", ".join(named) or None


class JointRow(Struct, frozen=True):
    """A target that any of several KPIs reaches, in a span, and below it each of the KPIs."""

    depth: int
    name: str
    bound: str
    value: str
    status: TargetStatus


def joint_rows(summary: Summary, language: Language) -> Iterator[JointRow]:
    """Yield the targets that any of several KPIs reaches, span by span, each with its KPIs."""
    for target in summary.joint_targets:
        title = target.title.in_language(language)
        for each in target.spans:
            yield JointRow(0, f"{title} {joint_span_phrase(each, language)}", "", "", each.status)
            for option in each.options:
                head = summary.kpis[option.kpi]
                bound, value = option_phrases(option, head, language)
                yield JointRow(1, head.title.in_language(language), bound, value, option.status)


def joint_table(summary: Summary, language: Language) -> Table:
    """Return the same as a table."""
    columns = (words.ITEM, words.TARGET, words.VALUE, words.JUDGEMENT)
    rows = (
        (f"{'  ' * each.depth}{each.name}", each.bound or None, each.value or None, stands)
        for each in joint_rows(summary, language)
        for stands in (words.TARGET_STATUSES[each.status].in_language(language),)
    )
    return Table(words.ANY_OF_THEM, columns, tuple(rows))
