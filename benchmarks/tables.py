"""Measurements as Markdown tables: medians, the spread, ratios to the first row, and targets."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.measuring import Usage
from benchmarks.targets import Target

NUMBER = re.compile(r"-|[\d.,]+( \(.*\))?")
"""A cell of a column that is set to the right: a figure, with its spread or not, or none."""


@dataclass(slots=True)
class Measured:
    """The runs of one row. `trouble` says why there are none. `rows` and `files` of its input.

    `part` is a step of another row, which no target is held against.
    """

    name: str
    runs: list[Usage] = field(default_factory=list)
    does: str = ""
    trouble: str = ""
    rows: int = 0
    files: int = 0
    targets: tuple[Target, ...] = ()
    part: bool = False


def comparison(measured: Sequence[Measured], last: str = "what it does") -> str:
    """Return a table of contenders; ratios say how many times the first one's median it is.

    The columns `target` and `result` are there where a row has a target. Without `last`, the
    column that says what a row does is left out, and a trouble stands in the first column.
    """
    head = ["", "wall s", "×", "CPU s", "×", "peak MB", "×", *_target_head(measured)]
    body = []
    for row in measured:
        costs = _compared(row.runs, measured[0].runs) if row.runs else ["-"] * 6
        name = row.name if last or not row.trouble else f"{row.name}: {row.trouble}"
        cells = [name, *costs, *_target_cells(row, measured)]
        body.append([*cells, row.trouble or row.does] if last else cells)
    return table([*head, last] if last else head, body)


def series(measured: Sequence[Measured]) -> str:
    """Return a table of one contender at several sizes, with the cost of a million rows."""
    head = ["rows", "files", "wall s", "CPU s", "peak MB", "wall s per million rows"]
    body = []
    for m in measured:
        walls = [run.wall for run in m.runs]
        each = f"{median(walls) / m.rows * 1e6:.2f}"
        cost = (
            spread(walls, 2),
            spread([run.cpu for run in m.runs], 2),
            spread([run.peak / 1e6 for run in m.runs], 0),
        )
        body.append([f"{m.rows:,}", str(m.files), *cost, each, *_target_cells(m, measured)])
    return table([*head, *_target_head(measured)], body)


def table(head: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; columns of figures but the first are set to the right."""
    rows = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in body]
    right = [all(map(NUMBER.fullmatch, column)) for column in zip(*rows, strict=True)]
    rule = ["---", *("---:" if number else "---" for number in right[1:])]
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


def _target_head(measured: Sequence[Measured]) -> list[str]:
    return ["target", "result"] if any(row.targets for row in measured) else []


def _target_cells(row: Measured, measured: Sequence[Measured]) -> list[str]:
    """Return the cells below `_target_head`: what is asked of the row, and what came of it."""
    if not _target_head(measured):
        return []
    runs = {other.name: other.runs for other in measured if not other.part}
    told = "; ".join(target.told() for target in row.targets)
    return [told, "; ".join(target.result(row.name, runs) for target in row.targets)]
