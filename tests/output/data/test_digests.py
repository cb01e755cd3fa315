"""Digests by which a later run knows figures again."""

from datetime import date

from msgspec.structs import replace

from kpicli.model.summary import Summary
from kpicli.output.data.digests import DIGESTED, figures_digest, short_digest


def test_a_digest_stays_what_journals_hold(summary: Summary) -> None:
    """The digest of these figures is the one that was written down for them before.

    With another, every mail of the past would count as one of other figures, and be sent again.
    """
    assert figures_digest(summary) == "b933794d26cf68f5a40fcb9f1fb4a224"
    assert DIGESTED[-1] == "faulty_rows"
    assert len(DIGESTED) == 20


def test_only_what_is_shown_counts(summary: Summary) -> None:
    """Another day and other files change nothing; a figure, a target or a comparison does."""
    digest = figures_digest(summary)
    assert figures_digest(replace(summary, as_of=date(2025, 9, 1), files=(), faults=())) == digest
    first, second, *others = summary.figures
    for changed in (
        replace(first, value=replace(first.value, number=7)),
        replace(first, targets=()),
        replace(second, comparisons=second.comparisons[:1]),
    ):
        figures = tuple(changed if each.kpi == changed.kpi else each for each in (first, second))
        assert figures_digest(replace(summary, figures=(*figures, *others))) != digest


def test_a_short_digest() -> None:
    """The digest of plain values is 32 digits, of a list in its order."""
    assert short_digest(["声", 1]) == "29d3cfe068e412debf2efe0302301438"
    assert short_digest([1, "声"]) != short_digest(["声", 1])
