"""What the commands have to answer for the files: each raises `WrongAnswer` where one does not.

They are given what was printed, the file that was written, and what the generator has drawn.
"""

import csv
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.bench import WrongAnswer
from benchmarks.plan import Figures, Written

PERIOD = "2025H1"

READ_RECORD = """import json, sys
kpis = json.load(open(sys.argv[1], encoding="utf-8"))["kpis"]
json.dump([[k["id"], f["item"], f["value"]] for k in kpis for f in k["figures"]], sys.stdout)
"""
"""A record is read by a process of its own, as the measuring one has to stay small."""

VALUE_CELL = re.compile(r'<td [^>]*class="fd-value[^>]*>(.*?)</td>')
TAG = re.compile(r"<[^>]*>")


def summary(printed: bytes, _file: Path, written: Written) -> None:
    """`summarize -f json` has every figure and the accounting."""
    told = json.loads(printed)
    figures: Figures = {}
    for kpi in told["kpis"]:
        figures[kpi["id"], None] = kpi["figures"]["total"]["value"]
        figures |= {(kpi["id"], part["item"]): part["value"] for part in kpi["figures"]["parts"]}
    _same("summarize", figures, written.figures())
    _accounted("summarize", told["sources"], written)


def explanation(printed: bytes, _file: Path, written: Written) -> None:
    """`explain voices -f json` has the KPI's figures."""
    told = json.loads(printed)
    figures = {(told["kpi"], figure["item"]): figure["value"] for figure in told["figures"]}
    _same("explain", figures, _of("voices", written))


def accounting(printed: bytes, _file: Path, written: Written) -> None:
    """`check -f json` has accounted for every row, and finds no fault."""
    told = json.loads(printed)
    _same("check", told["counts"]["fault"], 0)
    _accounted("check", told["sources"], written)


def rows(_printed: bytes, file: Path, written: Written) -> None:
    """`rows` has written each complaint of the half once, and none that does not count."""
    numbers, others = set(), 0
    count = 0
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            count += 1
            others += (row["role"], row["category_read"]) != ("counted", "不満")
            numbers.add(int(row["voice_id"][1:]))
    expected = written.figures()["voices", "不満"]
    _same("rows", (count, len(numbers), others), (expected, expected, 0))


def record(_printed: bytes, file: Path, written: Written) -> None:
    """`freeze` has kept every figure."""
    command = (sys.executable, "-c", READ_RECORD, str(file))
    done = subprocess.run(command, capture_output=True, check=True)
    figures = {(kpi, item): value for kpi, item, value in json.loads(done.stdout)}
    _same("freeze", figures, written.figures())


def unmoved(printed: bytes, _file: Path, written: Written) -> None:
    """`diff -f json` has looked at every figure, and says that none has moved."""
    (told,) = json.loads(printed)["periods"]
    seen = (told["figures"], told["moved"], told["kpis"], told["notes"])
    _same("diff", seen, (len(written.figures()), 0, [], []))


def report(_printed: bytes, file: Path, written: Written) -> None:
    """`report` has the figures in a sentence and in a table."""
    page = file.read_text(encoding="utf-8")
    figures = written.figures()
    voices, improved = figures["voices", None], figures["complaint_improvements", None]
    said = f"声は{voices:,}件で、改善は{improved:,}件。"
    cells = [TAG.sub("", cell) for cell in VALUE_CELL.findall(page)]
    expected = [f"{number:,}件" for number in _of("voices", written).values()]
    _same("report", (said in page, cells), (True, expected))


def _of(kpi: str, written: Written) -> Figures:
    return {place: value for place, value in written.figures().items() if place[0] == kpi}


def _accounted(command: str, sources: Iterable[dict[str, Any]], written: Written) -> None:
    (source,) = sources
    asked = {
        "usable": written.usable,
        "duplicate": written.duplicate,
        "superseded": written.superseded,
        "not_data": 0,
        "faulty": 0,
    }
    _same(command, source["accounting"], {"read": sum(asked.values()), **asked})


def _same(command: str, told: object, expected: object) -> None:
    if told != expected:
        raise WrongAnswer(f"{command} answers {told}, but it should be {expected}")
