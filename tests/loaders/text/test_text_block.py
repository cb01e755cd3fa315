"""What pyarrow returns is held against the bytes."""

import csv
import io
from itertools import chain, product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kpicli.base.errors import InputError
from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells import columns as columns_module
from kpicli.loaders.cells.raw_table import RawBlock
from kpicli.loaders.rows.dataset import Dataset
from kpicli.loaders.text import text_block
from kpicli.loaders.text.delimited import open_text, read_delimited
from kpicli.loaders.text.record_index import RecordIndex
from kpicli.loaders.text.spans import NotSimple
from kpicli.loaders.text.text_block import OpenText, read_span
from support.delimited_texts import SOURCE, column, export
from support.small_project import Project


def test_cp932_trail_bytes_do_not_split_cells() -> None:
    """Characters whose second byte is a backslash or a bar (ソ表) are no special signs."""
    content = '受付番号,受付日,声の区分\nソ,表,"能ポ"\n'.encode("cp932")
    table = read_delimited(export(content), SOURCE)
    assert [column(table, name) for name in table.headers] == [["ソ"], ["表"], ["能ポ"]]


def test_what_pyarrow_would_misread_is_refused() -> None:
    """An unclosed quote in the last column and text after a quote stop the run, by line."""
    head = "受付番号,受付日\n"
    with pytest.raises(InputError, match="quote that opens on line 3 is never closed"):
        read_delimited(export(f'{head}V1,a\nV2,"b\nV3,c\n'.encode()), SOURCE)
    with pytest.raises(InputError, match="text follows a closing quote on line 2"):
        read_delimited(export(f'{head}V1,"2"x\n'.encode()), SOURCE)
    with pytest.raises(InputError, match=r"line 3 \(record 3\) has 3 cells, the header has 2"):
        read_delimited(export(f"{head}V1,a\nV2,b,c\n".encode()), SOURCE)


def test_another_row_count_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pyarrow returns fewer rows than the bytes hold, the exact reader reads the file."""
    parsed = text_block._parsed
    monkeypatch.setattr(text_block, "_parsed", lambda *a: parsed(*a).slice(1))
    table = read_delimited(export("受付番号,受付日\nV1,a\nV2,b\n".encode()), SOURCE)
    assert column(table, "voice_id") == ["V1", "V2"]


ONE_COLUMN = Source(
    id="voices",
    title="お客様の声",
    key=("voice_id",),
    rhythm="continuous",
    columns={
        "voice_id": Column(headers=("受付番号",), type="id", required=True),
        "received_on": Column(headers=("受付日",), type="date"),
    },
)


@pytest.mark.parametrize("header", ["受付番号", "受付番号,受付日"])
def test_every_short_text_is_read_as_by_the_csv_module(header: str) -> None:
    """All texts of four signs: quotes, blanks, line ends and rows of any width, in one span."""
    width = header.count(",") + 1
    for signs in chain.from_iterable(product('a",\n \r', repeat=n) for n in range(5)):
        text = f"{header}\n{''.join(signs)}"
        opened = open_text(export(text.encode()), ONE_COLUMN)
        assert opened is not None
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
        except csv.Error:
            rows = None
        if rows is None or any(cell.strip() for row in rows for cell in row[width:]):
            with pytest.raises(NotSimple):
                read_spans(opened)
            continue
        ((block, _),) = read_spans(opened)
        assert block.cells(range(block.rows)) == [tuple(row) for row in rows]
        backwards = range(block.rows)[::-1]  # each then stands before another than in the file
        assert block.cells(backwards) == [tuple(row) for row in reversed(rows)], repr(text)
        for name, place in opened.positions.items():
            raw = block.columns[name]
            cells = [raw.distinct[code] for code in raw.codes]
            assert cells == ["".join(row[place : place + 1]) for row in rows], repr(text)


WRITTEN = st.sampled_from(
    ["", "V1", "声", " ", "　", '""', '"a,b"', '" "', '"x\r\ny"', '"say ""so"""', "-", "5"]
)


@given(
    rows=st.lists(st.lists(WRITTEN, min_size=1, max_size=5), min_size=1, max_size=9),
    ends=st.sampled_from(["\n", "\r\n", "\r"]),
    last=st.booleans(),
    encoding=st.sampled_from(["utf-8", "cp932"]),
    header=st.sampled_from(["受付番号", "受付番号,受付日", "受付番号,受付日,x,"]),
)
def test_rows_of_any_width(
    rows: list[list[str]], ends: str, last: bool, encoding: str, header: str
) -> None:
    """Rows that end early are filled with blanks, those with blanks too many are cut.

    Cells, short rows and empty lines are those that the csv module and a loop over them find.
    """
    width = header.count(",") + 1
    text = ends.join([header, *map(",".join, rows)]) + (ends if last else "")
    opened = open_text(replace(export(text.encode(encoding)), encoding=encoding), ONE_COLUMN)
    assert opened is not None
    plain = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    if any(cell.strip() for cells in plain for cell in cells[width:]):
        with pytest.raises(NotSimple):
            read_spans(opened)
        return
    ((block, index),) = read_spans(opened)
    assert block.cells(range(block.rows)) == [tuple(cells) for cells in plain]
    for name, place in opened.positions.items():
        raw = block.columns[name]
        assert [raw.distinct[code] for code in raw.codes] == [
            "".join(cells[place : place + 1]) for cells in plain
        ]
    if any(max(len(cells), 1) != width for cells in plain):
        named = len(header.rstrip(",").split(","))
        assert list(block.short) == [
            number
            for number, cells in enumerate(plain)
            if len(cells) < named and "".join(cells).strip()
        ]
        assert index.empty == sum(not "".join(cells).strip() for cells in plain if len(cells) < 2)


def read_spans(opened: OpenText) -> list[tuple[RawBlock, RecordIndex]]:
    """Return all spans, which of a short text is one."""
    return [read_span(opened, span, ONE_COLUMN) for span in opened.spans()]


ODD_IDS = (
    *(
        "合計",
        "Total",
        "TOTAL 3",
        "小計",
        "該当なし",
        "-",
        "--",
        "",
        " ",
        "なし",
        "（件）",
        "y",
        "~",
    ),
    *('"=""0012"""', "1E-5", "1-2", "2-Jan", "Ｃ００１", "C 1", "c1", "#REF!", "Err:502", "12:30"),
    *("証券番号", "契約者番号", "※ 参考", "nil", "S1", "G-1", "tT", "0", "00", "1.0", "円"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@pytest.mark.parametrize("seed", range(6))
def test_ids_that_stay_bytes_read_as_texts_do(
    seed: int, encoding: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands among them, in the key of a register and in another column of ids."""
    random = Random(seed)
    odd = [] if seed == 0 else [*random.sample(ODD_IDS, 4 * seed - 3)]
    ids = [*(f"S{n:05}" for n in range(40)), *(f"C{'-' * (seed % 2)}{n}" for n in range(40)), *odd]
    rows = [
        f"{random.choice(ids)},2025/{n % 12 + 1}/1,,解約,生保,{n},{random.choice(ids)}"
        for n in range(150)
    ]
    project = Project(tmp_path).toml('catalogue = ["policies"]')
    header = "証券番号,契約日,消滅日,消滅事由,保険種類,保険料,契約者番号"
    project.export("policies", rows, header=header, covers=None, options=AS_OF)
    file = tmp_path / "policies0.csv"
    file.write_bytes(file.read_text("utf-8").encode(encoding))
    texts = content(project.load("policies"))
    monkeypatch.setattr(text_block, "_MANY", 1)
    monkeypatch.setattr(columns_module, "_MANY_IDS", 1)
    assert content(project.load("policies")) == texts


AS_OF = ", as_of = 2025-09-30, keeps_ended = true"


def content(dataset: Dataset) -> list[object]:
    """Return what a dataset says of its rows, column by column, and its accounting and faults."""
    columns = [
        [None if code < 0 else own.values[code] for code in own.codes.tolist()]
        for own in map(dataset.column, dataset.columns)
    ]
    unreadable = {name: rows.tolist() for name, rows in dataset.unreadable.items()}
    values = [own.values for own in map(dataset.column, dataset.columns)]
    return [
        columns,
        values,
        unreadable,
        dataset.faulty.tolist(),
        dataset.accounting,
        dataset.faults,
    ]
