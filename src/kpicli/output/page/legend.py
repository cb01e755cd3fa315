"""What states and origins of values mean, a line for each on a page; and the tone of a state."""

from collections.abc import Collection, Container, Iterator
from typing import TYPE_CHECKING

from kpicli.base.wording import Language
from kpicli.model.figures import Figure
from kpicli.model.judgements import TargetStatus
from kpicli.model.summary import Summary
from kpicli.model.value import Status, Value
from kpicli.output.page import words

if TYPE_CHECKING:
    from kpicli.output.page.blocks import KpiBlock
    from kpicli.output.page.document import Tone


def legend(
    blocks: tuple["KpiBlock", ...],
    language: Language,
    also: Collection[str] = (),
    only: Container[str] | None = None,
) -> tuple[str, ...]:
    """Return the explanations of the states that occur, always in the same order.

    `also` are the keys of what occurs elsewhere than in the blocks; of `only` some keys, if named.
    """
    occurring = {*also, *(key for block in blocks for key in _of_block(block))}
    occurring = {key for key in occurring if only is None or key in only}
    return tuple(
        text.in_language(language) for key, text in words.LEGEND.items() if key in occurring
    )


def source_lines(
    summary: Summary, language: Language, kinds: Collection[str] = ("frozen", "entered")
) -> Iterator[str]:
    """Yield a line for every record and every source of values that were entered.

    They are those of other periods, which figures are compared with or stand beside, the oldest
    first. A figure of the own period that was entered has a remark of its own.
    """
    others = {
        (each.period, each.origin): None
        for figure, _ in summary.figures_of_all_periods
        for each in ((figure,) if figure.period != summary.period else ()) + figure.comparisons
        if each.origin.kind in kinds
    }
    for period, origin in sorted(others, key=lambda other: other[0].start):
        note = words.NOTE.filled(note=origin.note) if origin.note else None
        said = words.SOURCES[origin.kind].filled(
            period=period.label(language),
            source=origin.source,
            edition=origin.edition,
            on=origin.on,
        )
        yield said.in_language(language) + ("" if note is None else note.in_language(language))


def _of_block(block: "KpiBlock") -> Iterator[str]:
    clusters = (*([] if block.whole is None else [block.whole]), *block.groups)
    figures = [figure for cluster in clusters for figure in cluster.figures]
    if block.split and not block.head.additive:
        yield "not_additive"
    for figure in figures:
        yield from _of_figure(figure)


_EXPLAINED = (TargetStatus.PENDING, TargetStatus.ONGOING)


def _of_figure(figure: Figure) -> Iterator[str]:
    yield from _of_value(figure.value)
    yield figure.origin.kind
    for comparison in figure.comparisons:
        yield from _of_value(comparison.value)
        yield comparison.origin.kind
    yield from (target.status.value for target in figure.targets if target.status in _EXPLAINED)


def joint_states(summary: Summary) -> Iterator[str]:
    """Yield the states, to be explained, of targets that any of several KPIs reaches."""
    for target in summary.joint_targets:
        for span in target.spans:
            for option in span.options:
                yield from _of_value(option.value)
                if option.status in _EXPLAINED:
                    yield option.status.value


def _of_value(value: Value) -> Iterator[str]:
    yield value.status.value
    if value.faulty_rows:
        yield Status.PROVISIONAL.value


def tone_of(figure: Figure) -> "Tone":
    """Return how a figure stands: in doubt, or by its target."""
    if figure.value.status != "ok":
        return "doubtful"
    return "" if figure.target is None else tone_of_status(figure.target.status)


def tone_of_status(status: TargetStatus) -> "Tone":
    """Return how a target stands: met, missed, or not judged yet."""
    if status is TargetStatus.MET:
        return "met"
    return "missed" if status is TargetStatus.MISSED else ""
