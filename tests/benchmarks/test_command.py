"""`python -m benchmarks`: its options and what it loads."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.machine import described
from benchmarks.measuring import ROOT
from benchmarks.page import NoMarkers
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
        ("peers", "| kpicli | "),
        ("encodings", "| ISO-2022-JP | "),
        ("workbooks", "| openpyxl, read only | "),
        ("commands", "| diff | "),
        ("cluster", "| freeze, cluster | "),
        ("width", "| pandas script | "),
        ("start", "| kpicli on the sample project, again | "),
    ],
)
def test_a_scenario_prints_its_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], scenario: str, row: str
) -> None:
    """Each of the scenarios runs kpicli, prints its rows, and leaves no file behind."""
    small = ("--rows=2000", "--sizes=2_000", "--counts=2", "--repeat=1", "--files-rows=2000")
    other = ("--encodings-rows=2000",)
    none = ("--csvkit-rows=0", "--large-rows=0", "--commands-rows=2000", "--commands-repeat=1")
    sheets = ("--sheets=2_000x12", "--openpyxl-rows=1000")
    wide = ("--width-rows=2000", "--width-repeat=1")
    assert main([scenario, str(tmp_path), *small, *other, *none, *sheets, *wide]) == 0
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


def test_tables_go_into_a_page(tmp_path: Path) -> None:
    """With `--into` the machine and the scenario are written where the page has their markers."""
    page = tmp_path / "page.md"
    markers = [
        f"<!-- {name}: {part} -->\n" for name in ("machine", "files") for part in ("begin", "end")
    ]
    page.write_text("\n" + "".join(markers), encoding="utf-8")
    small = ("--files-rows=2000", "--counts=2", "--repeat=1")
    assert main(["files", str(tmp_path), *small, "--into", str(page)]) == 0
    assert "- versions: Python" in page.read_text(encoding="utf-8")
    assert "\n| 2,000 | 2 | " in page.read_text(encoding="utf-8")


def test_a_page_without_markers_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    """Nobody waits twenty minutes for a table that has no place."""
    page = tmp_path / "page.md"
    page.write_text("\n<!-- machine: begin -->\n<!-- machine: end -->\n", encoding="utf-8")
    with pytest.raises(NoMarkers, match="sizes"):
        main(["sizes", str(tmp_path), "--into", str(page)])
