"""From the terminal into a spreadsheet: the clipboard, and a CSV file that is opened."""

import csv
import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.root import ROOT

ASKED = ("summarize", "--period", "2025H1", "--kpi", "voices")
JAPANESE = "CSV:44,34,0,1,,1041"
"""LibreOffice's own way of reading CSV for ja-JP: it finds out the encoding by itself."""


def kpicli(*arguments: str, folder: Path = ROOT) -> bytes:
    """Run kpicli in the sample project and return what it writes."""
    words = [sys.executable, "-m", "kpicli", *arguments]
    return subprocess.run(words, cwd=folder, check=True, capture_output=True).stdout


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Return the environment of a desktop without a monitor, with an X server of its own."""
    number, started = os.pipe()
    with (tmp_path / "log").open("wb") as log:
        words = [
            "Xvfb",
            "-displayfd",
            str(started),
            "-screen",
            "0",
            "800x600x24",
            "-nolisten",
            "tcp",
        ]
        server = subprocess.Popen(words, pass_fds=[started], stderr=log)
    os.close(started)
    with os.fdopen(number) as told:
        display = told.readline().strip()
    yield {**os.environ, "DISPLAY": f":{display}"}
    server.terminate()
    server.wait()


@pytest.mark.parametrize(
    ("form", "target"),
    [(("-f", "html"), "text/html"), (("-f", "tsv", "--by", "month", "--wide"), "UTF8_STRING")],
    ids=["html", "tsv"],
)
def test_what_is_piped_into_the_clipboard_is_there(
    screen: dict[str, str], form: tuple[str, ...], target: str
) -> None:
    """The documented line for Linux: a page for office programs, a table for spreadsheets."""
    made = kpicli(*ASKED, *form)
    clipboard = ["xclip", "-selection", "clipboard", "-t", target]
    # It stays in the background to answer those who paste: nothing waits for its output.
    subprocess.run(clipboard, input=made, env=screen, check=True, stdout=subprocess.DEVNULL)
    time.sleep(0.2)
    pasted = subprocess.run([*clipboard, "-o"], env=screen, check=True, capture_output=True).stdout
    assert pasted == made
    assert "お客様の声".encode() in pasted


def test_a_wide_table_pastes_as_a_table() -> None:
    """Every line has as many cells, none of which a tab or a line break cuts; numbers are bare."""
    lines = kpicli(*ASKED, "-f", "tsv", "--by", "month", "--wide").decode().splitlines()
    rows = [line.split("\t") for line in lines]
    assert len({len(row) for row in rows}) == 1
    head, total, *parts = rows
    months = [place for place, name in enumerate(head) if name.startswith("2025-")]
    assert len(months) == 6
    last = head.index("total")
    assert int(total[last]) == 841 == sum(int(total[place]) for place in months)
    assert sum(int(row[last]) for row in parts) == 841


def test_a_csv_file_opens_by_a_double_click(tmp_path: Path) -> None:
    """LibreOffice, as it is for ja-JP, finds encoding, columns, dates and every number."""
    file = tmp_path / "kpi.csv"
    kpicli("summarize", "--period", "2025H1", "--compare", "previous", "-o", str(file))
    folder = tmp_path / "opened"
    folder.mkdir()
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
    words = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    words += [f"--infilter={JAPANESE}", "--convert-to", options, "--outdir", str(folder)]
    subprocess.run([*words, str(file)], check=True, capture_output=True, timeout=180)
    (opened,) = folder.glob("*.csv")
    shown = list(csv.reader(io.StringIO(opened.read_text(encoding="utf-8-sig"))))
    written = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [[as_number(c) for c in row] for row in shown] == [
        [as_number(c) for c in row] for row in written
    ]


def as_number(cell: str) -> str | float:
    """Return a cell as a number where it is one: a program may show 100.0 as 100."""
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return cell
