"""`python -m benchmarks`: measures, and prints Markdown."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path

from benchmarks.contenders import LARGE, kpicli
from benchmarks.dates import DATE_STYLES
from benchmarks.machine import described
from benchmarks.plan import CODECS, Plan
from benchmarks.profiles import profile
from benchmarks.scenarios import Bench, WrongAnswer
from benchmarks.tables import comparison, series

SIZES = (100_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000, 20_000_000)
COUNTS = (1, 10, 40, 400)
SCENARIOS = ("peers", "sizes", "files", "start", "profile")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for. Returns 1 where an answer is wrong, else 0."""
    options = _parser().parse_args(arguments)
    plan = Plan(**{field.name: getattr(options, field.name) for field in fields(Plan)})
    if options.scenario == "write":
        if options.folder is None:
            raise SystemExit("write needs a folder")
        from benchmarks.exports import write_exports

        write_exports(plan, options.folder)
        return 0
    bench = Bench(options.folder, options.repeat)
    sys.stdout.write(described())
    try:
        for name in SCENARIOS if options.scenario == "all" else (options.scenario,):
            sys.stdout.write(f"\n{_measured(name, bench, plan, options)}")
            sys.stdout.flush()
    except WrongAnswer as wrong:
        bench.tell(f"wrong answer: {wrong}")
        return 1
    return 0


def _measured(name: str, bench: Bench, plan: Plan, options: argparse.Namespace) -> str:
    engines = options.kpicli
    if name == "peers":
        large = bench.compare(plan, [kpicli(), *map(kpicli, engines), *LARGE])
        text = f"### {_told(plan)}\n\n{comparison(large)}"
        if options.csvkit_rows:
            small = bench.small_comparison(plan, options.csvkit_rows, engines)
            told = _told(replace(plan, rows=options.csvkit_rows))
            text += f"\n### {told}\n\n{comparison(small)}"
        return text
    if name == "sizes":
        plans = [replace(plan, rows=rows) for rows in options.sizes]
        return f"### kpicli by rows\n\n{_series(bench, plans, engines)}"
    if name == "files":
        plans = [replace(plan, files=count) for count in options.counts]
        return f"### kpicli by files\n\n{_series(bench, plans, engines)}"
    if name == "start":
        return f"### The start\n\n{comparison(bench.start(), last='')}"
    with bench.dataset(plan) as data:
        return f"### Where the time goes: {_told(plan)}\n\n{profile(data, ' '.join(engines))}"


def _series(bench: Bench, plans: Sequence[Plan], engines: Sequence[str]) -> str:
    return "\n".join(series(bench.series(plans, options)) for options in ("", *engines))


def _told(plan: Plan) -> str:
    return (
        f"{plan.rows:,} rows in {plan.files} files, {plan.encoding}, "
        f"{plan.duplicates:.2%} repeated, {plan.superseded:.2%} superseded, "
        f"{plan.long_share:.2%} with line breaks"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    default = Plan()
    choices = (*SCENARIOS, "all", "write")
    parser.add_argument("scenario", nargs="?", default="peers", choices=choices)
    parser.add_argument(
        "folder", nargs="?", type=Path, help="where files are written; a temporary folder if none"
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
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument(
        "--kpicli",
        action="append",
        default=[],
        metavar="OPTIONS",
        help="measure kpicli with these options of summarize as well; repeat it for more",
    )
    parser.add_argument("--csvkit-rows", type=int, default=100_000, help="0 leaves csvkit out")
    parser.add_argument("--sizes", type=_numbers, default=SIZES, help="rows, joined by commas")
    parser.add_argument("--counts", type=_numbers, default=COUNTS, help="files, joined by commas")
    return parser


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number.replace("_", "")) for number in text.split(","))


if __name__ == "__main__":
    raise SystemExit(main())
