"""Fuzz the readers: `python tests/fuzz/fuzz_readers.py --seconds 120 --seed 0`.

Mutates the traps and the sample exports, counts each result in-process, and asserts what
`bench.Bench.check` does. A file that breaks it is kept (`--keep`, by default the folder
fuzz-failures), and the command exits with 1.
"""

import argparse
import random
import sys
import tempfile
import time
import traceback
import warnings
from dataclasses import dataclass, field
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))

from fuzz.bench import Bench  # noqa: E402 - found by the line above
from fuzz.mutations import Seed, mutated  # noqa: E402
from fuzz.seeds import read_seeds  # noqa: E402

SLOWEST = 10.0
"""Seconds that one small file may take, on a machine that has other things to do."""
RENDERED = 25
"""Every so many files the Summary is rendered too."""


@dataclass
class Run:
    """One run: how much time it has, where failures go, and what has come of it."""

    bench: Bench
    rng: random.Random
    seeds: list[Seed]
    keep: Path
    files: int = 0
    counted: int = 0
    failures: list[Path] = field(default_factory=list)

    def until(self, end: float, most: int | None) -> None:
        """Try file after file until the time, or the number of files, is reached."""
        while time.monotonic() < end and (most is None or self.files < most):
            seed = self.rng.choice(self.seeds)
            content = mutated(self.rng, seed, self.seeds)
            self.files += 1
            begun = time.monotonic()
            try:
                self._one(seed, content)
                assert time.monotonic() - begun < SLOWEST, "too slow"
            except Exception:  # noqa: BLE001 - whatever it is, it is what we are looking for
                self._save(seed, content, traceback.format_exc())

    def _one(self, seed: Seed, content: bytes) -> None:
        outcome = self.bench.check(seed.source, seed.suffix, content)
        self.counted += outcome.summary is not None
        if outcome.summary is not None and self.files % RENDERED == 0:
            self.bench.render(outcome.summary)

    def _save(self, seed: Seed, content: bytes, trace: str) -> None:
        self.keep.mkdir(parents=True, exist_ok=True)
        file = self.keep / f"{seed.source}-{self.files}{seed.suffix}"
        file.write_bytes(content)
        file.with_suffix(".trace").write_text(trace, encoding="utf-8")
        self.failures.append(file)
        sys.stderr.write(f"{file}: {trace.strip().splitlines()[-1]}\n")


def main() -> int:
    """Run the fuzzer; return 1 when a file broke what has to hold, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--files", type=int, help="stop after so many files")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=("csv", "xlsx"), help="text files or workbooks alone")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-failures"))
    asked = parser.parse_args()
    warnings.simplefilter("error")
    seeds = [s for s in read_seeds() if asked.only in (None, s.suffix.lstrip("."))]
    with tempfile.TemporaryDirectory() as folder:
        run = Run(Bench(Path(folder)), random.Random(asked.seed), seeds, asked.keep)
        begun = time.monotonic()
        run.until(begun + asked.seconds, asked.files)
        rate = run.files / max(time.monotonic() - begun, 0.001)
    sys.stdout.write(
        f"{run.files} files, {len(run.failures)} failures "
        f"({run.counted} counted, {run.files - run.counted} refused, {rate:.0f} a second)\n"
    )
    return 1 if run.failures else 0


if __name__ == "__main__":
    sys.exit(main())
