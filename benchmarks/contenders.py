"""kpicli and its peers: how each is run, what it answers, and what it leaves out."""

import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from benchmarks.answers import Answer, from_csv, from_kpicli, from_list
from benchmarks.measuring import Step
from benchmarks.plan import Plan, Written

PEERS = Path(__file__).parent / "peers"

ICONV = {"cp932": "CP932", "utf-8": "UTF-8", "utf-16": "UTF-16", "iso2022_jp": "ISO-2022-JP"}

IN_THE_HALF = r"^(2025|令和0?7|令0?7|R0?7)[-/.年]?0?[4-9]([-/.月]|\d\d$)"
"""What a date of 2025H1 looks like in the styles that are generated."""

LATEST = """SELECT 商品区分, 声の区分, count(*) FROM voices
WHERE rowid IN (SELECT max(rowid) FROM voices GROUP BY 受付番号) GROUP BY 1, 2"""


@dataclass(frozen=True, slots=True)
class Dataset:
    """Generated files, with a folder for what a contender has to write on its way."""

    folder: Path
    plan: Plan
    written: Written

    @property
    def scratch(self) -> Path:
        """Return the folder for converted files."""
        return self.folder / "converted"


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to the counts.

    `answers` is `half` for the counts of 2025H1 with every number counted once, `raw` for counts
    of all rows as they stand. `does` is what the table says of it. `needs` are programs and
    modules without which it cannot be run.
    """

    name: str
    steps: Callable[[Dataset], list[Step]]
    read: Callable[[bytes], Answer]
    does: str
    answers: Literal["half", "raw"] = "half"
    needs: tuple[str, ...] = ()

    def missing(self) -> list[str]:
        """Return what is not installed of what it needs."""
        return [n for n in self.needs if shutil.which(n) is None and find_spec(n) is None]

    def expected(self, written: Written) -> Answer:
        """Return the answer that it has to give."""
        return written.half if self.answers == "half" else written.raw


def kpicli(options: str = "") -> Contender:
    """Return kpicli with further options of `summarize`, such as another engine."""

    def steps(data: Dataset) -> list[Step]:
        asked = ("--period", "2025H1", "--kpi", "voices", "--by", "line", "--format", "json")
        config = ("--config", str(data.folder / "kpicli.toml"))
        program = (sys.executable, "-m", "kpicli", *config, "summarize")
        return [Step(((*program, *asked, *options.split()),))]

    does = "the figures, with every row accounted for and every byte and cell checked"
    return Contender(f"kpicli {options}".strip(), steps, from_kpicli, does)


def scripted(name: str) -> Callable[[Dataset], list[Step]]:
    """Return the one step of a script in `peers/`, which takes the encoding of text, and files."""

    def steps(data: Dataset) -> list[Step]:
        encoding = () if data.plan.columns else (data.plan.encoding,)
        return [Step(((sys.executable, str(PEERS / name), *encoding, *data.written.files),))]

    return steps


def _duckdb(data: Dataset) -> list[Step]:
    loop = 'from=$1 to=$2; shift 2; for f; do iconv -f "$from" -t UTF-8 "$f" > "$to/${f##*/}"; done'
    data.scratch.mkdir(exist_ok=True)
    encoding, files = ICONV[data.plan.encoding], data.written.files
    converted = [str(data.scratch / Path(file).name) for file in files]
    return [
        Step((("sh", "-ec", loop, "sh", encoding, str(data.scratch), *files),), "iconv"),
        Step(((sys.executable, str(PEERS / "duckdb_script.py"), "utf-8", *converted),), "DuckDB"),
    ]


def _miller(data: Dataset) -> list[Step]:
    loop = (
        'from=$1; shift; iconv -f "$from" -t UTF-8 "$1"; shift; '
        'for f; do iconv -f "$from" -t UTF-8 "$f" | tail -n +2; done'
    )
    convert = ("sh", "-ec", loop, "sh", ICONV[data.plan.encoding], *data.written.files)
    count = ("mlr", "--icsv", "--ocsv", "count-distinct", "-f", "商品区分,声の区分")
    return [Step((convert, count))]


def _csvkit(data: Dataset) -> list[Step]:
    here = Path(sys.executable).parent
    tools = [str(here / name) for name in ("csvstack", "csvcut", "csvgrep", "csvsql")]
    stack, cut, grep, sql = tools
    return [
        Step(
            (
                (stack, "-e", data.plan.encoding, *data.written.files),
                (cut, "-c", "受付番号,受付日,商品区分,声の区分"),
                (grep, "-c", "受付日", "-r", IN_THE_HALF),
                (sql, "-I", "--no-constraints", "--tables", "voices", "--query", LATEST),
            )
        )
    ]


SAME = "the same counts; a number that is in several files counts as the last one has it"
PANDAS = Contender(
    "pandas script", scripted("pandas_script.py"), from_list, SAME, needs=("pandas",)
)
POLARS = Contender(
    "Polars script", scripted("polars_script.py"), from_list, SAME, needs=("polars",)
)
DUCKDB = Contender(
    "iconv, then DuckDB", _duckdb, from_list, f"{SAME}; both steps added", needs=("iconv", "duckdb")
)
MILLER = Contender(
    "iconv | Miller",
    _miller,
    from_csv,
    "counts of all rows: no dates, nothing counted once; the two sides' memory added",
    answers="raw",
    needs=("iconv", "mlr"),
)
CSVKIT = Contender(
    "csvkit",
    _csvkit,
    from_csv,
    "the same counts, dates by a pattern of text; memory of four programs added",
    needs=("csvkit",),
)
LARGE = (PANDAS, DUCKDB, MILLER, POLARS)
"""The peers that bear any size; csvkit takes about 20 µs a row."""
