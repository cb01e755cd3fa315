"""Overlapping exports that repeat rows in their order: whole stretches are compared at once."""

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.rows import same_key
from kpicli.loaders.rows.joining import Joined
from support.small_project import Project, accounted

TEAMS = ("", "東", "東東")
OLD = [f"V{n},2025/4/{1 + n % 30},生保,感謝,{TEAMS[n % 3]}," for n in range(90)]
LATER = "V999,2025/9/1,損保,感謝,,"
"""Makes a file another one: the same bytes under two names are one file."""
CHANGES = st.dictionaries(
    st.integers(0, len(OLD) - 1),
    st.sampled_from(["same length", "longer", "gone", "again", "other style"]),
    max_size=12,
)


def changed(row: str, how: str) -> list[str]:
    """Return what the newer export has instead of a row."""
    return {
        "same length": [row.replace("感謝", "不満")],
        "longer": [row + "2025/5/1"],
        "gone": [],
        "again": [row, row],
        "other style": [row.replace("/", "-")],
    }[how]


@given(CHANGES, st.integers(0, 60), st.sampled_from([3, 1024]))
def test_an_export_that_repeats_another(changes: dict[int, str], first: int, long: int) -> None:
    """Each old row is repeated, replaced or alone, however the newer export differs."""
    kept = [row for row in enumerate(OLD) if row[0] >= first]
    new = [changed(row, changes[n]) if n in changes else [row] for n, row in kept]
    rows = [row for several in new for row in several]
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(same_key, "_LONG", long)
        patch.setattr(same_key, "_SHORT", 2)
        project = Project(Path(folder)).export("voices", OLD)
        project.export("voices", [*rows, LATER])
        dataset = project.load("voices")
    told = Counter(changes.get(number, "same") for number, _ in kept)
    replaced = told["same length"] + told["longer"]
    expected = {
        "read": len(OLD) + len(rows) + 1,
        "duplicate": told["same"] + told["other style"] + 2 * told["again"],
        "superseded": replaced,
        "usable": len(OLD) + 1,
    }
    assert accounted(dataset) == {name: count for name, count in expected.items() if count}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Collect how many rows of text are read at a time to compare them."""
    counts: list[int] = []

    def counting(self: Joined, first: int, count: int) -> object:
        counts.append(count)
        return records(self, first, count)

    records = Joined.records
    monkeypatch.setattr(Joined, "records", counting)
    return counts


def test_rows_in_the_same_order_are_compared_together(tmp_path: Path, asked: list[int]) -> None:
    """A whole export repeated is two readings, one of each file."""
    project = Project(tmp_path).export("voices", OLD).export("voices", [*OLD, LATER])
    assert accounted(project.load("voices")) == {"read": 181, "usable": 91, "duplicate": 90}
    assert asked == [90, 90]


def test_rows_in_another_order_are_found_too(tmp_path: Path, asked: list[int]) -> None:
    """No row follows the same row as in the other file, and each file is read once for all."""
    dataset = Project(tmp_path).export("voices", OLD).export("voices", OLD[::-1]).load("voices")
    assert accounted(dataset) == {"read": 180, "usable": 90, "duplicate": 90}
    assert asked == [90, 90]


def test_other_line_ends_and_other_columns_are_no_other_rows(tmp_path: Path) -> None:
    """Bytes that differ, or mean something else, are looked at cell by cell."""
    project = Project(tmp_path).export("voices", OLD).export("voices", OLD)
    header = "受付番号,受付日,声の区分,商品区分,チーム,改善日"
    swapped = [",".join((*row.split(",")[:2], "感謝", "生保", *row.split(",")[4:])) for row in OLD]
    project.export("voices", swapped, header=header)
    file = tmp_path / "voices1.csv"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 270, "usable": 90, "duplicate": 180}


def test_equal_bytes_of_other_meaning_are_not_alike(tmp_path: Path) -> None:
    """Where the settings read a word otherwise in one export, the rows are not the same."""
    rows = [row.replace("感謝", "○") for row in OLD]
    project = Project(tmp_path)
    project.export("voices", rows, options=', synonyms = { "category" = { "感謝" = ["○"] } }')
    rows = [*rows, LATER]
    project.export("voices", rows, options=', synonyms = { "category" = { "不満" = ["○"] } }')
    assert accounted(project.load("voices")) == {"read": 181, "usable": 91, "superseded": 90}
