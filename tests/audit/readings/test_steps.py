"""Lines that go on from number to number."""

from support.audited import checked, failing

MONTHS = ((4, 2), (5, 1), (6, 4), (7, 3))


def running(*, last: int) -> str:
    """Return months with their running total, the last as given."""
    added, lines = 0, []
    for month, number in MONTHS:
        added += number
        lines.append(f"{month}月,{number},{added if month < 7 else last}")
    return "\n".join(("月,件数,累計", *lines, ""))


def test_a_running_total() -> None:
    """Each is the one before it and the month's own."""
    assert failing(running(last=10)) == []
    assert "running" in checked(running(last=10))
    assert [finding.split()[1] for finding in failing(running(last=11))] == ["C5"]


def test_years_below_each_other() -> None:
    """増減 is the year less the one before it."""
    table = "年度,件数,増減\n2022年度,10,\n2023年度,14,4\n2024年度,13,△1\n2025年度,20,{}\n"
    assert failing(table.format(7)) == []
    assert [finding.split()[1] for finding in failing(table.format(8))] == ["C5"]
