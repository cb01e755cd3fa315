"""Of several targets, or spans of one, the worst stands for all."""

from hypothesis import given
from hypothesis import strategies as st

from kpicli.model.judgements import TargetStatus, worst

MET, MISSED, PENDING, ONGOING, NEXT = (
    TargetStatus(name) for name in ("met", "missed", "pending", "ongoing", "next")
)


@given(st.lists(st.sampled_from(TargetStatus), min_size=1))
def test_one_missed_is_missed_and_only_all_met_are_met(statuses: list[TargetStatus]) -> None:
    """A status stands for all only where no worse one is among them."""
    answer = worst(statuses)
    assert answer in statuses
    assert (answer is MISSED) == (MISSED in statuses)
    assert (answer is NEXT) == (set(statuses) == {NEXT})
    if answer is MET:
        assert set(statuses) <= {MET, NEXT}
    if answer is ONGOING:
        assert PENDING not in statuses


def test_what_may_still_be_missed_is_worse_than_met() -> None:
    """A span that waits for its rows, or goes on, keeps a target from being called met."""
    assert worst([MET, PENDING, ONGOING]) is PENDING
    assert worst([MET, ONGOING]) is ONGOING
    assert worst([MET, NEXT]) is MET
