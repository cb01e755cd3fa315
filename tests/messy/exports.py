"""Writing the rows as three exports that overlap, each in another encoding, all of them messy."""

import csv
import io
import random
from datetime import date
from pathlib import Path

from messy.sources import MAKERS, Truth
from messy.styles import spelled

CUTS = (
    (date.min, date(2025, 1, 31)),
    (date(2025, 1, 10), date(2025, 6, 30)),
    (date(2025, 6, 1), date.max),
)
"""The days that the three exports of a source hold, both ends included: each overlaps the next."""
GAINED = {"voices": "改善日", "responses": "完了日"}
"""A column that was still blank in an earlier export."""
WAYS = (("cp932", ",", "\r\n"), ("utf-8-sig", ",", "\n"), ("utf-16", "\t", "\r\n"))

COVERS = 'covers = "2024-04..2025-10"'
HELD = {"staff": "as_of = 2025-10-31, keeps_ended = true"}
"""What exports say of the days that they hold, where it is not what they cover."""


def write_exports(folder: Path, seed: int) -> dict[str, list[Path]]:
    """Write every source's exports and a kpicli.toml; return the files by source."""
    rng = random.Random(seed)
    files = {name: _source(rng, folder, name) for name in MAKERS}
    entries = (
        f"{name} = {{ files = {[path.name for path in paths]}, {HELD.get(name, COVERS)} }}"
        for name, paths in files.items()
    )
    text = "\n".join(["[exports]", *entries, ""])
    (folder / "kpicli.toml").write_text(text.replace("'", '"'), encoding="utf-8")
    return files


def _source(rng: random.Random, folder: Path, name: str) -> list[Path]:
    make, size = MAKERS[name]
    rows = [make(rng, number) for number in range(size)]
    base = next(header for header, value in rows[0].items() if header.endswith("日"))
    cuts = CUTS if name != "staff" else ((date.min, date.max),)
    ways = rng.sample(WAYS, len(cuts))
    files: list[Path] = []
    for number, (cut, way) in enumerate(zip(cuts, ways, strict=True)):
        held = [row for row in rows if _held(row[base], cut, first=number == 0)]
        if number < len(cuts) - 1:
            held = [_earlier(rng, name, row, row[base], cuts[number + 1]) for row in held]
        files.append(folder / f"{name}{number}.csv")
        files[-1].write_bytes(_written(rng, held, way))
    return files


def _held(value: str | date, cut: tuple[date, date], *, first: bool) -> bool:
    return cut[0] <= value <= cut[1] if isinstance(value, date) else first


def _earlier(
    rng: random.Random, name: str, row: Truth, value: str | date, later: tuple[date, date]
) -> Truth:
    """Return a row of the overlap as it stood before, in some of the cases."""
    gained = GAINED.get(name)
    if gained is None or not isinstance(value, date) or value < later[0] or rng.random() < 0.7:
        return row
    return {**row, gained: ""}


def _written(rng: random.Random, rows: list[Truth], way: tuple[str, str, str]) -> bytes:
    encoding, delimiter, end = way
    held = [*rows, *rng.sample(rows, len(rows) // 50)]  # some stand there twice, spelled anew
    rng.shuffle(held)
    headers = list(rows[0])
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=end)
    writer.writerow(headers)
    for row in held:
        writer.writerow([spelled(rng, header, row[header]) for header in headers])
        if rng.random() < 0.01:
            writer.writerow([""] * len(headers))
    writer.writerow([*[""] * (len(headers) - 1), "合計"])
    return stream.getvalue().encode(encoding)
