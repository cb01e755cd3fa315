"""Every command once, with the kpicli of the Python that runs this: `python tools/smoke.py`.

It needs nothing but kpicli and what that needs, and so goes where no test tool is: to the built
wheel, and to the lowest versions of all dependencies. What an extra brings is refused in words
where it is missing, and so are the documents, which only `--with-docs` demands.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = '\n[mail]\nsender = "kpi@example.co.jp"\nto = ["fd@example.co.jp"]\n'
VOICES = "voices,お客様の声,2;7,,,,,841,件"


class Step(NamedTuple):
    """A command line, the exit code that it must end with, and words that it must print.

    It is run in `place`: the sample project, or a folder that has exports alone.
    """

    arguments: tuple[str, ...]
    code: int
    words: str
    place: str = "project"


def steps(*, with_docs: bool = False) -> Sequence[Step]:
    """Return what is run, in an order in which each finds what it needs."""
    documented = with_docs or first_page_is_there()
    png, dask = find_spec("vl_convert") is not None, find_spec("distributed") is not None
    period = ("--period", "2025H1")
    return (
        Step(("summarize", *period), 0, VOICES),
        Step(("summarize", *period), 0, VOICES),  # as it was kept
        *(Step(("summarize", *period, "-o", f"kpi.{suffix}"), 0, "") for suffix in SUFFIXES),
        Step(("summarize", *period, "-f", "table", "--by", "month"), 0, "お客様の声"),
        Step(("--lang", "en", "summarize", *period, "-f", "fr"), 2, "parquet"),
        Step(("summarize", *period, "--fail-on", "rain"), 2, "target"),
        Step(
            ("summarize", *period, "--kpi", "voices", "--engine", "dask"),
            0 if dask else 3,
            VOICES if dask else "kpicli[dask]",
        ),
        Step(("rows", "complaint_improvements", *period), 0, "V2500479"),
        Step(("rows", "voices", "--all", "-f", "text", *period), 0, "1,650"),
        Step(("rows", "--help"), 0, "--item"),
        Step(("explain", "renewal_talks", *period), 0, "178/252"),
        Step(("check",), 0, "D411"),
        Step(("audit", "kpi.csv"), 0, ""),
        Step(("report", *period, "--lint", "-o", "report.md"), 0, ""),
        Step(("report", *period, "-o", "report.xlsx"), 0, ""),
        Step(("report", *period, "-o", "report.html"), 0, ""),
        Step(("chart", "voices", *period, "-o", "voices.svg"), 0, ""),
        Step(
            ("chart", "voices", *period, "--trend", "3", "-o", "voices.png"),
            0 if png else 3,
            "" if png else "kpicli[report]",
        ),
        Step(("fill", "form.xlsx", *period, "-o", "filled.xlsx"), 0, ""),
        Step(("site", "site"), 0, "index.html"),
        Step(("freeze", *period), 0, ""),
        Step(("diff", "2025H1"), 0, ""),
        Step(("mail", *period, "-o", "message.eml"), 0, ""),
        Step(("kpis",), 0, "voices"),
        Step(("sources",), 0, "voices"),
        Step(("principles",), 0, "6(注3)"),
        Step(("schema",), 0, "$schema"),
        Step(
            ("docs", "--print"),
            0 if documented else 3,
            str(Path("docs") / "index.html") if documented else "文書",
        ),
        Step(("init", "sample_data", "--yes"), 5, "お客様の声", "exports"),  # guesses touch figures
    )


SUFFIXES = ("csv", "tsv", "txt", "json", "md", "html", "xlsx", "parquet")


def run(step: Step, folder: Path, environment: Mapping[str, str]) -> str:
    """Run a step in its place below `folder`; return what is wrong with its outcome, else ""."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "kpicli", *step.arguments],
        cwd=folder / step.place,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    printed = done.stdout + done.stderr
    if done.returncode == step.code and step.words in printed:
        return ""
    wanted = f"exit {step.code} and {step.words!r}"
    return f"kpicli {' '.join(step.arguments)}: exit {done.returncode}, not {wanted}\n{printed}"


def left_out(listed: str, steps: Sequence[Step]) -> set[str]:
    """Return the commands of an English `--help` that no step runs."""
    section = listed.partition("Commands:\n")[2].partition("\n\n")[0]
    commands = re.findall(r"^  (\w+)\s", section, re.MULTILINE)
    return set(commands) - {step.arguments[0] for step in steps}


def write_form(file: Path) -> None:
    """Write a workbook in which a figure is to stand."""
    book = Workbook()
    book.worksheets[0]["A1"] = "{{ voices }}"
    book.save(file)


def first_page_is_there() -> bool:
    """Return whether the kpicli that runs here has its documents."""
    from kpicli.base.errors import SettingsError
    from kpicli.cli.docs import first_page

    try:
        return first_page().is_file()
    except SettingsError:
        return False


def failures(folder: Path, *, with_docs: bool) -> Iterator[str]:
    """Give, step by step, what is wrong; `folder` is empty and may be written to."""
    project, home = folder / "project", folder / "home"
    for name in ("sample_data", "narrative"):
        shutil.copytree(ROOT / name, project / name)
    shutil.copytree(ROOT / "sample_data", folder / "exports" / "sample_data")
    write_form(project / "form.xlsx")
    settings = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (project / "kpicli.toml").write_text(settings + SETTINGS, encoding="utf-8")
    places = {f"XDG_{name}_HOME": str(home / name) for name in ("CACHE", "STATE", "CONFIG")}
    environment = {**os.environ, **places, "KPICLI_SECRET_FILE": str(home / "secret")}
    environment.pop("KPICLI_LANG", None)
    every = steps(with_docs=with_docs)
    yield from (run(step, folder, environment) for step in every)
    listed = subprocess.run(
        [sys.executable, "-m", "kpicli", "--lang", "en", "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    yield "".join(f"no step runs `kpicli {name}`\n" for name in left_out(listed.stdout, every))


def main() -> int:
    """Run every step in a folder of its own, print what failed, and return 1 where any did."""
    with_docs = "--with-docs" in sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        failed = [each for each in failures(Path(folder), with_docs=with_docs) if each]
    sys.stdout.write("\n".join(failed) or f"{len(steps())} commands did what they should\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
