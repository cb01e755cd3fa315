"""Targets: met or missed, by given numbers."""

import pytest

from benchmarks.measuring import Usage
from benchmarks.targets import Target, ahead

RUNS = {
    "summarize": [Usage(2.0, 3.0, 100_000_000), Usage(4.0, 3.0, 100_000_000)],
    "check": [Usage(9.0, 6.0, 150_000_000)],
    "freeze": [],
}


@pytest.mark.parametrize(
    ("target", "told", "result"),
    [
        (Target("wall", 3, "summarize"), "wall ≤ 3.00 × summarize", "met"),
        (
            Target("wall", 2, "summarize"),
            "wall ≤ 2.00 × summarize",
            "missed by 50.0 % (3.00 × summarize)",
        ),
        (Target("cpu", 5), "CPU ≤ 5.00 s", "missed by 20.0 % (6.00 s)"),
        (Target("peak", 1.5e8), "peak ≤ 150 MB", "met"),
        (ahead("peak"), "peak ≤ 1.00 × the best other", "missed by 50.0 % (1.50 × the best other)"),
        (
            Target("cpu", 1, "summarize", why="rows are read twice"),
            "CPU ≤ 1.00 × summarize",
            "missed by 100.0 % (2.00 × summarize): rows are read twice",
        ),
        (Target("wall", 1, "freeze"), "wall ≤ 1.00 × freeze", "not measured"),
        (Target("wall", 1, "diff"), "wall ≤ 1.00 × diff", "not measured"),
    ],
    ids=str,
)
def test_a_target_says_what_it_asks_and_what_came_of_it(
    target: Target, told: str, result: str
) -> None:
    """`check` took a median of 9 s, three times that of `summarize`, which ran twice."""
    assert (target.told(), target.result("check", RUNS)) == (told, result)


def test_a_row_without_runs_is_not_measured() -> None:
    """Who has failed has not met its target."""
    assert Target("wall", 100).result("freeze", RUNS) == "not measured"
    assert ahead().result("check", {"check": RUNS["check"]}) == "not measured"
