"""Filters in three values, seen through figures: counted, not selected, undetermined."""

from pathlib import Path

import pytest

from support.small_project import Project

ROWS = [
    # 受付番号,受付日,商品区分,声の区分,チーム,改善日
    "V1,2025/4/1,生保,不満,東,2025/5/1",
    "V2,2025/5/1,損保,ご不満,西,2025/3/1",
    "V3,2025/6/1,団体,感謝,,",
    "V4,2025/7/1,,要望,東,2025/9/30",
    "V5,2025/8/1,生命保険,,東,2025/8/1",
    "V6,2025/9/1,生保,苦情,西,2025/13/1",
]

OWN = '[kpi.own]\ntitle = "試し"\nsource = "{source}"\nmeasure = "count"\nwhere = {where}'


def outcome(folder: Path, where: str) -> tuple[int, int, int]:
    """Return how many rows are counted, not selected and undetermined under a filter."""
    project = Project(folder).export("voices", ROWS)
    project.toml(OWN.format(source="voices", where=where))
    own = project.summarize("own").accounting
    assert own.usable + own.faulty == own.counted + own.not_selected + own.undetermined
    return own.counted, own.not_selected, own.undetermined


@pytest.mark.parametrize(
    ("where", "outcome_of_rows"),
    [
        # the 区分 and 改善日 of V6 cannot be read, which matters where they are asked for
        ('{ line = "生保" }', (3, 2, 1)),  # V1, V5, V6 | V2, V3 | V4 blank
        ('{ line = ["生保", "損保"] }', (4, 1, 1)),
        ('{ line = { not = "生保" } }', (2, 3, 1)),  # V2, V3 | V1, V5, V6 | V4
        ('{ category = "不満" }', (2, 2, 2)),  # V5 blank, V6 unreadable
        ('{ category = { not = "不満" } }', (2, 2, 2)),
        ("{ category = { missing = true } }", (1, 4, 1)),
        ("{ category = { missing = false } }", (4, 1, 1)),
        ('{ team = "東" }', (3, 2, 1)),  # V1, V4, V5 | V2, V6 | V3 blank
        ('{ team = "北" }', (0, 5, 1)),
        # and: one cell that does not fit is enough
        ('{ category = "不満", team = "東" }', (1, 4, 1)),  # V1 | V2, V3, V4, V6 | V5
        # or: one that fits is enough, also beside one that cannot be read
        ('[{ category = "不満" }, { line = "生保" }]', (4, 1, 1)),  # V1 V2 V5 V6 | V3 | V4
        # dates: V3 has no 改善日, that of V6 cannot be read; neither can be told
        ("{ improved_on = { before = 2025-05-01 } }", (1, 3, 2)),
        ("{ improved_on = { on_or_before = 2025-05-01 } }", (2, 2, 2)),
        ('{ improved_on = { after = "@start" } }', (3, 1, 2)),
        ('{ improved_on = { on_or_after = "@end" } }', (1, 3, 2)),
        ('{ improved_on = { after = "@received_on" } }', (2, 2, 2)),
        ('{ improved_on = { on_or_after = "@received_on" } }', (3, 1, 2)),
        ('{ received_on = { before = "@improved_on" } }', (2, 2, 2)),
        ("{ improved_on = { after = 2025-01-01, before = 2025-05-01 } }", (1, 3, 2)),
        # what `missing` says of blanks holds for the whole filter
        ("{ improved_on = { before = 2025-05-01, missing = false } }", (1, 4, 1)),
        (
            "[{ improved_on = { missing = true } }, { improved_on = { after = 2025-09-01 } }]",
            (2, 3, 1),
        ),
    ],
)
def test_a_filter_fits_does_not_fit_or_cannot_be_told(
    where: str, outcome_of_rows: tuple[int, int, int], tmp_path: Path
) -> None:
    """A readable cell decides wherever it can; a blank or unreadable one leaves it open."""
    assert outcome(tmp_path, where) == outcome_of_rows


def test_a_row_whose_key_is_broken_is_never_counted(tmp_path: Path) -> None:
    """Nothing tells whether it stands elsewhere too, so what fits is undetermined."""
    broken = [row.replace("V6", "1.23E+11") for row in ROWS]
    project = Project(tmp_path).export("voices", broken)
    project.toml(OWN.format(source="voices", where='{ team = "西", line = "生保" }'))
    own = project.summarize("own").accounting
    assert (own.counted, own.not_selected, own.undetermined, own.faulty) == (0, 5, 1, 1)


def test_a_number_is_compared_as_a_number(tmp_path: Path) -> None:
    """1, 1.0 and full width １ are the same attempt."""
    attempts = enumerate(("1", "1.0", "１", "2"))
    rows = [f"T{n},2025/5/1,介護,ロープレ,S00{n},{cell},80,合格" for n, cell in attempts]
    project = Project(tmp_path).export("trainings", rows)
    project.toml(OWN.format(source="trainings", where="{ attempt = 1 }"))
    assert project.summarize("own").number() == 3
