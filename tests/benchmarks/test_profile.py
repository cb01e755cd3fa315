"""The tables of where time goes."""

from benchmarks.scenarios.profile import rendered


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
