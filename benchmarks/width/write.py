"""`python -m benchmarks.width.write FOLDER --rows N --seed S`: exports of all packs."""

import argparse
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.exports import NAMES, write_exports
from benchmarks.plan import Plan
from benchmarks.rows import Numbers
from benchmarks.width.columns import Drawn
from benchmarks.width.tables import COVERS, OWN_KPI, PACKS, TABLES, Table

PIECE = 1 << 18
"""Rows that are made at a time."""


def write(folder: Path, rows: int, seed: int) -> None:
    """Write every source's export and a kpicli.toml for all packs; the large ones have `rows`."""
    plan = Plan(rows=rows, seed=seed)
    write_exports(plan, folder)
    lines = [f'voices = {{ files = "{NAMES}.csv", covers = "{COVERS}" }}\n']
    for table in TABLES:
        write_table(table, folder, rows, seed)
        lines.append(table.settings())
    catalogue = json.dumps(PACKS)
    text = f"catalogue = {catalogue}\n\n[exports]\n{''.join(lines)}{OWN_KPI}"
    (folder / "kpicli.toml").write_text(text, encoding="utf-8")


def write_table(table: Table, folder: Path, large: int, seed: int) -> None:
    """Write one export."""
    rows = table.rows(large)
    with (folder / f"{table.name}.csv").open("wb") as file:
        header = ",".join(column.header for column in table.columns)
        file.write(f"{header}\r\n".encode("cp932"))
        for start in range(0, rows, PIECE):
            numbers = np.arange(start, min(start + PIECE, rows))
            file.write(_encoded(table, drawn(table, numbers, large, seed)))


def drawn(table: Table, rows: Numbers, large: int, seed: int) -> Drawn:
    """Return these rows of a table as they are drawn."""
    made = Drawn(table.source, seed, large, rows)
    for column in table.columns:
        made.columns[column.header] = column.draw(made)
    return made


def _encoded(table: Table, made: Drawn) -> bytes:
    last = table.columns[-1]
    cells = [column.cells(made, "\r\n" if column is last else ",") for column in table.columns]
    joined = pc.binary_join_element_wise(*cells, pa.scalar(b"", pa.binary()))
    _, offsets, data = joined.buffers()
    end = int(np.frombuffer(offsets, np.int32)[len(joined)])
    return bytes(memoryview(data)[:end])


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write(options.folder, options.rows, options.seed)


if __name__ == "__main__":
    main()
