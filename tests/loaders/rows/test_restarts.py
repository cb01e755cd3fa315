"""Numbers that begin again in every export are no versions of one row."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.small_project import Project, accounted, codes


def _month(month: int, rows: int, category: str = "感謝", first: int = 1) -> list[str]:
    """Return rows of お客様の声 of one month, numbered from `first`."""
    return [f"{n},2025/{month}/{n % 28 + 1},生保,{category},," for n in range(first, first + rows)]


def _project(folder: Path, *files: list[str]) -> Project:
    project = Project(folder)
    for rows in files:
        project.export("voices", rows)
    return project


def test_rows_of_numbers_that_restart_are_in_doubt(tmp_path: Path) -> None:
    """April's rows are not replaced by those of May that have their numbers."""
    project = _project(tmp_path, _month(4, 20), _month(5, 20))
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 40, "faulty": 40}
    assert codes(dataset) == {"D202": 40}
    assert {fault.kind.cause for fault in dataset.faults} == {"restart"}
    value = project.summarize("voices").value()
    assert (value.status, value.faulty_rows) == ("provisional", 40)


def test_with_the_date_in_the_key_every_row_counts(tmp_path: Path) -> None:
    """The advice works as it stands: the number and the date together tell rows apart."""
    project = _project(tmp_path, _month(4, 20), _month(5, 20), _month(6, 9))
    project.toml('[source.voices]\nextends = true\nkey = ["voice_id", "received_on"]')
    assert accounted(project.load("voices")) == {"read": 49, "usable": 49}
    assert project.summarize("voices").number() == 20 + 20 + 9


def test_parts_of_a_month_that_number_by_themselves(tmp_path: Path) -> None:
    """Two teams whose exports have the same months count their own numbers each."""
    east = [f"{n},2025/6/{n},生保,感謝,東," for n in range(1, 21)]
    west = [f"{n},2025/6/{n + 5},生保,不満,西," for n in range(1, 21)]
    dataset = _project(tmp_path, east, west).load("voices")
    assert accounted(dataset) == {"read": 40, "faulty": 40}


@pytest.mark.parametrize("moved", [1, 5, 9])
def test_some_dates_that_a_later_export_corrects(moved: int, tmp_path: Path) -> None:
    """Up to half of the rows that exports share are corrections, and the later ones count."""
    before = _month(4, 20)
    after = [f"{n},2025/5/{n},生保,感謝,," for n in range(1, moved + 1)] + before[moved:]
    dataset = _project(tmp_path, before, [*after, *_month(5, 5, first=50)]).load("voices")
    assert accounted(dataset) == {
        "read": 45,
        "usable": 25,
        "duplicate": 20 - moved,
        "superseded": moved,
    }
    assert codes(dataset) == {"D203": moved}


def test_a_few_rows_are_corrections_whatever_their_share(tmp_path: Path) -> None:
    """Two exports that share five rows may well have corrected all of them."""
    before = [*_month(4, 5), *_month(4, 9, first=100)]
    dataset = _project(tmp_path, before, _month(5, 5)).load("voices")
    assert accounted(dataset) == {"read": 19, "usable": 14, "superseded": 5}


def test_rows_that_say_when_they_were_updated_are_versions(tmp_path: Path) -> None:
    """An update goes before everything else."""
    project = Project(tmp_path).toml(
        "[source.voices]\nextends = true\n[source.voices.columns.updated_on]\n"
        'type = "date"\nheaders = "更新日"'
    )
    header = "受付番号,受付日,商品区分,声の区分,更新日"
    for month in (4, 5):
        rows = [f"{n},2025/{month}/1,生保,感謝,2025/{month}/2" for n in range(1, 21)]
        project.export("voices", rows, header=header)
    assert accounted(project.load("voices")) == {"read": 40, "usable": 20, "superseded": 20}


@settings(max_examples=25, deadline=None)
@given(shared=st.integers(1, 30), own=st.integers(1, 30), moved=st.integers(0, 30))
def test_a_file_restarts_by_most_of_what_it_shares(
    tmp_path_factory: pytest.TempPathFactory, shared: int, own: int, moved: int
) -> None:
    """By another road: more than five moved dates, and more than half of the shared rows."""
    moved = min(moved, shared)
    before = [f"{n},2025/4/1,生保,感謝,," for n in range(shared + own)]
    after = [f"{n},2025/{5 if n < moved else 4}/1,生保,感謝,," for n in range(shared)]
    dataset = _project(
        tmp_path_factory.mktemp("restarts"), before, [*after, "99,2025/9/1,生保,感謝,,"]
    ).load("voices")
    anew = moved > 5 and 2 * moved > shared
    known = accounted(dataset)
    assert known.get("faulty", 0) == (2 * moved if anew else 0)
    assert known.get("superseded", 0) == (0 if anew else moved)
    assert known["usable"] == 1 + own + shared - (moved if anew else 0)
