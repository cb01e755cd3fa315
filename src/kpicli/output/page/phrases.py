"""Figures, comparisons, targets and states as people read them. Nothing is computed here."""

from typing import Protocol

from kpicli.base.faults import Place
from kpicli.base.wording import Language, Text, Unit, listed
from kpicli.model.bounds import bound_words, of_every
from kpicli.model.figures import LEVELS, OF_WHICH, Comparison, Figure, KpiHead
from kpicli.model.judgements import (
    OptionJudgement,
    Reached,
    SpanJudgement,
    TargetJudgement,
    TargetStatus,
)
from kpicli.model.periods import Period
from kpicli.model.value import Origin, Status, Value
from kpicli.output.page import words
from kpicli.output.page.words import HasLabels, group_name, item_name, item_words, named
from kpicli.output.sentences import dates_words
from kpicli.values.numbers import grouped, signed


class HasUnit(Protocol):
    """What values are shown by: a KPI of the catalogue, its head in a Summary, and the like."""

    @property
    def percentage(self) -> bool:
        """Return whether the values are percentages, with numerator and denominator."""
        ...

    @property
    def unit(self) -> Unit:
        """Return the unit of counts."""
        ...


def value_phrase(value: Value, head: HasUnit, language: Language) -> str:
    """Return `841件`, or of a ratio `178/252件 70.6%`; `-` stands for what is not there.

    In English `841 cases` and `178/252 cases 70.6%`. Dates are shown themselves.
    """
    if value.dates is not None:
        return dates_words(value.dates, value.number, language, apart=True)
    number = None if value.number is None else grouped(value.number)
    if not head.percentage:
        return "-" if number is None else head.unit.after(number, language)
    percent = "-" if number is None else f"{number}%"
    if value.numerator is None or value.denominator is None:
        return percent
    under = head.unit.after(grouped(value.denominator), language)
    return f"{grouped(value.numerator)}/{under} {percent}"


def figure_phrase(figure: Figure, head: HasUnit, language: Language) -> str:
    """Return the value of a figure, of a part with its share where that is asked for.

    `720件 (85.6%)`.
    """
    value = value_phrase(figure.value, head, language)
    return value if figure.share is None else f"{value} ({figure.share}%)"


def origin_phrase(origin: Origin, language: Language) -> str:
    """Return the mark of a value that was not counted in this run; empty for one that was."""
    mark = words.ORIGINS.get(origin.kind)
    return "" if mark is None else mark.in_language(language)


def status_phrase(value: Value, language: Language) -> str:
    """Return what keeps a value from being final, `要確認(2件)`; empty where nothing does."""
    phrases = []
    if value.status in words.STATUSES:
        phrases.append(words.STATUSES[value.status].in_language(language))
    if value.in_doubt:
        phrases.append(doubt_phrase(value.faulty_rows, language))
    return " ".join(phrases)


def doubt_phrase(rows: int, language: Language) -> str:
    """Return that rows are to be checked: `要確認(2件)`, `to check (1 row)`."""
    noun = "row" if rows == 1 else "rows"
    return words.PROVISIONAL.filled(rows=grouped(rows), noun=noun).in_language(language)


def comparison_phrase(
    comparison: Comparison, head: KpiHead, language: Language, shown: Period | None
) -> str:
    """Return `108名 (+16)`, of a ratio with the change in points (`+1.2pt`), then its state.

    The other period is named where it is not `shown`, the one that the heading names.
    """
    phrases = []
    if comparison.period != shown:
        phrases.append(f"{comparison.period.label(language)}:")
    if comparison.value.status is not Status.NO_DATA:
        phrases.append(value_phrase(comparison.value, head, language))
    if comparison.change is not None:
        phrases.append(f"({signed(comparison.change)}{'pt' if head.percentage else ''})")
    if comparison.value.status is not Status.NO_DATA:
        phrases.append(origin_phrase(comparison.origin, language))
    phrases.append(status_phrase(comparison.value, language))
    return " ".join(phrase for phrase in phrases if phrase)


def target_phrase(figure: Figure, head: KpiHead, language: Language) -> str:
    """Return `月に1回以上 達成` for every target, with the spans in which it was missed.

    A span that is not the figure's own period is named with its value:
    `半期に2回以上 達成 (2025年度上期: 3回)`. Where every member of a register is held to a target,
    how many reached it is. Empty without a target.
    """
    separator = words.LIST_SEPARATOR.in_language(language)
    return separator.join(_judged_phrase(each, figure, head, language) for each in figure.targets)


def _judged_phrase(
    target: TargetJudgement, figure: Figure, head: KpiHead, language: Language
) -> str:
    judged = words.JUDGED.filled(
        bound=bound_phrase(target, head, language),
        status=words.TARGET_STATUSES[target.status].in_language(language),
    )
    phrases = [judged.in_language(language)]
    own = span_value_phrase(target, head, language)
    if own:
        phrases.append(f"({own})")
    elif target.status is TargetStatus.MISSED and target.missed not in {(), (figure.period,)}:
        spans = " ".join(period.label(language) for period in target.missed)
        phrases.append(f"({spans})")
    return " ".join(phrases)


def span_value_phrase(target: TargetJudgement, head: HasUnit, language: Language) -> str:
    """Return the value of the one span that is judged, `2025年度上期: 3回`; empty without one.

    Of a register's members it is how many reached it in each span, and who did not.
    """
    if target.every is not None:
        spans = (reached_phrase(each, language) for each in target.reached)
        return " / ".join(spans)
    if target.value is None:
        return ""
    span = target.so_far or target.spans[0]
    return f"{span.label(language)}: {_with_state(target.value, head, language)}"


def _with_state(value: Value, head: HasUnit, language: Language) -> str:
    state = status_phrase(value, language)
    return " ".join(filter(None, (value_phrase(value, head, language), state)))


def reached_phrase(reached: Reached, language: Language) -> str:
    """Return `2025年度上期: 5 のうち 4 が達成`, with those in doubt and rows of no member."""
    if reached.members is None:
        said = [words.MEMBERS_UNKNOWN.in_language(language)]
    else:
        of = words.REACHED.filled(reached=reached.reached, members=reached.members)
        said = [of.in_language(language)]
    counted = ((words.UNDECIDED, reached.undecided), (words.OF_NO_MEMBER, reached.others))
    said += [text.filled(number=number).in_language(language) for text, number in counted if number]
    if reached.missing:
        names = listed(reached.missing, "・", ", ").in_language(language)
        said.append(words.NOT_REACHED.filled(names=names).in_language(language))
    separator = words.LIST_SEPARATOR.in_language(language)
    return f"{reached.span.label(language)}: {separator.join(said)}"


def option_phrases(option: OptionJudgement, head: KpiHead, language: Language) -> tuple[str, str]:
    """Return what is asked of one of several KPIs, and its value in the span."""
    bound = bound_words(option, head.unit, percentage=head.percentage).in_language(language)
    return bound, _with_state(option.value, head, language)


def joint_span_phrase(each: SpanJudgement, language: Language) -> str:
    """Return the span in which any of several KPIs is to reach a target, and how far it got."""
    span = each.span.label(language)
    if each.so_far is None:
        return span
    until = words.UP_TO.filled(day=each.so_far.end.isoformat()).in_language(language)
    return f"{span} {until}"


def bound_phrase(target: TargetJudgement, head: HasUnit, language: Language) -> str:
    """Return what a target asks for: `月に1回以上`."""
    bound = bound_words(target, head.unit, percentage=head.percentage)
    if target.every is not None:
        bound = of_every(target.every.title, bound)
    return bound.in_language(language)


def title_phrase(head: KpiHead, language: Language, *, split: bool) -> str:
    """Return the KPI's title and its further principles.

    Where it is `split` into parts or groups that do not add up, this is said too.
    """
    phrases = [head.title.in_language(language)]
    if head.principles[1:]:
        names = ",".join(head.principles[1:])
        phrases.append(words.ALSO.filled(names=names).in_language(language))
    if split and not head.additive:
        phrases.append(words.NOT_ADDITIVE.in_language(language))
    return " ".join(phrases)


def principle_phrase(name: str, language: Language) -> str:
    """Return what a principle is called: 原則2; without a name that there is none."""
    if not name:
        return words.NO_PRINCIPLE.in_language(language)
    return words.PRINCIPLE.filled(name=name).in_language(language)


def item_phrase(figure: Figure, head: HasLabels, language: Language) -> str:
    """Return the name of a part, a rule or a note; rules and notes say that they are such.

    Rules split the same total once more, beside the parts, so they must not look like parts. Nor
    must parts of which, which are led by うち. A part of the second level has its own name, as it
    stands below the part that it belongs to.
    """
    if figure.under is not None:
        column = (figure.part or "").partition(LEVELS)[2]
        return item_words(figure.items[-1], column, head.labels, language)
    name = item_name(figure, head, language) or named("", language)
    marked = {"rule": words.RULE, "memo": words.MEMO, OF_WHICH: words.OF_WHICH}.get(figure.kind)
    if marked is None or name.startswith(("うち", "of which")):
        return name
    return marked.filled(name=name).in_language(language)


def full_item_phrase(figure: Figure, head: HasLabels, language: Language) -> str:
    """Return the same where no part stands above: one of the second level has both names."""
    if figure.under is None:
        return item_phrase(figure, head, language)
    return item_name(figure, head, language) or named("", language)


def depth_of(figure: Figure) -> int:
    """Return how many levels below the total a figure stands."""
    return 0 if figure.kind == "total" else 2 if figure.kind == "subpart" else 1


def group_phrase(figure: Figure, head: HasLabels, language: Language) -> str:
    """Return the name of the group that a figure belongs to."""
    return group_name(figure, head, language) or named("", language)


def dates_phrase(period: Period, language: Language) -> str:
    """Return the first and the last day of a period in words."""
    filled = words.DATES.filled(start=period.start.isoformat(), end=period.end.isoformat())
    return filled.in_language(language)


def heading_phrases(period: Period, language: Language) -> tuple[str, ...]:
    """Return short lines to stand above one another: `2025年度上期`, `2025-04-01`, `- 2025-09-30`.

    A range, which has no other name, is its two days.
    """
    dates = (period.start.isoformat(), f"- {period.end.isoformat()}")
    return dates if period.kind == "range" else (period.label(language), *dates)


def place_phrase(place: Place, language: Language) -> str:
    """Return file, sheet, row, line and column in words, as far as they are known."""
    texts = [Text(place.file, place.file)]
    if place.sheet is not None:
        texts.append(Text(f"シート「{place.sheet}」", f'sheet "{place.sheet}"'))
    if place.row is not None:
        ja, en = f"{place.row} 行目", f"row {place.row}"
        if place.line not in (None, place.row):
            ja += f"(ファイルの {place.line} 行目)"
            en += f" (line {place.line} of the file)"
        texts.append(Text(ja, en))
    if place.column is not None:
        texts.append(Text(f"列「{place.column}」", f'column "{place.column}"'))
    return " ".join(text.in_language(language) for text in texts)
