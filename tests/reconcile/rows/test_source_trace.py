"""The rows of a source in digests: whatever is shared or passed over, each row has its own."""

import csv
import io
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.loaders.cells.readers import read_id
from kpicli.published.secret import Secret
from kpicli.reconcile.rows import source_trace
from kpicli.reconcile.rows.source_trace import trace_source
from support.small_project import HEADERS, Project

KEY = Secret(bytes(range(32)))
SIZES = {"row": 12, "cells": 6}
READ = {
    "2025/4/1": "2025-04-01", "令和7年4月1日": "2025-04-01", "2025-05-02": "2025-05-02",
    "生保": "生保", "損保": "損保", "感謝": "感謝", "不満": "不満",
    "": None, "2025/9/31": None, "存在しない": None,
}  # fmt: skip
"""What each cell is read as, written out."""
IDS = st.sampled_from(
    ["A1", "a1", "１２", "V 1", '"=""007"""', "1E-5", "2-Jan", "ソ1", "007", "V-2"]
)
LINES = st.tuples(
    IDS,
    st.sampled_from(["2025/4/1", "令和7年4月1日", "2025-05-02", "2025/9/31", ""]),
    st.sampled_from(["生保", "損保", "", "存在しない"]),
    st.sampled_from(["感謝", "不満", ""]),
)


def digest(purpose: str, parts: list[str | None]) -> str:
    """Return the digest that a record has, made by hand."""
    made = blake2b(key=KEY.key, digest_size=SIZES[purpose], person=purpose.encode())
    for part in parts:
        text = b"\0" if part is None else b"\1" + part.encode()
        made.update(len(text).to_bytes(8, "little"))
        made.update(text)
    return made.hexdigest()


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@settings(max_examples=15, deadline=None)
@given(files=st.lists(st.lists(LINES, min_size=1, max_size=8), min_size=1, max_size=3))
def test_each_row_has_the_digests_of_its_own_cells(
    tmp_path_factory: pytest.TempPathFactory,
    files: list[list[tuple[str, ...]]],
    encoding: str,
) -> None:
    """Row by row they are what its line in its file makes, in every order of columns."""
    folder = tmp_path_factory.mktemp("traced")
    project = Project(folder)
    plain: dict[str, list[list[str]]] = {}
    for number, lines in enumerate(files):
        text = "\n".join((HEADERS["voices"], *(f"{','.join(line)},," for line in lines), ""))
        (folder / f"v{number}.csv").write_bytes(text.encode(encoding))
        plain[f"v{number}.csv"] = list(csv.reader(io.StringIO(text)))
    project.exports["voices"] = [f'"v{number}.csv"' for number in range(len(files))]
    dataset = project.load("voices")
    columns = ("category", "received_on", "insurer_improved_on", "line")
    trace = trace_source(dataset, columns, KEY)
    rows = trace.rows.listed()
    assert len(rows) == len(dataset)
    for row, (key, file, digested) in enumerate(rows):
        place = dataset.place(row)
        assert dataset.files[int(str(file))].path == place.file
        cells = plain[place.file][(place.row or 0) - 1]
        name = read_id(cells[0]).value
        own = [READ[cells[3]], READ[cells[1]], None, READ[cells[2]]]
        assert key == digest("row", ["voices", None if name is None else str(name)])
        assert digested == digest("cells", own)


def test_a_key_among_the_cells_makes_each_row_its_own(tmp_path: Path) -> None:
    """A lone key has no codes: where a KPI uses it the cells are digested row by row."""
    rows = [f"V{number},2025/4/1,生保,感謝,," for number in range(3)]
    dataset = Project(tmp_path).export("voices", rows).load("voices")
    trace = trace_source(dataset, ("line", "voice_id"), KEY)
    assert trace.rows.cells.hexes() == [
        digest("cells", ["生保", f"V{number}"]) for number in range(3)
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "cp932", "iso2022_jp"])
def test_keys_are_digested_by_processes_where_there_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    """Whichever process reads a file, each row gets the digest of its own id; repeats drop out.

    One file has no rows, one is short of cells, one has ids that do not read as they are written.
    """
    project, header = Project(tmp_path), HEADERS["voices"]
    lines = [
        [f"V{number},2025/4/1,生保,感謝,," for number in range(9)],
        [],
        ["V3,2025/4/1,生保,感謝,,", "Ｖ１０,2025/4/2,生保", "ソ7,2025/4/3,損保,不満,,"],
        ["V 11,2025/4/1,生保,感謝,,"],
    ]
    for number, own in enumerate(lines):
        text = "\n".join((header, *own, ""))
        (tmp_path / f"v{number}.csv").write_bytes(text.encode(encoding))
    project.exports["voices"] = [f'"v{number}.csv"' for number in range(len(lines))]
    dataset = project.load("voices")
    monkeypatch.setattr(source_trace, "_LIKE_BYTES", 1 << 40)
    ids = [*(f"V{number}" for number in range(9)), "V10", "ソ7", "V 11"]
    keys = [digest("row", ["voices", str(read_id(name).value)]) for name in ids]
    assert trace_source(dataset, ("line",), KEY).rows.ids.hexes() == keys


def test_so_many_values_that_their_groups_have_no_number(tmp_path: Path) -> None:
    """Groups are counted anew where the values of all columns make more than 64 bits hold.

    Eleven columns of 70 values each make about 2 ** 67 groups; 70 rows stand in them.
    """
    names = [f"c{number}" for number in range(11)]
    columns = "\n".join(
        f'columns.{name} = {{ headers = ["{name}"], type = "text" }}' for name in names
    )
    cells = [[f"{(row * 7 + number) % 70}" for number in range(11)] for row in range(70)]
    lines = [",".join((f"{of}{row}", *own)) for of in "RS" for row, own in enumerate(cells)]
    text = "\n".join((",".join(("番号", *names)), *lines, ""))
    (tmp_path / "wide.csv").write_text(text, encoding="utf-8")
    project = Project(tmp_path).toml(
        '[source.wide]\ntitle = "広い表"\nkey = ["number"]\nrhythm = "continuous"\n'
        'columns.number = { headers = ["番号"], type = "id", required = true }\n'
        'columns.on = { headers = ["日"], type = "date" }\n' + columns
    )
    project.exports["wide"] = ['"wide.csv"']
    trace = trace_source(project.load("wide"), names, KEY)
    assert trace.rows.cells.hexes() == [digest("cells", list(own)) for own in cells] * 2
