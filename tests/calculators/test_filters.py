"""Filters in three values, seen through figures: counted, not selected, undetermined."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.calculators.filters import evaluate
from kpicli.calculators.interface import FALSE, TRUE, UNKNOWN
from kpicli.calculators.scope import Scope
from kpicli.model.periods import Period
from kpicli.settings.settings import read_settings
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
        # shifts: V1 took 30 days, V2 is 61 days early, V4 took 91, V5 none; V3 blank, V6 unreadable
        ('{ improved_on = { on_or_before = "@received_on + 30 days" } }', (3, 1, 2)),
        ('{ improved_on = { before = "@received_on + 30 days" } }', (2, 2, 2)),
        ('{ improved_on = { on_or_after = "@received_on + 1 month" } }', (2, 2, 2)),
        ('{ improved_on = { on_or_after = "@received_on - 2 months" } }', (4, 0, 2)),
        ('{ improved_on = { after = "@end - 2 months" } }', (2, 2, 2)),  # after 30 July
        ('{ improved_on = { before = "2025-05-31 - 1 month" } }', (1, 3, 2)),  # before 30 April
        ('{ received_on = { after = "@improved_on + 1 month" } }', (1, 3, 2)),
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


@pytest.mark.parametrize(
    "compared", ['due_on = { before = "@done_on" }', 'done_on = { after = "@due_on" }']
)
def test_a_blank_that_is_decided_rules_a_row_out_whatever_it_is_compared_with(
    compared: str, tmp_path: Path
) -> None:
    """What `missing` decides of one side holds where the other is blank, on either side."""
    settings = """[source.jobs]
title = "作業"
rhythm = "continuous"
key = ["no"]
[source.jobs.columns]
no = { headers = ["番号"], type = "id" }
on = { headers = ["受付日"], type = "date" }
due_on = { headers = ["期限"], type = "date" }
done_on = { headers = ["完了日"], type = "date" }
"""
    never = "{ done_on = { missing = true }, on = { before = 2000-01-01 } }"
    where = f"[{{ {compared} }}, {never}]"
    rows = ["1,2025/4/1,,", "2,2025/4/1,2025/5/1,2025/6/1", "3,2025/4/1,,2025/6/1"]
    project = Project(tmp_path).toml(settings + OWN.format(source="jobs", where=where))
    project.export("jobs", rows, header="番号,受付日,期限,完了日", covers="2025-04..2025-09")
    own = project.summarize("own").accounting
    # of 1 it is decided that a missing 完了日 is after nothing; of 3 the 期限 is not known
    assert (own.counted, own.not_selected, own.undetermined) == (1, 1, 1)


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


SCORES = """
[source.answers]
title = "回答"
key = "number"
rhythm = "continuous"
[source.answers.columns]
number = { headers = ["番号"], type = "id", required = true }
on = { headers = ["日付"], type = "date", required = true }
score = { headers = ["点"], type = "number" }
other = { headers = ["別の点"], type = "number" }
[kpi.own]
title = "試し"
source = "answers"
measure = "count"
"""
ANSWERS = [
    "A1,2025/4/1,9,8",
    "A2,2025/4/1,9.5,9.50",
    "A3,2025/4/1,-1,0",
    "A4,2025/4/1,,3",
    "A5,2025/4/1,x,3",
    "A6,2025/4/1,10,",
]


@pytest.mark.parametrize(
    ("where", "outcome_of_rows"),
    [
        # counted, not selected, undetermined; A4 is blank, A5 cannot be read
        ("{ score = { at_least = 9 } }", (3, 1, 2)),
        ("{ score = { above = 9 } }", (2, 2, 2)),
        ("{ score = { below = 9.5 } }", (2, 2, 2)),
        ("{ score = { at_most = 9.5 } }", (3, 1, 2)),
        ("{ score = { at_least = 9, below = 10 } }", (2, 2, 2)),
        ("{ score = { at_least = 9, missing = false } }", (3, 2, 1)),
        ("[{ score = { missing = true } }, { score = { above = 9 } }]", (3, 2, 1)),
        ("{ score = 9.5 }", (1, 3, 2)),
        # with another column, blank in A6
        ('{ score = { above = "@other" } }', (1, 2, 3)),
        ('{ score = { at_least = "@other" } }', (2, 1, 3)),
        ('{ score = { at_most = "@other" } }', (2, 1, 3)),
        ('{ score = { below = "@score" } }', (0, 4, 2)),
    ],
)
def test_numbers_are_compared(
    where: str, outcome_of_rows: tuple[int, int, int], tmp_path: Path
) -> None:
    """A number is held to a bound or to another number of the row; a blank one cannot be."""
    project = Project(tmp_path).export("answers", ANSWERS, header="番号,日付,点,別の点")
    own = project.toml(f"{SCORES}where = {where}").summarize("own").accounting
    assert (own.counted, own.not_selected, own.undetermined) == outcome_of_rows
    assert own.usable + own.faulty == len(ANSWERS)


def test_business_days_need_a_calendar(tmp_path: Path) -> None:
    """Without `[calendar]` they are refused with what to write; with it they are counted."""
    where = '{ improved_on = { on_or_before = "@received_on + 5 business days" } }'
    with pytest.raises(SettingsError, match=r"closed = \["):
        outcome(tmp_path, where)
    rows = ["V1,2025/4/25,生保,不満,東,2025/5/7", "V2,2025/4/25,生保,不満,東,2025/5/8"]
    for holidays, counted in (("", 0), ("holidays = [2025-04-29, 2025-05-05, 2025-05-06]\n", 1)):
        project = Project(tmp_path).export("voices", rows)
        project.toml(OWN.format(source="voices", where=where))
        project.toml(f'[calendar]\nclosed = ["土", "日"]\n{holidays}')
        assert project.summarize("own").number() == counted


def test_a_base_date_whose_year_slipped_is_no_day_to_compare_with(tmp_path: Path) -> None:
    """2052 is a slip: the row may belong to any day of its file, before the bound or after it."""
    rows = ["V1,2025/4/1,生保,不満,,", "V2,2052/5/1,生保,不満,,", "V3,2025/9/1,生保,不満,,"]
    project = Project(tmp_path).export("voices", rows, covers="2025-04..2025-09")
    where = '{ received_on = { on_or_before = "@end" } }'
    value = project.toml(OWN.format(source="voices", where=where)).summarize("own").value()
    assert (value.number, value.status, value.faulty_rows) == (2, "provisional", 1)


def test_a_filter_of_the_period_is_asked_anew_in_each(tmp_path: Path) -> None:
    """What is kept of one period is not taken for another's: counted by hand for both."""
    project = Project(tmp_path).export("voices", ROWS)
    project.toml(OWN.format(source="voices", where='{ improved_on = { after = "@start" } }'))
    dataset, catalog = project.load("voices"), read_settings(project.config).catalog
    where = catalog.kpi["own"].where
    expected = {
        date(2025, 5, 2): [FALSE, FALSE, UNKNOWN, TRUE, TRUE, UNKNOWN],
        date(2025, 2, 1): [TRUE, TRUE, UNKNOWN, TRUE, TRUE, UNKNOWN],
        date(2025, 9, 1): [FALSE, FALSE, UNKNOWN, TRUE, FALSE, UNKNOWN],
    }
    for start, truths in (*expected.items(), *expected.items()):
        scope = Scope(Period.between(start, date(2025, 12, 31)), start, start)
        assert evaluate(where, dataset, catalog, scope).tolist() == truths
