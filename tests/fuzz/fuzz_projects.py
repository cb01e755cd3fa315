"""Random projects with planted faults: `python tests/fuzz/fuzz_projects.py --seconds 60 --seed 0`.

Writes project after project, runs each in-process and some by the command line too, and compares
every figure with the truth, which is known before. A project with a figure that is final and wrong,
or one without a fault that has a figure in doubt, is kept (`--keep`, by default the folder
fuzz-failures), and the command exits with 1. `--only NUMBER` repeats one project.
"""

import argparse
import csv
import io
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from fuzz.projects.draft import Draft  # noqa: E402 - found by the line above
from fuzz.projects.generate import random_draft  # noqa: E402
from fuzz.projects.judge import Finding, Judge  # noqa: E402
from fuzz.projects.writing import write  # noqa: E402
from kpicli.base.errors import KpicliError  # noqa: E402
from kpicli.model.periods import ComparisonKind, Period  # noqa: E402
from kpicli.model.summary import Summary  # noqa: E402
from kpicli.run.summary import summarize  # noqa: E402
from kpicli.settings.request import Request  # noqa: E402
from kpicli.settings.settings import read_settings  # noqa: E402

PERIOD = "2025H1"
BY_COMMAND = 40
"""Every so many projects the command line is asked, too."""


@dataclass
class Outcome:
    """What became of a project."""

    draft: Draft
    findings: Sequence[Finding] = ()
    refused: str = ""
    trace: str = ""
    figures: int = 0
    final: int = 0

    @property
    def failed(self) -> bool:
        """Return whether it has to be looked at."""
        clean = not self.draft.faults
        wrong = any(not finding.doubt or clean for finding in self.findings)
        if self.refused and not (self.draft.refusable or self.draft.must_refuse):
            return True
        return wrong or bool(self.trace)


def run(seed: int, folder: Path, *, command: bool = False) -> Outcome:
    """Write the project of a seed into a folder, count it, and judge every figure."""
    draft = random_draft(seed)
    write(draft, folder)
    try:
        summary = counted(draft, folder)
    except KpicliError as error:
        return Outcome(draft, refused=f"{error.exit_code}: {error.message.en}")
    except Exception:  # noqa: BLE001 - whatever it is, it is what we are looking for
        return Outcome(draft, trace=traceback.format_exc())
    findings = [*Judge(draft).findings(summary)]
    if draft.must_refuse:
        findings.append(Finding(False, "", ("", None, None, None), "not refused"))
    if command:
        findings += _by_command(draft, folder, summary)
    final = sum(figure.value.status.value == "ok" for figure in summary.figures)
    return Outcome(draft, findings, figures=len(summary.figures), final=final)


def counted(draft: Draft, folder: Path) -> Summary:
    """Return the Summary of a project that is written in a folder."""
    settings = read_settings(folder / "kpicli.toml")
    period = Period.parse(PERIOD, fiscal=settings.fiscal, today=draft.today)
    kpis = tuple(kpi.id for kpi in draft.kpis)
    compare: tuple[ComparisonKind, ...] = ("previous", "year_ago")
    request = Request(period, kpis, draft.by, compare, as_of=draft.as_of, show_personal=True)
    return summarize(settings, request, draft.today)


def _by_command(draft: Draft, folder: Path, summary: Summary) -> list[Finding]:
    """Return where the command line shows other values than the Summary, or another exit code."""
    words = ["--kpi", ",".join(kpi.id for kpi in draft.kpis), "--format", "csv", "--no-cache"]
    words += ["--by", draft.by, "--show-personal"] if draft.by else []
    words += ["--as-of", draft.as_of.isoformat()] if draft.as_of else []
    done = subprocess.run(
        [sys.executable, "-m", "kpicli", "summarize", "--period", PERIOD, *words],
        cwd=folder,
        env={**os.environ, "KPICLI_TODAY": draft.today.isoformat()},
        capture_output=True,
        check=False,
    )
    nowhere = ("", None, None, None)
    if done.returncode not in (0, 5):
        return [Finding(False, "", nowhere, f"exit {done.returncode}: {done.stderr.decode()}")]
    rows = csv.DictReader(io.StringIO(done.stdout.decode()))
    shown = [(row["kpi"], row["group"], row["item"], row["status"], row["value"]) for row in rows]
    figures = [
        (f.kpi, f.group or "", f.item or "", f.value.status.value, _number(f.value.number))
        for f in summary.figures
    ]
    return [] if shown == figures else [Finding(False, "", nowhere, "the command line differs")]


def _number(number: int | Decimal | None) -> str:
    return f"{number:f}" if isinstance(number, Decimal) else str("" if number is None else number)


@dataclass
class Tally:
    """What has come of all projects."""

    keep: Path
    projects: int = 0
    refused: int = 0
    figures: int = 0
    final: int = 0
    doubts: Counter[str] = field(default_factory=Counter)
    failures: list[int] = field(default_factory=list)

    def add(self, outcome: Outcome, folder: Path) -> None:
        """Count an outcome; keep the project of one that failed."""
        self.projects += 1
        self.refused += bool(outcome.refused)
        self.figures += outcome.figures
        self.final += outcome.final
        faults = " ".join(sorted({name.split()[0] for name in outcome.draft.faults})) or "none"
        self.doubts[faults] += sum(finding.doubt for finding in outcome.findings)
        if outcome.failed:
            self._keep(outcome, folder)

    def _keep(self, outcome: Outcome, folder: Path) -> None:
        seed = outcome.draft.seed
        self.failures.append(seed)
        kept = self.keep / str(seed)
        shutil.copytree(folder, kept, dirs_exist_ok=True)
        clean = not outcome.draft.faults
        lines = [
            f"python tests/fuzz/fuzz_projects.py --only {seed}",
            f"today {outcome.draft.today}, by {outcome.draft.by}, as of {outcome.draft.as_of}",
            f"faults: {', '.join(outcome.draft.faults) or 'none'}",
            outcome.refused,
            outcome.trace,
            *(f"{f.kpi} {f.key}: {f.text}" for f in outcome.findings if clean or not f.doubt),
        ]
        (kept / "FAILURE.txt").write_text("\n".join(filter(None, lines)) + "\n", encoding="utf-8")
        worst = next((line for line in lines[3:] if line), "")
        sys.stderr.write(
            f"{seed} [{', '.join(outcome.draft.faults)}] {worst.strip().splitlines()[-1]}\n"
        )


def main() -> int:
    """Run the projects; return 1 where one failed, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--projects", type=int, help="stop after so many projects")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", type=int, help="repeat the project of this number alone")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    asked = parser.parse_args()
    warnings.simplefilter("error")
    tally = Tally(asked.keep)
    numbers = random.Random(asked.seed)
    begun = time.monotonic()
    while time.monotonic() - begun < asked.seconds and tally.projects < (asked.projects or 10**9):
        seed = numbers.randrange(10**9) if asked.only is None else asked.only
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            command = asked.only is not None or tally.projects % BY_COMMAND == 0
            tally.add(run(seed, folder, command=command), folder)
        if asked.only is not None:
            break
    rate = tally.projects / max(time.monotonic() - begun, 0.001)
    doubts = sum(tally.doubts.values())
    sys.stdout.write(
        f"{tally.projects} projects, {len(tally.failures)} failures ({tally.figures} figures, "
        f"{tally.final} final, {doubts} in doubt without a cause, {tally.refused} refused, "
        f"{rate:.1f} a second)\n"
    )
    for faults, number in tally.doubts.most_common(10):
        if number:
            sys.stdout.write(f"  in doubt without a cause: {number} beside {faults}\n")
    return 1 if tally.failures else 0


if __name__ == "__main__":
    sys.exit(main())
