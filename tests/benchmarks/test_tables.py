"""Tables rendered from given numbers."""

from benchmarks.measuring import Usage
from benchmarks.tables import Measured, comparison, series, spread
from benchmarks.targets import Target, ahead

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


def test_targets_are_columns_with_their_results() -> None:
    """Each row says what is asked of it and what came of it; a step of another row is no rival."""
    asked = Measured("kpicli", KPICLI.runs, "the figures", targets=(ahead(), Target("peak", 1e8)))
    part = Measured("iconv alone", [Usage(0.1, 0.1, 1)], "a part", part=True)
    head, _, first, second, _ = comparison([asked, PEER, part]).splitlines()
    assert head.endswith("| × | target | result | what it does |")
    assert first.endswith(
        "| wall ≤ 1.00 × the best other; peak ≤ 100 MB"
        " | met; missed by 100.0 % (200 MB) | the figures |"
    )
    assert second.endswith("| 2.50 |  |  | counts of all rows |")


def test_a_table_without_words_says_its_trouble_beside_the_name() -> None:
    """A reason is shown, whether there is a column for it or not."""
    assert "| Polars script: not installed: polars | - |" in comparison([KPICLI, MISSING], last="")


def test_a_series_has_targets_too() -> None:
    """The target of one size is held against its own runs."""
    small = Measured("kpicli", [Usage(0.5, 0.6, 90_000_000)], rows=100_000, files=1)
    bound = (Target("peak", 1e9),)
    large = Measured("kpicli", [Usage(9.5, 12, 900_000_000)], rows=10**7, files=4, targets=bound)
    last = series([small, large]).splitlines()[-1]
    assert last == "| 10,000,000 | 4 | 9.50 | 12.00 | 900 | 0.95 | peak ≤ 1000 MB | met |"
