"""A Parquet file gives what the same cells in a CSV give, and its rows are found again."""

import csv
import io
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from msgspec.structs import replace

from kpicli.base.errors import InputError
from kpicli.base.faults import Place
from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.files.content import open_content
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.parquet import opened
from kpicli.loaders.parquet.parquet_table import ParquetTable, read_grid, read_parquet
from kpicli.loaders.rows.dataset import Dataset
from kpicli.settings.settings import read_settings
from support.engines import ENGINES, loaded, small
from support.messy_export import messy
from support.parquet_files import write_columns
from support.zips import zipped

VOICES: dict[str, Any] = {
    "受付番号": ["V1", "V2", "V3"],
    "受付日": [date(2025, 4, 1), None, date(2025, 5, 2)],
    "商品区分": ["損保", "生保", "損保"],
    "声の区分": ["感謝", "不満", "感謝"],
    "点": pa.array([b"1", b"2", b"3"]),
}


def table(tmp_path: Path, columns: dict[str, Any], rows: int | None = None) -> ParquetTable:
    """Return a file of these columns as read for the voices, by row groups of so many rows."""
    path = write_columns(tmp_path / "v.parquet", columns, rows)
    (tmp_path / "kpicli.toml").write_text("[exports]\n", encoding="utf-8")
    source = read_settings(tmp_path / "kpicli.toml").catalog.source["voices"]
    file = ExportFile(str(path), "v.parquet", open_content(path, "v.parquet"))
    return read_parquet(file, source, frozenset())


@pytest.mark.parametrize("rows", [1, 2, None])
def test_rows_and_places(tmp_path: Path, rows: int | None) -> None:
    """Rows come by number in any order, whatever their groups; the first is row 2."""
    read = table(tmp_path, VOICES, rows)
    assert (read.rows, read.title_rows, read.encoding, read.sheet) == (3, 0, None, None)
    assert read.cells([2, 0, 2]) == [
        ["V3", date(2025, 5, 2), "損保", "感謝", "33"],  # what no cell is of is shown as digits
        ["V1", date(2025, 4, 1), "損保", "感謝", "31"],
        ["V3", date(2025, 5, 2), "損保", "感謝", "33"],
    ]
    assert read.column_cells([1, 0], ["received_on", "voice_id"]) == [
        [None, date(2025, 4, 1)],
        ["V2", "V1"],
    ]
    assert read.place(0, "category") == Place("v.parquet", row=2, column="声の区分")
    assert read.place(2, None) == Place("v.parquet", row=4)
    assert read.cells([]) == []
    blocks = list(read.blocks(free_text=True))
    assert sum(block.rows for block in blocks) == 3
    assert blocks[-1].cells([blocks[-1].rows - 1])[0][0] == "V3"
    assert read_grid(read.content, "v.parquet")[:2] == [
        list(VOICES),
        ["V1", date(2025, 4, 1), "損保", "感謝", "31"],
    ]


def test_no_rows_and_no_columns(tmp_path: Path) -> None:
    """A file without rows has none; without columns a required one is missing."""
    empty = {name: pa.array([], pa.string()) for name in VOICES}
    assert sum(block.rows for block in table(tmp_path, empty).blocks(free_text=True)) == 0
    with pytest.raises(InputError) as caught:
        table(tmp_path, {})
    assert caught.value.message.en == (
        "v.parquet: the required column '受付番号' (Customer voices) is missing. "
        "Headers found: none"
    )


def test_two_columns_of_one_name(tmp_path: Path) -> None:
    """A required column that stands there twice is an error that says which to choose how."""
    arrays = [pa.array(own) for own in (*VOICES.values(), VOICES["受付番号"])]
    twice = pa.Table.from_arrays(arrays, names=[*VOICES, "受付番号"])
    from pyarrow import parquet

    parquet.write_table(twice, tmp_path / "v.parquet")
    config = tmp_path / "kpicli.toml"
    config.write_text('[exports]\nvoices = "v.parquet"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        loaded(config)
    assert "more than once (columns 1 (A), 6 (F))" in caught.value.message.en
    config.write_text(
        '[exports]\nvoices = { files = "v.parquet", headers = { voice_id = ["受付番号#2"] } }\n',
        encoding="utf-8",
    )
    assert len(loaded(config)["voices"]) == 3


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (pa.array([b"1", b"2", b"3"]), "holds binary, which cannot be read as one cell"),
        ([["感謝"], ["不満"], []], "holds list<element: string>, which"),
        ([{"a": 1}] * 3, "holds struct<a: int64>, which"),
        (pa.array([b"\xff"] * 3).view(pa.string()), "holds text not in UTF-8"),
    ],
    ids=["bytes", "lists", "records", "other text"],
)
def test_columns_that_cannot_be_read(tmp_path: Path, values: object, said: str) -> None:
    """A column that is used is an error where no cell is of its values; any other is passed by."""
    read = table(tmp_path, {**VOICES, "声の区分": values})
    with pytest.raises(InputError) as caught:
        list(read.blocks(free_text=False))
    assert said in caught.value.message.en
    assert caught.value.message.ja.startswith("v.parquet: 列「声の区分」")
    unused = table(tmp_path, {**VOICES, "控え": values})
    assert sum(block.rows for block in unused.blocks(free_text=True)) == 3


def both(folder: Path, seed: int, rows: int | None) -> tuple[Path, Path]:
    """Write one messy export as a CSV and as Parquet of texts; return their settings."""
    read = csv.reader(io.StringIO(messy(Random(seed), "utf-8").decode(), newline=""))
    every = [[*row, *[""] * 6][:6] for row in read]
    header = next(n for n, row in enumerate(every) if row[0] == "受付番号")
    names, below = every[header], every[header + 1 :]
    configs = (folder / "csv" / "kpicli.toml", folder / "parquet" / "kpicli.toml")
    for config in configs:
        config.parent.mkdir()
        config.write_text('[exports]\nvoices = "v.*"\n', encoding="utf-8")
    with (configs[0].parent / "v.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([names, *below])
    columns = {
        name: pa.array([row[place] or None for row in below], pa.string())
        for place, name in enumerate(names)
    }
    write_columns(configs[1].parent / "v.parquet", columns, rows)
    return configs


def seen(dataset: Dataset) -> object:
    """Return all that an answer could show of a dataset but for the file, its lines and bytes."""

    def bare(place: Place | None) -> Place | None:
        return None if place is None else replace(place, file="v", line=None)

    frame = dataset.frame.astype(object)
    rows = frame.where(frame.notna(), None).to_numpy().tolist()
    faults = [
        (f.kind.name, f.kind.cause, bare(f.place), f.count, bare(f.other), f.value)
        for f in dataset.faults
    ]
    places = [bare(dataset.place(row)) for row in range(len(dataset))]
    return (
        rows,
        faults,
        dataset.accounting,
        dataset.coverage.spans,
        dataset.kept.array().tolist(),
        places,
    )


@pytest.mark.parametrize("seed", range(15))
def test_texts_in_parquet_are_those_of_a_csv(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows, faults, repeated rows, totals, accounting, coverage and row numbers are the same."""
    random = Random(seed)
    monkeypatch.setattr(opened, "_ROWS", random.randrange(1, 100))
    one, other = both(tmp_path, seed, random.choice([None, 1, 7, 50]))
    assert seen(loaded(other)["voices"]) == seen(loaded(one)["voices"])


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_and_a_zip(
    tmp_path: Path, engine: type[SingleThread | Threads | Processes]
) -> None:
    """Whoever reads it, loose or in a zip, a file is the same file."""
    _, config = both(tmp_path, 3, 20)
    whole = seen(loaded(config)["voices"])
    assert seen(loaded(config, small(engine))["voices"]) == whole
    content = (config.parent / "v.parquet").read_bytes()
    (config.parent / "月次.zip").write_bytes(zipped({"4月/v.parquet": content}))
    config.write_text('[exports]\nvoices = "月次.zip"\n', encoding="utf-8")
    assert seen(loaded(config, small(engine))["voices"]) == whole
