"""Which modules a run of the command line loads."""

import subprocess
import sys
from pathlib import Path

from support.command_line import environment
from support.root import ROOT

HEAVY = (
    *("pandas", "pyarrow", "openpyxl", "numpy", "dask", "distributed", "fsspec"),
    *("jinja2", "vl_convert", "markdown_it"),
)
WATCH = """
import sys
sys.argv = ["kpicli", *sys.argv[1:]]
from kpicli.cli import main
try:
    main()
finally:
    loaded = [name for name in {heavy!r} if name in sys.modules]
    sys.stderr.write("\\nloaded: " + ",".join(loaded))
"""


def loaded(
    *args: str, names: tuple[str, ...] = HEAVY, folder: Path = ROOT, **changes: str | None
) -> tuple[int, str]:
    """Return the exit code of a run and which of the named modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH.format(heavy=names), *args],
        cwd=folder,
        env=environment(**changes),
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode().rpartition("\nloaded: ")[2]
