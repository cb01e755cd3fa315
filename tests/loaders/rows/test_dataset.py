"""What a dataset is to those who keep it: whole on its own, and fit to travel."""

import csv
import hashlib
import io
import operator
import pickle
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest

from kpicli.loaders.cells.column_codes import NO_DAY
from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/5/1,損保,不満,,2025/6/1"]


def test_what_was_loaded_needs_its_files_no_more(tmp_path: Path) -> None:
    """Their SHA-256 is known by then, whatever becomes of them."""
    project = Project(tmp_path).export("voices", VOICES)
    digests = {hashlib.sha256(file.read_bytes()).hexdigest() for file in tmp_path.glob("*.csv")}
    dataset = project.load("voices")
    for file in tmp_path.glob("*.csv"):
        file.unlink()
    assert {file.sha256 for file in dataset.files} == digests


def test_it_travels(tmp_path: Path) -> None:
    """Pickled, it is the same rows, files and figures' columns."""
    dataset = Project(tmp_path).export("voices", VOICES).load("voices")
    copy = pickle.loads(pickle.dumps(dataset))
    assert (copy.files, copy.accounting) == (dataset.files, dataset.accounting)
    assert copy.frame.equals(dataset.frame)


def test_the_frame_has_the_types_of_its_columns(tmp_path: Path) -> None:
    """Codes are categories, dates dates, numbers floats and ids texts, also where none is filled.

    A cell that is blank or cannot be read is NA, and its row says that it is in doubt.
    """
    source = """[source.sales]
title = "手数料"
key = ["number"]
rhythm = "continuous"
columns.number = { headers = ["番号"], type = "id", required = true }
columns.sold_on = { headers = ["成立日"], type = "date" }
columns.amount = { headers = ["金額"], type = "number" }
columns.line = { headers = ["商品区分"], type = "code", codes = "line" }
columns.office = { headers = ["店"], type = "id" }
columns.memo = { headers = ["摘要"], type = "text" }
"""
    (tmp_path / "sales.csv").write_text(
        "番号,成立日,金額,商品区分,店,摘要\n"
        'A1,2025/4/1,"1,200.5",生保,007,新規\n'
        "A2,2025/9/31,,損保,,\n"
        "A3,,300,,008,\n",
        encoding="utf-8",
    )
    project = Project(tmp_path).toml(source)
    project.exports["sales"] = ['"sales.csv"']
    frame = project.load("sales").frame
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "sold_on": "datetime64[s]",
        "amount": "float64",
        "line": "category",
        "office": "str",
        "memo": "str",
        "@faulty": "bool",
        "@file": "int64",
        "@row": "int64",
    }
    day = pd.Timestamp(2025, 4, 1)
    assert frame.iloc[0].tolist() == [day, 1200.5, "生保", "007", "新規", False, 0, 0]
    assert frame["line"].cat.categories.dtype == "str"
    assert frame.isna().sum(axis=1).tolist() == [0, 4, 3]
    assert frame["@faulty"].tolist() == [False, False, False]  # no key is broken
    (tmp_path / "sales.csv").write_text("番号,成立日,金額,商品区分,店,摘要\n", encoding="utf-8")
    empty = project.load("sales").frame
    assert (len(empty), empty.dtypes.map(str).equals(frame.dtypes.map(str))) == (0, True)


def test_cells_come_back_as_the_files_have_them(tmp_path: Path) -> None:
    """Rows of several files, in any order and twice, say what a reader of csv says of them."""
    header = "受付番号,受付日,商品区分,声の区分,契約者番号,完了日,内容"
    files = [
        [f'V{n}-{row},2025/4/{row + 1},生保,感謝,,,"{n},\n{row}"' for row in range(9)]
        for n in range(3)
    ]
    project = Project(tmp_path)
    for lines in files:
        project.export("voices", lines, header=header)
    dataset = project.load("voices")
    plain = [each for lines in files for each in csv.reader(io.StringIO("\n".join(lines)))]
    rows = [26, 0, 13, 13, 9, 8, 1]
    names = ["content", "voice_id", "deadline", "line"]
    there = [6, 0, None, 2]
    expected = [["" if p is None else plain[row][p] for row in rows] for p in there]
    assert dataset.raw(rows, names) == expected
    assert dataset.raw([], names) == [[], [], [], []]
    assert [dataset.place(row).row for row in rows] == [row % 9 + 2 for row in rows]


def test_codes_of_another_dataset_are_those_of_the_same_value(tmp_path: Path) -> None:
    """A staff number is found there by its value; one that is not there has -1.

    Another dataset has codes of its own. Asked twice, it is the same.
    """
    project = Project(tmp_path).export(
        "explanations",
        [f"X{n},2025/5/1,C1,高額療養費制度,有,生保,{s}" for n, s in enumerate(("S2", "S9", "S1"))],
    )
    project.export("staff", ["S1,生保,2020/4/1,", "S2,生保,2020/4/1,"], covers=None)
    (tmp_path / "other").mkdir()
    other = Project(tmp_path / "other").export("staff", ["S9,生保,2020/4/1,"], covers=None)
    log = project.load("explanations")
    for register in (project.load("staff"), other.load("staff"), project.load("staff")):
        codes = log.codes_in("staff", register)
        expected = {value: code for code, value in enumerate(register.column("staff").values)}
        assert log.column("staff").values == ("S2", "S9", "S1")
        assert codes.tolist() == [expected.get(value, -1) for value in ("S2", "S9", "S1")]
        assert log.codes_in("staff", register) is codes


def test_days_are_those_of_the_column_and_of_what_moves_them(tmp_path: Path) -> None:
    """Whatever was asked before; blank dates have none, and what is kept cannot be written to."""
    dataset = Project(tmp_path).export("voices", VOICES).load("voices")
    first = date(1970, 1, 1)
    received = [(day - first).days for day in (date(2025, 4, 1), date(2025, 5, 1))]
    improved = [NO_DAY, (date(2025, 6, 1) - first).days]

    def moved(by: int) -> list[int]:
        move = partial(operator.add, timedelta(by))
        return [*dataset.days("received_on", move, moved_by=by).array().tolist()]

    for _ in range(2):
        assert dataset.days("received_on").array().tolist() == received
        assert moved(7) == [day + 7 for day in received]
        assert moved(1) == [day + 1 for day in received]
        assert dataset.days("improved_on").array().tolist() == improved
    with pytest.raises(ValueError, match="read-only"):
        dataset.days("received_on").by_code[0] = 0


def test_days_are_coded_in_their_order(tmp_path: Path) -> None:
    """However they come in the file, so that what lies between two days is a run of codes."""
    rows = [f"V{n},2025/{month}/1,生保,苦情" for n, month in enumerate((6, 4, 9, 4, 5))]
    days = Project(tmp_path).export("voices", rows).load("voices").days("received_on")
    assert days.codes.tolist() == [2, 0, 3, 0, 1]
    assert days.array().tolist() == [
        (date(2025, month, 1) - date(1970, 1, 1)).days for month in (6, 4, 9, 4, 5)
    ]


def test_truths_are_those_of_what_is_asked_and_of_its_tables(tmp_path: Path) -> None:
    """What is kept is worked out once, left when many others are asked for, and not written to."""
    dataset = Project(tmp_path).export("voices", VOICES).load("voices")
    tables, others = object(), object()
    worked_out: list[tuple[int, object]] = []

    def truths(number: int, own: object) -> list[int]:
        def evaluate() -> npt.NDArray[np.int8]:
            worked_out.append((number, own))
            return np.full(len(dataset), number + (own is others), np.int8)

        return list(dataset.truths_of(number, own, evaluate))

    for _ in range(2):
        assert truths(1, tables) == [1, 1]
        assert truths(2, tables) == [2, 2]
    assert worked_out == [(1, tables), (2, tables)]
    assert truths(1, others) == [2, 2]
    assert truths(1, tables) == [1, 1]
    for number in range(3, 20):
        assert truths(number, tables) == [number, number]
    worked_out.clear()
    assert truths(1, tables) == [1, 1]
    assert worked_out == [(1, tables)]
    with pytest.raises(ValueError, match="read-only"):
        dataset.truths_of(1, tables, lambda: np.zeros(2, np.int8))[0] = 0
