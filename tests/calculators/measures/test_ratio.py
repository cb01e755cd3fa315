from decimal import Decimal
from pathlib import Path

import pytest

from support.small_project import Project

# 証券番号,発送日,種目,発送前の対話,継続


def test_a_ratio_prints_both_counts_and_a_percentage_rounded_half_up(tmp_path: Path) -> None:
    """1 of 16 notices is 6.25 percent, shown as 6.3."""
    rows = [f"P{n:02},2025/4/1,自動車,無,有" for n in range(15)]
    project = Project(tmp_path).export("renewals", [*rows, "P99,2025/4/1,自動車保険,有,有"])
    value = project.summarize("renewal_talks").value()
    assert (value.numerator, value.denominator, value.number) == (1, 16, Decimal("6.3"))
    assert value.status == "ok"


def test_a_ratio_over_nothing_is_undefined_and_not_zero(tmp_path: Path) -> None:
    """A denominator of 0 has no percentage."""
    project = Project(tmp_path).export("renewals", ["P1,2025/4/1,火災,有,有"])
    value = project.summarize("renewal_talks").value()
    assert (value.numerator, value.denominator, value.number) == (0, 0, None)
    assert value.status == "undefined"


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ("P1,2025/4/1,自動車,有,有", (1, 1, 0)),
        ("P1,2025/4/1,自動車,無,有", (0, 1, 0)),
        ("P1,2025/4/1,自動車,無,", (0, 1, 0)),  # one cell settles that it is not
        ("P1,2025/4/1,自動車,,有", (None, None, 1)),
        ("P1,2025/4/1,自動車,有,", (None, None, 1)),
        ("P1,2025/4/1,,有,有", (None, None, 1)),
        ("P1,2025/4/1,火災,,", (0, 0, 0)),
        ("P1,2025/3/31,自動車,,", (0, 0, 0)),
    ],
)
def test_a_row_whose_numerator_cannot_be_told_is_in_neither_count(
    row: str, shown: tuple[int | None, int | None, int], tmp_path: Path
) -> None:
    """A blank where the numerator needs a value is undetermined, unless another cell settles it."""
    value = Project(tmp_path).export("renewals", [row]).summarize("renewal_talks").value()
    assert (value.numerator, value.denominator, value.faulty_rows) == shown


def test_ratios_are_recomputed_for_each_group(tmp_path: Path) -> None:
    """Each month has its own two counts, and a blank leaves only its own month in doubt."""
    project = Project(tmp_path).export(
        "renewals",
        [
            "P1,2025/4/1,自動車,有,有",
            "P2,2025/4/2,自動車,無,無",
            "P3,2025/5/1,自動車,有,有",
            "P4,2025/6/1,自動車,,有",
        ],
    )
    result = project.summarize("renewal_talks", by="month")
    assert result.number() == Decimal("66.7")
    assert result.groups() == {
        "2025-04": Decimal("50.0"),
        "2025-05": Decimal("100.0"),
        "2025-06": None,
        "2025-07": None,
        "2025-08": None,
        "2025-09": None,
    }
    doubts = {f.group: f.value.faulty_rows for f in result.summary.figures if f.group}
    assert {month for month, rows in doubts.items() if rows} == {"2025-06"}


def test_a_ratio_over_persons_counts_each_once(tmp_path: Path) -> None:
    """ロープレ合格: whoever passed at any attempt, over all who took part."""
    project = Project(tmp_path).export(
        "trainings",
        [
            f"T1,2025/4/1,公的介護保険制度,ロープレ,{staff},{attempt},80,{result}"
            for staff, attempt, result in (
                ("S001", 1, "合格"),
                ("S002", 1, "不合格"),
                ("S002", 2, "合格"),
                ("S003", 1, "不合格"),
                ("S003", 2, ""),
            )
        ],
    )
    passes = project.summarize("roleplay_passes").value()
    assert (passes.numerator, passes.denominator, passes.faulty_rows) == (2, 3, 1)
    first = project.summarize("roleplay_first_passes").value()
    assert (first.numerator, first.denominator, first.faulty_rows) == (1, 3, 0)


def test_only_a_clear_answer_is_asked_of_agreement(tmp_path: Path) -> None:
    """説明に納得: はい over はい and いいえ of those explained; no answer is in neither."""
    project = Project(tmp_path).export(
        "elderly",
        [
            "E1,2025/4/1,生保,①,済,はい",
            "E2,2025/4/1,生保,①,済,いいえ",
            "E3,2025/4/1,生保,①,済,",
            "E4,2025/4/1,生保,①,未,はい",
            "E5,2025/4/1,損保,①,済,はい",
        ],
    )
    value = project.summarize("elderly_agreed").value()
    assert (value.numerator, value.denominator, value.status) == (1, 2, "ok")
