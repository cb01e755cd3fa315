"""The rows behind a figure, on the command line."""

import csv
import io
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date

from kpicli.model.periods import Period
from support.root import ROOT

TODAY = date(2026, 4, 1)


def period(name: str) -> Period:
    """Return a period by its name."""
    return Period.parse(name, today=TODAY)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run kpicli in the sample project."""
    return subprocess.run(
        [sys.executable, "-m", "kpicli", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


def rows_of(arguments: Sequence[str]) -> list[dict[str, str]]:
    """Return the csv that `kpicli rows` prints."""
    done = run("rows", *arguments, "-f", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    return list(csv.DictReader(io.StringIO(done.stdout)))


def test_rows_on_the_command_line_point_into_the_file() -> None:
    """A row's number leads to the record with its key in the file."""
    row = rows_of(["complaint_improvements", "--period", "2025H1"])[0]
    text = (ROOT / row["file"]).read_text(encoding="cp932")
    records = list(csv.reader(io.StringIO(text, newline="")))
    assert records[int(row["row"]) - 1][0] == row["voice_id"]


def test_the_mask_is_lifted_only_on_demand() -> None:
    """Without --show-personal no policy number leaves."""
    arguments = ["renewal_talks", "--period", "2025H1"]
    assert all(row["policy"].startswith("*") for row in rows_of(arguments))
    assert not any(
        row["policy"].startswith("*") for row in rows_of([*arguments, "--show-personal"])
    )
