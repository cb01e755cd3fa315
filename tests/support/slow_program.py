"""A run that takes as long as a test wants, and what its terminal shows."""

import re
from pathlib import Path

SLOW = """
import sys, time
words = ["summarize", "--period", "2025H1", "--kpi", "voices", "--format", "csv", "--no-cache"]
sys.argv = ["kpicli", "--lang", "{lang}", *words]
import kpicli.run.summary
from kpicli.cli.shared import progress
from kpicli.cli import main
from kpicli.loaders.reading import Progress
progress.PATIENCE = {patience}
count = kpicli.run.summary.summarize
def slow(settings, request, today, report, engine):
    for step in range({steps}):
        report(Progress(step * 10**7, 925 * 10**6, step * 123456, "voices.csv"))
        time.sleep(0.1)
    return count(settings, request, today, None, engine)
kpicli.run.summary.summarize = slow
main()
"""


def slow_program(folder: Path, *, patience: float, steps: int, lang: str = "ja") -> tuple[str, ...]:
    """Return a program that counts voices, ten steps of reading a second."""
    script = folder / "slow.py"
    text = SLOW.format(patience=patience, steps=steps, lang=lang)
    script.write_text(text, encoding="utf-8")
    return (str(script),)


def plain_line(line: str) -> str:
    """Return what a line shows, without the sequences that colour it and move the cursor."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line)
