"""Tables of numbers by month: what is made of them, and whether anything says they add up."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kpicli.intake.matching.months import month_feeds
from kpicli.intake.profiling.grids import tables_of
from kpicli.intake.profiling.tables import Table
from kpicli.loaders.files.content import open_content

HEADER = "種目,4月,5月,6月"


def table(folder: Path, name: str, *lines: str) -> Table:
    """Return the table that lines make in a file of this name."""
    (folder / name).write_text("\n".join((*lines, "")), encoding="utf-8")
    (own,) = tables_of(open_content(folder / name, name), name)
    return own


def test_tables_of_two_years(tmp_path: Path) -> None:
    """Tables of one title under the same headers are of one source, others of another."""
    names = ("来店件数_2024年度.csv", "来店件数_2025年度.csv", "成約件数_2025年度.csv")
    tables = [table(tmp_path, name, HEADER, "自動車,3,4,5", "火災,1,2,2") for name in names]
    feeds = month_feeds(tables)
    assert [feed.source.id for feed in feeds] == ["monthly", "monthly", "monthly_2"]
    assert [feed.source.title.ja for feed in feeds] == ["来店件数", "来店件数", "成約件数"]
    for feed in feeds:
        assert [(m.name, m.column.header) for m in feed.matches] == [("item", "種目")]
        assert (feed.made, feed.sure, feed.is_complete) == (("month", "value"), False, True)
        (kpi,) = feed.declared.catalog.kpi.values()
        assert (kpi.id, kpi.measure) == (feed.source.id, "sum")


@pytest.mark.parametrize(
    ("name", "lines", "undecided"),
    [
        ("来店件数_2025年度.csv", (HEADER, "自動車,3,4,5"), False),
        ("実績_2025年度.csv", (HEADER, "自動車,3,4,5"), True),
        ("実績_2025年度.csv", (f"{HEADER},合計", "自動車,3,4,5,12"), False),
        ("実績_2025年度.csv", (HEADER, "自動車,3,4,5", "火災,1,1,1", "合計,4,5,6"), False),
        ("保有件数_2025年度.csv", (HEADER, "自動車,3,4,5"), True),
        ("月末の残高_2025年度.csv", (f"{HEADER},合計", "自動車,3,4,5,12"), True),
        ("件数_2025年度.csv", (HEADER, "新規件数,3,4,5", "解約件数,1,1,1"), True),
    ],
)
def test_whether_it_adds_up(
    tmp_path: Path, name: str, lines: Sequence[str], undecided: bool
) -> None:
    """Totals that are right, or a title of things that happen, say it; stocks never add up."""
    (feed,) = month_feeds([table(tmp_path, name, *lines)])
    assert feed.undecided == undecided


@pytest.mark.parametrize(
    ("header", "patterns"),
    [
        ("種目,4月,5月,6月,合計", ("*月",)),
        ("種目,4月分,5月分,6月分", ("{name}分",)),
        ("種目,4月,5月,6月,4-6月", ("4月", "5月", "6月")),
        ("種目,2025/4,2025/5,2025/6", ("2025/4", "2025/5", "2025/6")),
    ],
)
def test_patterns(tmp_path: Path, header: str, patterns: tuple[str, ...]) -> None:
    """One pattern stands for the months where no other column fits it."""
    cells = ",".join("1" for _ in header.split(",")[1:])
    own = table(tmp_path, "a_2025年度.csv", header, f"自動車,{cells}")
    assert own.month_patterns == patterns


def test_no_months(tmp_path: Path) -> None:
    """A table of other columns, and one of which something is wrong, are no such sources."""
    plain = table(tmp_path, "a.csv", "番号,受付日", "V1,2025/4/1")
    undated = table(tmp_path, "件数.csv", HEADER, "自動車,3,4,5")
    assert month_feeds([plain, undated]) == []
