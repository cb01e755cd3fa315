"""Measurements as Markdown tables: medians, the spread, and ratios to the first row."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.measuring import Usage


@dataclass(slots=True)
class Measured:
    """The runs of one contender. `trouble` says why there are none. `rows` and `files` of input."""

    name: str
    runs: list[Usage] = field(default_factory=list)
    does: str = ""
    trouble: str = ""
    rows: int = 0
    files: int = 0


def comparison(measured: Sequence[Measured], last: str = "what it does") -> str:
    """Return a table of contenders; ratios say how many times the first one's median it is."""
    head = ("", "wall s", "×", "CPU s", "×", "peak MB", "×", last)
    first = measured[0].runs
    body = [(m.name, *_compared(m.runs, first), m.does) if m.runs else _failed(m) for m in measured]
    return table(head, body)


def series(measured: Sequence[Measured]) -> str:
    """Return a table of one contender at several sizes, with the cost of a million rows."""
    head = ("rows", "files", "wall s", "CPU s", "peak MB", "wall s per million rows")
    body = []
    for m in measured:
        walls = [run.wall for run in m.runs]
        each = f"{median(walls) / m.rows * 1e6:.2f}"
        cost = (
            spread(walls, 2),
            spread([run.cpu for run in m.runs], 2),
            spread([run.peak / 1e6 for run in m.runs], 0),
        )
        body.append((f"{m.rows:,}", str(m.files), *cost, each))
    return table(head, body)


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; all columns but the first, and a last one of words, are numbers."""
    words = any(not row[-1].replace(".", "").isdigit() for row in body)
    rule = ["---", *["---:"] * (len(head) - 2), "---" if words else "---:"]
    rows = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in body]
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, rule, *rows))


def spread(values: Sequence[float], digits: int) -> str:
    """Return the median, with the least and the greatest where there are several."""
    middle = f"{median(values):.{digits}f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def _compared(runs: Sequence[Usage], first: Sequence[Usage]) -> list[str]:
    cells = []
    for of, digits, scale in (("wall", 2, 1.0), ("cpu", 2, 1.0), ("peak", 0, 1e6)):
        own = [getattr(run, of) / scale for run in runs]
        reference = [getattr(run, of) / scale for run in first]
        ratio = f"{median(own) / median(reference):.2f}" if reference else "-"
        cells += [spread(own, digits), ratio]
    return cells


def _failed(measured: Measured) -> tuple[str, ...]:
    return (measured.name, *["-"] * 6, measured.trouble)
