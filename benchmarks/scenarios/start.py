"""The sample project, first and again, beside what kpicli's libraries alone cost to import."""

import argparse
import sys
import tempfile

from benchmarks.bench import Bench, Turn, WrongAnswer, run_with_cache
from benchmarks.measuring import ROOT, Run, Step
from benchmarks.scenarios.declared import Scenario
from benchmarks.tables import comparison
from benchmarks.targets import Target

LIBRARIES = 'python -c "import pandas, pyarrow"'
PYTHON = (sys.executable, "-c")
KPICLI = (sys.executable, "-m", "kpicli")
SAMPLE = (*KPICLI, "--config", str(ROOT / "kpicli.toml"), "summarize", "--period", "2025H1")


def measure(bench: Bench, _options: argparse.Namespace) -> str:
    """Return a table; its ratios are to the import of the libraries.

    The first run of the sample finds an empty cache folder each time, the one called `again` what
    a run before has left. Raises `WrongAnswer` where the two print different bytes.
    """
    with bench.scratch() as kept:
        first = run_with_cache([Step((SAMPLE,))], kept).output

        def sample(*, again: bool) -> Run:
            with tempfile.TemporaryDirectory(dir=bench.folder) as empty:
                done = run_with_cache([Step((SAMPLE,))], kept if again else empty)
            if done.output != first:
                raise WrongAnswer("the sample project has other figures than in the run before")
            return done

        def plain(*command: str) -> Run:
            return run_with_cache([Step((command,))], kept)

        rows = [
            Turn(LIBRARIES, lambda: plain(*PYTHON, "import pandas, pyarrow")),
            Turn(
                "kpicli on the sample project, first run",
                lambda: sample(again=False),
                targets=(Target("wall", 1.0, LIBRARIES),),
            ),
            Turn("kpicli on the sample project, again", lambda: sample(again=True)),
            Turn(
                "kpicli --help", lambda: plain(*KPICLI, "--help"), targets=(Target("wall", 0.06),)
            ),
            Turn('python -c ""', lambda: plain(*PYTHON, "")),
        ]
        return f"### The start\n\n{comparison(bench.alternate(rows), last='')}"


START = Scenario("start", "the sample project, first and again", measure, 0.2)
