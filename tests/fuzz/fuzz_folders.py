"""Random folders of exports: `python tests/fuzz/fuzz_folders.py --seconds 60 --seed 0`.

Each is written in a dialect that nobody has described, understood by `kpicli.intake` alone, and
held to the truth: nothing may be wrong and called sure, and no figure may be another than that of
settings by hand. What fails is named with what repeats it, and the command exits with 1.
"""

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from kpicli.catalog.read import pack_names
from kpicli.intake.understanding import understand
from support.blind_folders import blind, silently_wrong, wrong_figures
from support.dialects import DIALECTS

ROWS = (8, 30, 120, 300)


def problems(seed: int) -> tuple[str, list[str]]:
    """Return what a seed makes, in words, and what is wrong with what is understood of it."""
    chance = random.Random(seed)
    pack, dialect = chance.choice(pack_names()), chance.choice(list(DIALECTS))
    with tempfile.TemporaryDirectory() as name:
        (folder := Path(name, "blind")).mkdir()
        (known := Path(name, "known")).mkdir()
        exports = blind(folder, pack, dialect, seed, chance.choice(ROWS))
        _, proposal = understand([folder], folder)
        wrong = [*silently_wrong(proposal, exports), *wrong_figures(folder, known, pack, exports)]
    return f"--seed {seed} ({pack}, {dialect})", wrong


def main() -> int:
    """Make folders until the time is over; return 1 where one was misunderstood."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    end, seed, failed = time.monotonic() + options.seconds, options.seed, 0
    while time.monotonic() < end:
        made, wrong = problems(seed)
        for problem in wrong:
            sys.stdout.write(f"{made}: {problem}\n")
        failed += bool(wrong)
        seed += 1
    sys.stdout.write(f"{seed - options.seed} folders, {failed} misunderstood\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
