"""Rows that are no data: totals in every spelling, notes, footers, and the header once more."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from kpicli.loaders.rows.dataset import Dataset
from kpicli.loaders.text import delimited, text_block
from kpicli.loaders.text.spans import NotSimple
from kpicli.values.number_reading import is_total
from support.engines import ENGINES, loaded, small
from support.small_project import HEADERS, Project, accounted, codes

ROW = "V1,2025/4/1,生保,感謝,,"


def refuse(*_: object, **__: object) -> None:
    """Refuse every span, so that the exact reader reads the file."""
    raise NotSimple


def read_by_all(
    source: str, rows: Sequence[str], folder: Path, patch: pytest.MonkeyPatch
) -> Dataset:
    """Return what every engine, span by span, and the exact reader agree on."""
    project = Project(folder).export(source, rows, covers=None)
    dataset = project.load(source)
    others = [loaded(folder / "kpicli.toml", small(engine))[source] for engine in ENGINES]
    with patch.context() as patched:
        for module in (delimited, text_block):
            patched.setattr(module, "read_span", refuse)
        others.append(loaded(folder / "kpicli.toml")[source])
    for other in others:
        assert accounted(other) == accounted(dataset)
        assert [(f.kind, f.place, f.count) for f in other.faults] == [
            (f.kind, f.place, f.count) for f in dataset.faults
        ]
    return dataset


@pytest.mark.parametrize(
    "text", ["合計", "合 計", "小計", "総計", "総合計", "計", "集計", "合計:60件", "合計 1,234"]
)
def test_total_words(text: str) -> None:
    """However they are spaced, with their number in the same cell or not."""
    assert is_total(text)


@pytest.mark.parametrize("text", ["Total", "Grand Total", "subtotal", "S001 集計", "生保 小計"])
def test_total_words_of_programs(text: str) -> None:
    """As Excel's subtotals and foreign programs write them."""
    assert is_total(text)


@pytest.mark.parametrize("text", ["", "合計額", "計画", "統計", "V1", "設計", "totals", "60件"])
def test_other_words_are_no_totals(text: str) -> None:
    """Nor is a number alone."""
    assert not is_total(text)


@pytest.mark.parametrize(
    "row", ["合　計,60", "V1 集計,,1", "計,2025/4/1", "総計:1件", "合計,1件,,,,"]
)
def test_total_rows_are_no_data(row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever their width, and wherever their number stands."""
    dataset = read_by_all("voices", [ROW, row], tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 2, "usable": 1, "not_data": 1}
    assert codes(dataset) == {}


@pytest.mark.parametrize("total", ["合計,4件,,,", "合計,4,,,", "合　計,,4", "P9 集計,4"])
def test_the_count_of_a_total_row_may_stand_under_the_key(
    total: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Renewals go by number and day: the count under the day is none."""
    rows = [f"P{number},2025/5/1,自動車,有,有" for number in range(4)]
    dataset = read_by_all("renewals", [*rows, total], tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 5, "usable": 4, "not_data": 1}
    assert codes(dataset) == {}


FOOTERS = [
    "以上",
    "出典:お客様の声台帳",
    "1)　一部の店舗は含まれていない。",
    "Copyright (c) 2000-2025 example. All rights reserved.",
    "Confidential Information - Do Not Distribute",
    "お客様の声一覧",
    "作成者:  S001  2025/10/01 9:00",
    "※,店舗別の内訳は別紙",
    ",,,,以上",
    "以上,,,,,",
]


@pytest.mark.parametrize("footer", FOOTERS)
def test_notes_are_no_data(footer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line without base date of one cell that is no id is counted as a note, and told."""
    dataset = read_by_all("voices", [ROW, "", footer], tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 3, "usable": 1, "not_data": 2}
    assert codes(dataset) == {"D315": 1}
    assert dataset.faults[0].place.row == 4


def test_notes_are_told_once_with_their_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a file are one finding."""
    dataset = read_by_all("voices", [ROW, *FOOTERS], tmp_path, monkeypatch)
    assert [(f.kind.code, f.count) for f in dataset.faults] == [("D315", len(FOOTERS))]


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("V2", "D154"),  # an id is a row
        ("V2,4月1日ごろ", "D101"),
        ("以上,2025/4/1", None),  # it has its day
        (",2025/4/1", "D201"),
        (",,生保,感謝", "D201"),
        ("V2,,,,店舗,", "D154"),
    ],
)
def test_a_row_is_never_taken_for_a_note(
    row: str, fault: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What has an id, a day or several cells is a row, with its own fault where it has one."""
    dataset = read_by_all("voices", [ROW, row], tmp_path, monkeypatch)
    assert accounted(dataset).get("not_data", 0) == 0
    assert "D315" not in codes(dataset)
    assert fault is None or fault in codes(dataset)


def test_who_is_in_a_register_is_no_note(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register knows no day: its rows may be an id alone; a marked line is a note."""
    rows = ["S001,損保-1課,2025/4/1,", "職員A", "S002", "以上", "※ 4月1日現在"]
    dataset = read_by_all("staff", rows, tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 5, "usable": 1, "faulty": 2, "not_data": 2}
    assert codes(dataset) == {"D201": 2, "D315": 2, "D317": 2}


def test_a_note_below_a_register_whose_first_column_is_no_key(tmp_path: Path) -> None:
    """A marked line stands in whatever column comes first."""
    header = "在籍開始日,職員番号,チーム,在籍終了日"
    rows = ["2025/4/1,S001,損保-1課,", "※ 個人情報につき取扱注意,,,", "以上"]
    dataset = Project(tmp_path).export("staff", rows, header=header, covers=None).load("staff")
    assert accounted(dataset) == {"read": 3, "usable": 1, "not_data": 2}
    assert codes(dataset)["D315"] == 2


def test_the_sign_at_the_end_of_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Old programs write Ctrl-Z behind the last row: it is nothing."""
    dataset = read_by_all("voices", [ROW, "\x1a"], tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 2, "usable": 1, "not_data": 1}
    assert codes(dataset) == {}


@pytest.mark.parametrize("again", [HEADERS["voices"], "受付番号,受 付 日,商品区分,声の区分"])
def test_the_header_once_more(again: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two exports in one file the second header is no row, and is told once."""
    rows = [ROW, again, "V2,2025/4/1,生保,感謝,,", again]
    dataset = read_by_all("voices", rows, tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 4, "usable": 2, "not_data": 2}
    assert [(f.kind.code, f.count) for f in dataset.faults if f.kind.code != "D317"] == [
        ("D316", 2)
    ]


def test_the_header_of_a_register_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A register without a day has it by its key."""
    rows = ["S001,損保-1課,2025/4/1,", HEADERS["staff"]]
    dataset = read_by_all("staff", rows, tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 2, "usable": 1, "not_data": 1}


def test_cells_left_out_at_the_end_of_rows_are_blank(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As Excel leaves them out; the rows are counted in one note, at the first of them."""
    full = [f'"V{n}",2025/4/1,生保,"感謝",,' for n in range(40)]
    short = [f'"V{n}",2025/4/2,生保,感謝' for n in range(40, 90)]
    dataset = read_by_all("voices", [*full, *short], tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 90, "usable": 90}
    assert [(f.kind.code, f.count, f.place.row) for f in dataset.faults] == [("D317", 50, 42)]
    whole = Project(tmp_path / "whole")
    whole.folder.mkdir()
    filled = whole.export("voices", [*full, *(f"{row},," for row in short)]).load("voices")
    assert codes(filled) == {}
    again = Project(tmp_path / "both")
    again.folder.mkdir()
    both = again.export("voices", short).export("voices", [f"{row},," for row in short])
    assert accounted(both.load("voices")) == {"read": 100, "usable": 50, "duplicate": 50}


def test_a_row_that_is_too_long_is_an_error(tmp_path: Path) -> None:
    """However short others are: a comma too many shifts what stands behind it."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝", f"{ROW},,x"])
    with pytest.raises(Exception, match="line 3") as caught:
        project.load("voices")
    assert type(caught.value).__name__ == "InputError"


@pytest.mark.parametrize(
    "row",
    [
        "（番号）,（日付）,,（区分）,,",
        ",（年月日）,,,（人）,",
        "-,年/月/日,-,-,名,yyyy/mm/dd",
        ",単位:日,,,,単位：日",
        "[No],〔日〕,【種別】,<種別>,,",
        "件,日,,,千円",
    ],
)
def test_rows_of_units_are_no_data(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In brackets, as words or as 単位:円, with dashes where there is none."""
    dataset = read_by_all("voices", [row, ROW, row], tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 3, "usable": 1, "not_data": 2}
    assert [(f.kind.code, f.place.row, f.count) for f in dataset.faults] == [("D319", 2, 2)]


@pytest.mark.parametrize(
    "row",
    [
        "V2,（日付）,,,,",
        ",（日付）,生保,,,",
        "-,,-,-,,",
        ",2025/4/1,（件）,（件）,,",
        "（件）,未定",
    ],
)
def test_what_is_more_than_units_stays_a_row(
    row: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An id, a code, a date, a word for nothing, or dashes alone: better told as a faulty row."""
    dataset = read_by_all("voices", [ROW, row], tmp_path, monkeypatch)
    assert "not_data" not in accounted(dataset)
    assert codes(dataset)


@pytest.mark.parametrize("total", ["Total,1", "TOTAL", "Subtotal,,,1", "total:1,,,,,"])
def test_english_totals_under_a_lone_key(
    total: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Letters alone look like an id to whoever reads bytes: every reader has to know them."""
    dataset = read_by_all("voices", [ROW, total], tmp_path, monkeypatch)
    assert accounted(dataset) == {"read": 2, "usable": 1, "not_data": 1}


def test_the_five_lines_of_salesforce(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In either language: title, copyright, confidence, author and agency."""
    footers = (
        ["お客様の声", "著作権 (c) 2000-2025 salesforce.com, inc.", "機密情報 - 社外秘"],
        ["Voices", "Copyright (c) 2000-2025 salesforce.com", "Confidential Information"],
    )
    for number, footer in enumerate(footers):
        own = [f'"{line}"' for line in (*footer, "作成者:  S001 2025/10/01 9:00", "Agency")]
        (tmp_path / str(number)).mkdir()
        dataset = read_by_all("voices", [ROW, "", "", *own], tmp_path / str(number), monkeypatch)
        assert accounted(dataset) == {"read": 8, "usable": 1, "not_data": 7}
        assert [(f.kind.code, f.count) for f in dataset.faults] == [("D315", 5)]
