"""Tables rendered from given numbers."""

from benchmarks.measuring import Usage
from benchmarks.profiles import rendered
from benchmarks.tables import Measured, comparison, series, spread

KPICLI = Measured(
    "kpicli",
    [Usage(2.0, 3.0, 200_000_000), Usage(2.5, 3.5, 210_000_000), Usage(1.5, 2.5, 190_000_000)],
    "the figures",
)
PEER = Measured("iconv | Miller", [Usage(4.0, 1.5, 500_000_000)], "counts\nof all rows")
MISSING = Measured("Polars script", trouble="not installed: polars")


def test_a_comparison_shows_medians_spread_and_ratios() -> None:
    """Ratios are of medians, to the first row; a bar or a line break does not break the table."""
    assert comparison([KPICLI, PEER]) == (
        "|  | wall s | × | CPU s | × | peak MB | × | what it does |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
        "| kpicli | 2.00 (1.50–2.50) | 1.00 | 3.00 (2.50–3.50) | 1.00 | 200 (190–210) | 1.00"
        " | the figures |\n"
        "| iconv \\| Miller | 4.00 | 2.00 | 1.50 | 0.50 | 500 | 2.50 | counts of all rows |\n"
    )


def test_a_contender_without_runs_is_a_row_with_its_reason() -> None:
    """Who is not installed is shown, without numbers."""
    last = comparison([KPICLI, MISSING]).splitlines()[-1]
    assert last == "| Polars script | - | - | - | - | - | - | not installed: polars |"


def test_without_a_first_row_there_are_no_ratios() -> None:
    """Where the reference itself has failed, the others keep their numbers."""
    last = comparison([MISSING, PEER]).splitlines()[-1]
    assert last == "| iconv \\| Miller | 4.00 | - | 1.50 | - | 500 | - | counts of all rows |"


def test_a_series_shows_the_cost_of_a_million_rows() -> None:
    """The last column tells at a glance whether the cost is linear."""
    small = Measured("kpicli", [Usage(0.5, 0.6, 90_000_000)], rows=100_000, files=1)
    large = Measured("kpicli", [Usage(9.5, 12.0, 900_000_000)], rows=10_000_000, files=40)
    assert series([small, large]) == (
        "| rows | files | wall s | CPU s | peak MB | wall s per million rows |\n"
        "| --- | ---: | ---: | ---: | ---: | ---: |\n"
        "| 100,000 | 1 | 0.50 | 0.60 | 90 | 5.00 |\n"
        "| 10,000,000 | 40 | 9.50 | 12.00 | 900 | 0.95 |\n"
    )


def test_the_median_of_an_even_number_lies_between() -> None:
    """Of two runs the median is their mean."""
    assert spread([1.0, 2.0], 1) == "1.5 (1.0–2.0)"


def test_a_profile_adds_up_modules() -> None:
    """Functions of one module add up, the slowest first, with their share of all."""
    rows = [("loaders/cells", "read", 1.0), ("loaders/cells", "fold", 0.5), ("(imports)", "", 2.5)]
    assert rendered(rows) == (
        "| module | s | % |\n"
        "| --- | ---: | ---: |\n"
        "| (imports) | 2.50 | 62.5 |\n"
        "| loaders/cells | 1.50 | 37.5 |\n"
        "\n"
        "| function | s | % |\n"
        "| --- | ---: | ---: |\n"
        "| (imports) | 2.50 | 62.5 |\n"
        "| loaders/cells read | 1.00 | 25.0 |\n"
        "| loaders/cells fold | 0.50 | 12.5 |\n"
    )


def test_a_long_profile_tells_what_it_leaves_out() -> None:
    """Beyond the functions shown, their number and time stand on a line of its own."""
    rows = [("loaders/cells", f"step_{place}", 1.0) for place in range(40)]
    assert rendered(rows).endswith("| 15 others | 15.00 | 37.5 |\n")
