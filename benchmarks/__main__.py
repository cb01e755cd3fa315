"""`python -m benchmarks`: measures, and prints Markdown."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.bench import Bench, WrongAnswer
from benchmarks.dates import DATE_STYLES
from benchmarks.machine import described
from benchmarks.page import replaced, write_into
from benchmarks.plan import CELLS, CODECS, Plan
from benchmarks.scenarios import SCENARIOS
from benchmarks.scenarios.declared import plan_of

MACHINE = "machine"
"""The marker of the page for what everything was measured on."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for. Returns 1 where an answer is wrong, else 0."""
    options = _parser().parse_args(arguments)
    if options.scenario == "write":
        if options.folder is None:
            raise SystemExit("write needs a folder")
        from benchmarks.exports import write_exports

        write_exports(plan_of(options), options.folder)
        return 0
    names = list(SCENARIOS) if options.scenario == "all" else [options.scenario]
    if options.into:
        _check_markers(options.into, [MACHINE, *names])
    bench = Bench(options.folder, options.repeat)
    _tell(options.into, MACHINE, described())
    try:
        for name in names:
            minutes = SCENARIOS[name].minutes
            bench.tell(f"{name}: about {minutes} minutes on two quiet cores, by default options")
            _tell(options.into, name, SCENARIOS[name].measure(bench, options))
    except WrongAnswer as wrong:
        bench.tell(f"wrong answer: {wrong}")
        return 1
    return 0


def _check_markers(page: Path, names: Sequence[str]) -> None:
    """Raise `NoMarkers` before anything is measured that the page has no place for."""
    text = page.read_text(encoding="utf-8")
    for name in names:
        replaced(text, name, "")


def _tell(page: Path | None, name: str, text: str) -> None:
    """Print a scenario's tables, or write them into the page as soon as they are there."""
    if page:
        write_into(page, name, text)
    else:
        sys.stdout.write(text if name == MACHINE else f"\n{text}")
        sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    told = "".join(
        f"  {s.name:10} {s.does} (about {s.minutes} minutes)\n" for s in SCENARIOS.values()
    )
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=f"scenarios, with their time on two quiet cores:\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    default = Plan()
    choices = (*SCENARIOS, "all", "write")
    parser.add_argument("scenario", nargs="?", default="peers", choices=choices)
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where files are written; a temporary folder if none"
    )
    parser.add_argument(
        "--into", type=Path, metavar="PAGE", help="write the tables between the page's markers"
    )
    parser.add_argument("--rows", type=int, default=default.rows)
    parser.add_argument("--files", type=int, default=default.files)
    parser.add_argument("--seed", type=int, default=default.seed)
    parser.add_argument("--encoding", choices=tuple(CODECS), default=default.encoding)
    parser.add_argument(
        "--styles",
        type=lambda text: tuple(text.split(",")),
        default=default.styles,
        help=f"date styles, joined by commas: {', '.join(DATE_STYLES)}",
    )
    shares = "a share of all rows"
    parser.add_argument("--duplicates", type=float, default=default.duplicates, help=shares)
    parser.add_argument("--superseded", type=float, default=default.superseded, help=shares)
    parser.add_argument("--long-share", type=float, default=default.long_share, help=shares)
    parser.add_argument("--long-length", type=int, default=default.long_length, help="characters")
    parser.add_argument(
        "--columns", type=int, default=default.columns, help="of workbooks; 0 for text files"
    )
    parser.add_argument("--cells", choices=CELLS, default=default.cells, help="of text files")
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument(
        "--kpicli",
        action="append",
        default=[],
        metavar="OPTIONS",
        help="measure kpicli with these options of summarize as well; repeat it for more",
    )
    for scenario in SCENARIOS.values():
        scenario.add_options(parser)
    return parser


if __name__ == "__main__":
    raise SystemExit(main())
