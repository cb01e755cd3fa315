"""`python -m benchmarks`: its options and what it loads."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.machine import described
from benchmarks.measuring import ROOT
from benchmarks.plan import Plan, Written


def test_write_writes_the_plan_that_options_say(tmp_path: Path) -> None:
    """A plan put into options and read back makes files of that plan."""
    plan = Plan(rows=500, files=2, encoding="utf-8", styles=("dash", "wareki"), seed=9)
    assert main(["write", str(tmp_path), *plan.as_options()]) == 0
    written = Written.read(tmp_path)
    assert (len(written.files), written.usable) == (2, 490)
    assert "令和7年" in Path(written.files[-1]).read_text(encoding="utf-8")


def test_every_part_of_a_plan_is_an_option() -> None:
    """Nothing about the files is fixed."""
    names = [f"--{field.name.replace('_', '-')}" for field in fields(Plan)]
    assert [option.partition("=")[0] for option in Plan().as_options()] == names


@pytest.mark.parametrize(
    ("scenario", "row"),
    [
        ("profile", "| loaders/"),
        ("sizes", "| 2,000 | 4 | "),
        ("files", "| 2,000 | 2 | "),
        ("start", "| kpicli on the sample project, again | "),
    ],
)
def test_a_scenario_prints_its_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], scenario: str, row: str
) -> None:
    """Each of the scenarios runs kpicli, prints its rows, and leaves no file behind."""
    small = ("--rows=2000", "--sizes=2_000", "--counts=2", "--repeat=1")
    assert main([scenario, str(tmp_path), *small]) == 0
    assert f"\n{row}" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_measuring_process_stays_small() -> None:
    """It loads none of what is measured: its own memory would count to every child's peak."""
    code = "import sys, benchmarks.__main__; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert {"numpy", "pandas", "pyarrow", "kpicli"} & set(done.stdout.split()) == set()


def test_machine_and_versions_are_told() -> None:
    """Two lines: cores and memory, and the version of what ran."""
    machine, versions = described().splitlines()
    assert " cores, " in machine
    assert "kpicli " in versions
