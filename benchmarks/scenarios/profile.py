"""Tables of where kpicli's time goes."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import Bench, run_with_cache
from benchmarks.contenders import Dataset, kpicli
from benchmarks.measuring import Step
from benchmarks.scenarios.declared import Scenario, described_plan, plan_of
from benchmarks.tables import table

Row = tuple[str, str, float]
"""Module, function and seconds."""

SHOWN = 25
"""Functions that are listed; how many are left, and their time, is told."""


def measure(bench: Bench, options: argparse.Namespace) -> str:
    """Return the tables for the files that the options ask for."""
    plan = plan_of(options)
    with bench.dataset(plan) as data:
        tables = profile(data, " ".join(options.kpicli))
    return f"### Where the time goes: {described_plan(plan)}\n\n{tables}"


def profile(data: Dataset, options: str = "") -> str:
    """Run kpicli once on the files and return its time by module and by function."""
    (step,) = kpicli(options).steps(data)
    arguments = step.commands[0][3:]  # without `python -m kpicli`
    report = data.folder / "profile.json"
    command = (sys.executable, "-m", "benchmarks.scenarios.sampled", str(report), *arguments)
    run_with_cache([Step((command,))], data.folder / "cache")
    return rendered([(m, f, s) for m, f, s in _read(report)])


def rendered(rows: Sequence[Row]) -> str:
    """Return the table by module, then that of the functions that take the longest."""
    total = sum(seconds for _, _, seconds in rows)
    modules: dict[str, float] = {}
    for module, _, seconds in rows:
        modules[module] = modules.get(module, 0.0) + seconds
    ordered = sorted(rows, key=lambda row: -row[2])
    shown, rest = ordered[:SHOWN], ordered[SHOWN:]
    places = [(f"{module} {function}".strip(), seconds) for module, function, seconds in shown]
    if rest:
        places.append((f"{len(rest)} others", sum(seconds for _, _, seconds in rest)))
    by_module = sorted(modules.items(), key=lambda item: -item[1])
    return "\n".join(
        table((title, "s", "%"), [(n, f"{s:.2f}", f"{s / total * 100:.1f}") for n, s in of])
        for title, of in (("module", by_module), ("function", places))
    )


def _read(report: Path) -> list[Row]:
    rows: list[Row] = [tuple(row) for row in json.loads(report.read_text(encoding="utf-8"))]
    return rows


PROFILE = Scenario("profile", "where kpicli's time goes", measure, 0.2)
