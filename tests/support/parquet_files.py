"""Exports as Parquet: of any columns, and the sample's files written once more in that format."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import compute, parquet

from recount.dates import read_day
from recount.files import Row, delimited_rows, sheet_rows
from support.root import ROOT

WORKBOOK = ("高齢者対応_団体.xlsx", "団体", "対応番号")
"""The sample's workbook, the sheet that counts, and a header of it."""
_DAYS = re.compile(".*(日|期限)")
_NUMBERS = ("点数", "回次")


def write_columns(path: Path, columns: Mapping[str, Any], rows: int | None = None) -> Path:
    """Write a file of these columns (arrays, or lists of one type), by row groups of `rows`."""
    parquet.write_table(pa.table(dict(columns)), path, row_group_size=rows)
    return path


def sample_as_parquet(folder: Path, *, typed: bool, rows: int | None = None) -> Path:
    """Write a project like the sample into a folder, its exports being Parquet; return it.

    `typed` columns are dates, timestamps, whole numbers and dictionaries, all others text as it
    stands in the export, its blank cells being null. A total is no row of typed columns.
    """
    (folder / "sample_data").mkdir(parents=True)
    (folder / "published").symlink_to(ROOT / "published")
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    settings = re.sub(r'(sample_data/[^"]*)\.(?:csv|txt|xlsx)"', r'\1.parquet"', settings)
    (folder / "narrative").symlink_to(ROOT / "narrative")
    (folder / "kpicli.toml").write_text(settings, encoding="utf-8")
    for path in sorted((ROOT / "sample_data").glob("*.*")):
        if path.suffix in (".csv", ".txt", ".xlsx"):
            read = sheet_rows(path, *WORKBOOK[1:]) if path.suffix == ".xlsx" else None
            every = read or delimited_rows(path)
            kept = [row for row in every if not typed or "合計" not in row.values()]
            columns = _columns(kept, typed=typed)
            write_columns(folder / "sample_data" / f"{path.stem}.parquet", columns, rows)
    return folder


def _columns(rows: Sequence[Row], *, typed: bool) -> dict[str, Any]:
    return {header: _column(header, rows, typed=typed) for header in rows[0]}


def _column(header: str, rows: Sequence[Row], *, typed: bool) -> pa.Array:
    cells = [row.get(header) or None for row in rows]
    if not typed:
        return pa.array(cells, pa.string())
    if _DAYS.fullmatch(header):
        days = [None if cell is None else read_day(cell) for cell in cells]
        # as writers have them: days, or moments with and without a zone
        kind = {"受付日": pa.timestamp("ns"), "説明日": pa.timestamp("us", "Asia/Tokyo")}
        return _moments(days, kind.get(header, pa.date32()))
    if header in _NUMBERS:
        return pa.array([None if cell is None else int(cell) for cell in cells], pa.int64())
    texts = pa.array(cells, pa.large_string())
    return texts.dictionary_encode() if len(set(cells)) < len(cells) / 4 else texts


def _moments(days: Sequence[date | None], kind: pa.DataType) -> pa.Array:
    array = pa.array(days, pa.date32())
    if pa.types.is_date(kind):
        return array
    if kind.tz is None:
        return array.cast(kind)
    midnights = array.cast(pa.timestamp("us"))  # of Tokyo, which is nine hours before UTC's
    nine_hours = pa.scalar(9 * 3600 * 10**6, pa.duration("us"))
    return compute.subtract(midnights, nine_hours).cast(pa.timestamp("us", "UTC")).cast(kind)
