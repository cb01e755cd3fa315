"""The domain rule Duplicates: overlapping exports, later exports, ties and conflicts."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.loaders.rows import resolution
from kpicli.loaders.rows.resolution import KeptRows, State, resolve
from support.small_project import Project, accounted, codes

# 受付番号,受付日,商品区分,声の区分,チーム,改善日


def loaded(folder: Path, *files: list[str]) -> Project:
    """Return a project with a file of お客様の声 for each list of rows."""
    project = Project(folder)
    for rows in files:
        project.export("voices", rows)
    return project


@pytest.mark.parametrize(
    "again",
    [
        "V1,2025/6/1,生保,感謝,東,",
        "V1,2025-06-01,生保,感謝,東,",  # another style of date
        "V1,令和7年6月1日,生命保険,お褒め,東,",  # synonyms
        '="V1",2025.6.1 9:05,生保,感謝,東 ,',  # wrapped by Excel, with a time
        "Ｖ１,２０２５/６/１,生保,感謝の声, 東,　",  # full width
    ],
)
def test_same_key_and_content_count_once(again: str, tmp_path: Path) -> None:
    """Content is compared normalised: the same row in another style is a duplicate."""
    project = loaded(tmp_path, ["V1,2025/6/1,生保,感謝,東,"], [again, "V2,2025/7/1,生保,感謝,,"])
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 3, "usable": 2, "duplicate": 1}
    assert codes(dataset) == {}
    assert project.summarize("voices").number() == 2


def test_the_same_row_twice_in_one_file_counts_once(tmp_path: Path) -> None:
    """One file may hold a row twice; it counts once."""
    dataset = loaded(tmp_path, ["V1,2025/6/1,生保,感謝,,"] * 3).load("voices")
    assert accounted(dataset) == {"read": 3, "usable": 1, "duplicate": 2}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_later_export_counts_whatever_the_order_of_files(
    order: tuple[int, int], tmp_path: Path
) -> None:
    """The file whose newest base date is later wins, and the other row is superseded."""
    files = (
        ["V1,2025/6/1,生保,感謝,,", "V0,2025/6/30,生保,感謝,,"],
        ["V1,2025/6/1,生保,不満,,", "V2,2025/9/30,生保,要望,,"],
    )
    project = loaded(tmp_path, *(files[n] for n in order))
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 4, "usable": 3, "superseded": 1}
    result = project.summarize("voices").items()
    assert (result["感謝"], result["不満"], result["要望"]) == (1, 1, 1)


def test_two_contents_in_one_file_are_a_fault(tmp_path: Path) -> None:
    """Within a file no row is later; a later file does not settle what the ledger confuses."""
    project = loaded(
        tmp_path,
        ["V1,2025/6/1,生保,感謝,,", "V1,2025/6/1,生保,不満,,"],
        ["V1,2025/6/1,生保,感謝,,", "V2,2025/9/1,生保,感謝,,"],
    )
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 4, "usable": 1, "duplicate": 1, "faulty": 2}
    assert codes(dataset) == {"D202": 2}


def test_the_last_update_of_a_row_goes_before_the_age_of_its_file(tmp_path: Path) -> None:
    """Where the source declares `updated_on`, the row updated later counts."""
    project = Project(tmp_path)
    project.toml("[source.meetings]\nextends = true")
    project.toml('[source.meetings.columns]\nupdated_on = { headers = ["更新日"], type = "date" }')
    header = "会議番号,開催日,会議名,更新日"
    project.export("meetings", ["M1,2025/4/1,コンプライアンス会議,2025/10/1"], header=header)
    late = ["M1,2025/4/1,朝礼,2025/9/1", "M2,2025/9/30,朝礼,2025/10/1"]
    project.export("meetings", late, header=header)
    assert accounted(project.load("meetings")) == {"read": 3, "usable": 2, "superseded": 1}
    assert project.summarize("compliance_meetings").number() == 1


def test_a_key_of_several_columns_differs_where_any_does(tmp_path: Path) -> None:
    """A policy of two years is two notices; a participant's two attempts are two rows."""
    project = Project(tmp_path).export(
        "renewals",
        ["P1,2025/4/1,自動車,有,有", "P1,2024/4/1,自動車,無,無", "P1,2025/04/01,自動車,有,有"],
    )
    assert accounted(project.load("renewals")) == {"read": 3, "usable": 2, "duplicate": 1}


def test_equal_bytes_under_other_headers_are_another_content(tmp_path: Path) -> None:
    """Two exports that read one header differently hold different rows, alike to the letter."""
    header = "受付番号,受付日,商品区分,声の区分,チーム,日付A,日付B"
    row = "V1,2025/4/1,生保,不満,東,2025/5/1,2025/6/1"
    project = Project(tmp_path)
    for number, rows in enumerate(([row], [row, "V2,2025/4/2,生保,不満,東,,"])):
        own = f', headers = {{ improved_on = ["日付{"AB"[number]}"] }}'
        project.export("voices", rows, header=header, options=own)
    dataset = project.load("voices")
    assert accounted(dataset) == {"read": 3, "usable": 2, "superseded": 1}
    june = project.summarize("complaint_improvements", by="month")
    assert [f.value.number for f in june.summary.figures if f.by] == [0, 0, 1, 0, 0, 0]


@pytest.mark.parametrize("content", ["感謝", "苦情"])
def test_rows_with_faulty_cells_are_counted_once_too(content: str, tmp_path: Path) -> None:
    """Such a row in two overlapping exports is one row, and its faults are told once."""
    row = f"V1,2025/6/31,生保,{content},,"
    dataset = loaded(tmp_path, [row], [row, "V2,2025/9/1,生保,感謝,,"]).load("voices")
    assert accounted(dataset) == {"read": 3, "usable": 2, "duplicate": 1}
    assert codes(dataset)["D101"] == 1


def test_a_corrected_row_replaces_the_faulty_one(tmp_path: Path) -> None:
    """What a later export has repaired is no fault any more."""
    dataset = loaded(
        tmp_path,
        ["V1,2025/6/31,生保,感謝,,"],
        ["V1,2025/6/30,生保,感謝,,", "V2,2025/9/1,生保,感謝,,"],
    ).load("voices")
    assert accounted(dataset) == {"read": 3, "usable": 2, "superseded": 1}
    assert codes(dataset) == {"D203": 1}


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=2, max_size=8))
def test_of_rows_with_one_key_one_counts_or_all_contents_are_in_conflict(
    rows: list[tuple[int, int]],
) -> None:
    """Whatever files and contents share a key, one row is left, or one of each content is."""
    group = np.arange(len(rows), dtype=np.int64)
    resolution = resolve(
        [group],
        lambda row: rows[row][0],
        lambda row: (rows[row][1],),
        lambda row: (0, rows[row][0]),
    )
    left = [row for row in range(len(rows)) if row not in resolution.dropped]
    contents = {content for _, content in rows}
    if resolution.conflicts:
        assert {row for row, _ in resolution.conflicts} == set(left)
        assert sorted(rows[row][1] for row in left) == sorted(contents)
    else:
        newest = max(file for file, _ in rows)
        assert [rows[row][1] for row in left] == list({c for file, c in rows if file == newest})
    assert set(resolution.dropped.values()) <= {State.DUPLICATE, State.SUPERSEDED}


def test_nothing_says_how_late_a_file_of_unread_dates_is(tmp_path: Path) -> None:
    """Serials of an unknown year: of two rows of one id neither replaces the other."""
    dataset = loaded(
        tmp_path,
        [f"V{n},{44166 + n},生保,感謝,," for n in range(6)],
        ["V1,2024/12/2,生保,不満,,", "V9,2024/9/1,生保,感謝,,"],
    ).load("voices")
    assert accounted(dataset) == {"read": 8, "usable": 6, "faulty": 2}


@given(marks=st.lists(st.booleans(), max_size=40), data=st.data())
def test_kept_rows_are_where_they_are_marked(marks: list[bool], data: st.DataObject) -> None:
    """One by one, some, a part or all: whatever is left out before, between and behind them."""
    expected = [place for place, marked in enumerate(marks) if marked]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolution, "_AT_ONCE", 7)
        kept = KeptRows.of(np.array(marks, np.bool_))
        assert len(kept) == len(expected)
        assert kept.array().tolist() == expected
    assert [kept[row] for row in range(len(kept))] == expected
    rows = data.draw(st.lists(st.sampled_from(range(len(kept))))) if expected else []
    assert kept[np.array(rows, np.int64)].tolist() == [expected[row] for row in rows]
    start, stop = sorted(data.draw(st.tuples(*[st.integers(0, len(marks))] * 2)))
    assert kept.between(min(start, len(kept)), stop).tolist() == expected[start:stop]
    assert len(kept.gaps) == len(marks) - len(expected)
