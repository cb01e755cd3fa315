"""What the words for states mean is said for those that occur, and for no others."""

import pytest
from msgspec.structs import replace

from kpicli.model.summary import Summary
from kpicli.model.value import Origin, Status
from kpicli.output.page.blocks import kpi_blocks
from kpicli.output.page.legend import legend


def beginnings(summary: Summary) -> list[str]:
    """Return the words that are explained."""
    return [line.split(":")[0] for line in legend(kpi_blocks(summary), "en")]


def test_every_state_that_occurs_is_explained_once(summary: Summary) -> None:
    """Of figures, of what they are compared with, and of targets, always in the same order."""
    assert beginnings(summary) == [
        *("to check", "partial", "undefined", "no data", "pending", "not additive"),
    ]


def test_plain_figures_need_no_explanation(summary: Summary) -> None:
    """A total that is final says all."""
    meetings = summary.figures[0]
    plain = replace(summary, kpis={"meetings": summary.kpis["meetings"]}, figures=(meetings,))
    assert beginnings(plain) == []


def test_a_sum_that_means_nothing_is_said_where_there_are_parts(by_month: Summary) -> None:
    """Of a ratio by month; without parts nobody would add."""
    assert beginnings(by_month) == ["not additive"]
    whole = tuple(figure for figure in by_month.figures if figure.by is None)
    assert beginnings(replace(by_month, figures=whole)) == []


@pytest.mark.parametrize("kind", ["frozen", "entered"])
def test_where_a_value_comes_from_is_explained(kind: str, summary: Summary) -> None:
    """Whether the figure itself was not counted, or what it is compared with."""
    origin = Origin("frozen" if kind == "frozen" else "entered", "x", edition=1)
    meetings = replace(summary.figures[0], origin=origin)
    kpis = {"meetings": summary.kpis["meetings"]}
    own = legend(kpi_blocks(replace(summary, kpis=kpis, figures=(meetings,))), "en")
    assert len(own) == 1
    talks = summary.figures[1]
    other = replace(talks.comparisons[0], origin=origin)
    compared = replace(talks, comparisons=(other,), targets=())
    kpis = {"talks": summary.kpis["talks"]}
    assert legend(kpi_blocks(replace(summary, kpis=kpis, figures=(compared,))), "en") == own


def test_faulty_rows_are_explained_whatever_the_status(summary: Summary) -> None:
    """A partial figure with rows in doubt has two things to say."""
    meetings = summary.figures[0]
    value = replace(meetings.value, status=Status.PARTIAL, faulty_rows=1)
    kpis = {"meetings": summary.kpis["meetings"]}
    both = replace(summary, kpis=kpis, figures=(replace(meetings, value=value),))
    assert beginnings(both) == ["to check", "partial"]
