"""Figures put back together, KPI by KPI, and under their principles."""

from kpicli.model.summary import Summary
from kpicli.output.page.blocks import by_principle, kpi_blocks


def test_a_kpi_has_its_total_and_its_lines(summary: Summary) -> None:
    """Parts, rules and memos are lines, in their order; a KPI of parts alone has no total."""
    blocks = {block.head.id: block for block in kpi_blocks(summary)}
    assert list(blocks) == list(summary.kpis)
    missed, schemes = blocks["missed"].whole, blocks["schemes"].whole
    assert missed is not None
    assert missed.total is not None
    assert (missed.total.value.number, [line.item for line in missed.lines]) == (
        *(3, ["点検で判明", "期限超過", "期限後に完了"]),
    )
    assert schemes is not None
    assert schemes.total is None
    assert [line.value.number for line in schemes.lines] == [124]


def test_groups_stand_beside_the_whole(by_month: Summary) -> None:
    """Each month is a cluster of its own; the whole is none of them."""
    meetings, talks = kpi_blocks(by_month)
    assert [group.first.group for group in meetings.groups] == ["2025-04", "2025-05"]
    assert [group.total and group.total.value.numerator for group in talks.groups] == [1, 2]
    assert meetings.whole is not None
    assert meetings.whole.first.group is None


def test_what_is_split_has_parts_or_groups(summary: Summary, by_month: Summary) -> None:
    """A total alone is not."""
    split = {block.head.id: block.split for block in kpi_blocks(summary)}
    assert split["voices"]
    assert not split["meetings"]
    assert all(block.split for block in kpi_blocks(by_month))


def test_a_kpi_stands_under_its_first_principle(summary: Summary) -> None:
    """Once, though it has several; principles come as they are first met."""
    sections = by_principle(kpi_blocks(summary))
    assert {name: [block.head.id for block in own] for name, own in sections.items()} == {
        "1": ["meetings"],
        "2": ["talks", "agreed", "voices", "missed"],
        "3": ["navi"],
        "6": ["schemes"],
    }
