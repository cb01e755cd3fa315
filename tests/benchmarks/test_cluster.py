"""Commands on a cluster: real workers, answers that are checked, and what is said of more rows."""

import os
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.__main__ import main
from benchmarks.measuring import Usage
from benchmarks.plan import Plan
from benchmarks.scenarios import cluster
from benchmarks.tables import Measured

pytestmark = pytest.mark.slow


def test_workers_run_and_end(tmp_path: Path) -> None:
    """Both say how much memory they have had, and none outlives the measurement."""
    with cluster._running(tmp_path) as running:
        assert running.address.startswith("tcp://127.0.0.1:")
        assert len(set(running.workers)) == cluster.WORKERS
        peaks = running.peaks()
        assert len(peaks) in (0, cluster.WORKERS)  # Linux alone says
        assert all(peak > 0 for peak in peaks)
        for worker in running.workers:
            os.kill(worker, 0)
    for worker in running.workers:
        with pytest.raises(ProcessLookupError):
            os.kill(worker, 0)
    assert running.peaks() == []


def test_more_rows_than_the_disk_may_take(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many as fit are measured; of the rest stands that it is arithmetic."""
    allowed = 2_000 * cluster.ROW_BYTES / 1e9
    asked = (f"--cluster-disk={allowed}", "--rows=10000", "--cluster-commands=check")
    assert main(["cluster", str(tmp_path), *asked]) == 0
    printed = capsys.readouterr().out
    assert "### Cluster: 2,000 rows in 4 files" in printed
    assert "| check, cluster | " in printed
    assert "- check, cluster: 10,000 rows were asked for and 2,000 measured" in printed
    assert list(tmp_path.iterdir()) == []


def test_proportion() -> None:
    """The slowest run and the largest peak, as many times as there are rows; else nothing."""
    plan, asked = Plan(rows=1_000), Plan(rows=5_000)
    runs = [Usage(2.0, 1.0, 40_000_000), Usage(3.0, 1.0, 30_000_000)]
    told = cluster._extrapolated(Measured("check, cluster", runs), plan, asked)
    assert "arithmetic and no measurement: 15 s and 200 MB" in told
    assert cluster._extrapolated(Measured("check", runs), plan, replace(asked, rows=1_000)) == ""
    assert cluster._extrapolated(Measured("check", trouble="failed"), plan, asked) == ""


def test_without_dask(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row says what is not installed; this machine alone is measured all the same."""
    monkeypatch.setattr(cluster, "find_spec", lambda _: None)
    assert main(["cluster", str(tmp_path), "--rows=1000", "--cluster-commands=check"]) == 0
    printed = capsys.readouterr().out
    assert "| check, cluster | - | - | - | - | - | - |" in printed
    assert "not installed: distributed" in printed
    assert "MB.\n" not in printed


def test_names_of_commands() -> None:
    """Unknown ones are refused; `diff` has no record to read."""
    parser = ArgumentParser(exit_on_error=False)
    cluster.add_options(parser)
    assert parser.parse_args(["--cluster-commands=rows,check"], Namespace()).cluster_commands == (
        "rows",
        "check",
    )
    for wrong in ("diff", "check,fly", ""):
        with pytest.raises(BaseException, match=r"no commands|cluster-commands"):
            parser.parse_args([f"--cluster-commands={wrong}"])
