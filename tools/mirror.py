"""How far the tests mirror the source: `python tools/mirror.py`. It exits 1 below the share.

The mirror of src/kpicli/values/dates.py is tests/values/test_dates.py. An `__init__.py` needs none.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARE = 85
"""How many percent of the source files must have a test file of their name."""


def mirror_of(module: Path) -> Path:
    """Return the test file of a source file; both are relative to their own folder."""
    return module.with_name(f"test_{module.name}")


def modules(source: Path) -> Sequence[Path]:
    """Return the source files that need a test file of their name, sorted, relative to `source`."""
    files = (file.relative_to(source) for file in source.rglob("*.py"))
    return sorted(file for file in files if file.name != "__init__.py")


def main(root: Path = ROOT) -> int:
    """Print the share and what is missing, and return 1 where the share is too low, else 0."""
    source, tests = root / "src" / "kpicli", root / "tests"
    every = modules(source)
    missing = [file for file in every if not (tests / mirror_of(file)).is_file()]
    mirrored = len(every) - len(missing)
    lines = [
        f"source files: {len(every)}; with a test file of their name: {mirrored}"
        f" ({100 * mirrored / len(every):.0f} %)",
        *(f"  {mirror_of(file).as_posix()} is missing" for file in missing),
    ]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if 100 * mirrored >= SHARE * len(every) else 1


if __name__ == "__main__":
    sys.exit(main())
