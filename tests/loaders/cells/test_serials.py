"""Five digits in a date column are serials where the whole column agrees, and never by a guess."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.value import Status
from support.ledger import HEADER, ledger, ledger_book
from support.small_project import TODAY, Project, codes

FROM_1900, FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)


def serial(day: date, first: date = FROM_1900) -> str:
    """Return a day as Excel numbers it."""
    return str((day - first).days)


def eraless(day: date) -> str:
    """Return what a spreadsheet leaves of a day of 令和 in six digits."""
    return str(int(f"{day.year - 2018:02}{day:%m%d}"))


def written(day: date) -> str:
    """Return a day as people write it."""
    return f"{day.year}/{day.month}/{day.day}"


def dated(
    folder: Path, *cells: str, covers: str | None = "2025-04..2025-09", options: str = ""
) -> Dataset:
    """Return a ledger with a row received on the day that each cell names."""
    rows = [f"V{n},{cell},,苦情,1,C1" for n, cell in enumerate(cells)]
    project = ledger(folder, *rows, options=options)
    if covers is None:
        project.exports["ledger"] = [
            entry.replace(', covers = "2025-04..2025-09"', "")
            for entry in project.exports["ledger"]
        ]
    return project.load("ledger")


def days(dataset: Dataset, name: str = "on") -> list[date | None]:
    """Return the days that a column was read as, row by row."""
    return [None if day is pd.NaT else day.date() for day in dataset.frame[name]]


def causes(dataset: Dataset) -> list[str]:
    """Return the causes of the faults, in the order of the rows."""
    return [fault.kind.cause for fault in dataset.faults if fault.level == "fault"]


APRIL, MAY, JUNE = date(2025, 4, 1), date(2025, 5, 15), date(2025, 6, 30)
EARLY = [serial(day) for day in (APRIL, MAY, JUNE)]
LATE = [serial(day, FROM_1904) for day in (APRIL, MAY, JUNE)]


def test_serials_alone_are_read_where_1904_would_lie_in_the_future(tmp_path: Path) -> None:
    """45748 counted from 1904 is of 2029: nothing was received then."""
    dataset = dated(tmp_path, *EARLY, covers=None)
    assert (days(dataset), codes(dataset)) == ([APRIL, MAY, JUNE], {"D151": 3})


def test_serials_of_the_past_need_something_that_confirms_them(tmp_path: Path) -> None:
    """43922 is 2020-04-01 or 2024-04-02: coverage, or the other dates, decide; else nobody does."""
    old = [serial(date(2020, 4, 1)), serial(date(2020, 6, 1))]
    (tmp_path / "alone").mkdir()
    assert causes(dated(tmp_path / "alone", *old, covers=None)) == ["epoch", "epoch"]
    (tmp_path / "others").mkdir()
    others = dated(tmp_path / "others", *old, "2020/5/1", covers=None)
    assert days(others) == [date(2020, 4, 1), date(2020, 6, 1), date(2020, 5, 1)]
    (tmp_path / "declared").mkdir()
    rows = [f"V{n},{cell},,苦情,1,C1" for n, cell in enumerate(old)]
    project = Project(tmp_path / "declared").toml(ledger(tmp_path / "declared").tables)
    project.export("ledger", rows, header=HEADER, covers="2020-04..2020-09")
    assert days(project.load("ledger")) == [date(2020, 4, 1), date(2020, 6, 1)]


def test_lost_zeros_are_faults_and_the_figure_is_not_final(tmp_path: Path) -> None:
    """70401 is 令和7年4月1日 or 2092-09-29: no row is put out of the period in silence."""
    cells = [eraless(day) for day in (APRIL, MAY, JUNE)]
    assert cells == ["70401", "70515", "70630"]
    dataset = dated(tmp_path, *cells)
    assert (days(dataset), causes(dataset)) == ([None] * 3, ["five_digits"] * 3)
    value = ledger(tmp_path, *(f"V{n},{c},,苦情,1,C1" for n, c in enumerate(cells))).summarize("n")
    assert (value.value().status, value.value().faulty_rows) == (Status.PROVISIONAL, 3)


def test_dates_of_six_digits_speak_against_serials(tmp_path: Path) -> None:
    """Beside 070401, a cell of five digits is no serial, though its digits could be no other."""
    dataset = dated(tmp_path, "070401", "45748", "70515")
    assert causes(dataset) == ["short_year", "five_digits", "five_digits"]


@pytest.mark.parametrize("covers", [None, "2025-04..2025-09"])
def test_serials_of_a_1904_workbook_are_never_read_as_they_are(
    covers: str | None, tmp_path: Path
) -> None:
    """Read from 1900 they are of 2021: the dates written out, or the coverage, tell."""
    if covers is None:
        dataset = dated(tmp_path, *LATE, written(MAY), covers=None)
        assert days(dataset) == [None, None, None, MAY]
    else:
        dataset = dated(tmp_path, *LATE)
        assert days(dataset) == [None] * 3
    assert causes(dataset) == ["epoch_1904"] * 3


def test_what_was_declared_is_followed(tmp_path: Path) -> None:
    """The advice of the messages: `serials = 1904`, or 1900 where nothing confirms them."""
    assert days(dated(tmp_path, *LATE, options=", serials = 1904")) == [APRIL, MAY, JUNE]
    old = [serial(date(2020, 4, 1)), "40401"]
    dataset = dated(tmp_path, *old, covers=None, options=", serials = 1900")
    assert days(dataset) == [date(2020, 4, 1), date(2010, 8, 11)]
    assert codes(dataset) == {"D151": 2}


def test_a_number_of_another_column_is_no_date(tmp_path: Path) -> None:
    """48,000 yen that slipped into 受付日 is 2031-06-01: far from all others."""
    dataset = dated(tmp_path, *EARLY, "48000", written(MAY))
    assert (days(dataset), causes(dataset)) == ([APRIL, MAY, JUNE, None, MAY], ["far"])


def test_digits_of_both_kinds_are_read_near_what_is_certain(tmp_path: Path) -> None:
    """40401 is 2010-08-11 beside serials of 2010, and a fault beside those of 2025."""
    near = dated(tmp_path, "2010/8/1", "40379", "40401", covers=None)
    assert days(near) == [date(2010, 8, 1), date(2010, 7, 20), date(2010, 8, 11)]
    (tmp_path / "far").mkdir()
    assert causes(dated(tmp_path / "far", *EARLY, "40401")) == ["five_digits"]


def test_other_columns_of_the_file_follow_its_base_dates(tmp_path: Path) -> None:
    """完了日 in serials: the base dates say from which year they count."""
    (tmp_path / "written").mkdir()
    rows = [f"V1,{written(APRIL)},{serial(MAY)},苦情,1,C1", f"V2,{written(MAY)},,苦情,1,C1"]
    assert days(ledger(tmp_path / "written", *rows).load("ledger"), "done") == [MAY, None]
    (tmp_path / "serials").mkdir()
    rows = [f"V1,{serial(APRIL)},{serial(MAY)},苦情,1,C1"]
    assert days(ledger(tmp_path / "serials", *rows).load("ledger"), "done") == [MAY]
    (tmp_path / "1904").mkdir()
    rows = [f"V1,{written(APRIL)},{serial(MAY, FROM_1904)},苦情,1,C1"]
    assert causes(ledger(tmp_path / "1904", *rows).load("ledger")) == ["epoch_1904"]


def test_numbers_of_a_workbook_count_as_it_says(tmp_path: Path) -> None:
    """A cell that is no date by its format, but a number, is a serial of its own workbook."""
    rows = [["V1", 45748, None, "苦情", 1, "C1"], ["V2", 45792, None, "苦情", 1, "C1"]]
    dataset = ledger_book(tmp_path, *rows).load("ledger")
    assert (days(dataset), codes(dataset)) == ([APRIL, MAY], {"D151": 2})


def test_a_zero_that_a_workbook_ate_is_a_fault(tmp_path: Path) -> None:
    """070401 typed into a cell is stored as 70401: beside real dates, and alone."""
    beside = [
        ["V1", datetime.fromisoformat("2025-04-01"), None, "苦情", 1, "C1"],
        ["V2", 70401, None, "苦情", 1, "C1"],
        ["V3", 45792, None, "苦情", 1, "C1"],
    ]
    dataset = ledger_book(tmp_path, *beside).load("ledger")
    assert (days(dataset), causes(dataset)) == ([APRIL, None, MAY], ["five_digits"])
    (tmp_path / "alone").mkdir()
    alone = ledger_book(tmp_path / "alone", beside[1]).load("ledger")
    assert causes(alone) == ["five_digits"]


def test_rows_that_are_no_data_say_nothing(tmp_path: Path) -> None:
    """A total of 120,630 below a column of serials is no date of six digits."""
    rows = [f"V{n},{cell},,苦情,1,C1" for n, cell in enumerate(EARLY)]
    dataset = ledger(tmp_path, *rows, ",120630,,合計,3,").load("ledger")
    assert (days(dataset), dataset.accounting.not_data) == ([APRIL, MAY, JUNE], 1)


def test_a_circled_numeral_beside_a_refused_date_has_no_meaning(tmp_path: Path) -> None:
    """The file is read again: ② is not read by the date that 70401 was first taken for."""
    rows = ["E1,70401,生保,②,済,はい", "E2,45748,生保,②,済,はい"]
    dataset = Project(tmp_path).export("elderly", rows).load("elderly")
    assert [fault.kind.name for fault in dataset.faults if fault.level == "fault"] == [
        "D101.five_digits",
        "D103",
    ]
    assert dataset.frame["method"].isna().tolist() == [True, False]
    assert dataset.frame["method"].iat[1] == "複数人募集"


def test_a_date_in_the_key_that_is_refused_leaves_the_row_without_one(tmp_path: Path) -> None:
    """Two notices of one policy, on 70401, are not taken for the same."""
    rows = ["P1,70401,自動車,有,有", "P1,70401,自動車,有,無", "P2,45748,自動車,有,有"]
    dataset = Project(tmp_path).export("renewals", rows).load("renewals")
    assert (dataset.accounting.faulty, dataset.accounting.usable) == (2, 1)


STYLES: dict[str, Callable[[date], str]] = {
    "1900": serial,
    "1904": lambda day: serial(day, FROM_1904),
    "eraless": eraless,
}


@settings(max_examples=150)
@given(
    st.dates(TODAY - timedelta(days=3000), TODAY - timedelta(days=366)),
    st.lists(st.integers(0, 365), min_size=1, max_size=8),
    st.lists(st.integers(0, 365), max_size=8),
    st.sampled_from(sorted(STYLES)),
    st.booleans(),
)
def test_no_digits_are_ever_read_as_another_day(
    first: date, truth: Sequence[int], others: Sequence[int], style: str, declared: bool
) -> None:
    """Whatever the digits of a year's ledger are: the day read is the true one, or none."""
    true_days, other_days = ([first + timedelta(days=n) for n in own] for own in (truth, others))
    cells = [*map(STYLES[style], true_days), *map(written, other_days)]
    covers = f"{first:%Y-%m}..{first + timedelta(days=365):%Y-%m}" if declared else None
    with TemporaryDirectory() as folder:
        rows = [f"V{n},{cell},,苦情,1,C1" for n, cell in enumerate(cells)]
        project = Project(Path(folder)).toml(ledger(Path(folder)).tables)
        dataset = project.export("ledger", rows, header=HEADER, covers=covers).load("ledger")
    read = days(dataset)
    assert read[len(truth) :] == other_days
    for day, was in zip(read, true_days, strict=False):
        assert day in (None, was)
    if style == "1900" and declared:
        assert read[: len(truth)] == true_days
