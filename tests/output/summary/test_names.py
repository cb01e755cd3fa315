"""Names of cells that hold figures."""

import re

from msgspec.structs import replace

from kpicli.model.summary import Summary
from kpicli.output.summary.names import figure_names


def test_every_figure_has_a_name_of_its_own(summary: Summary) -> None:
    """Of letters, digits, periods and underscores; rules and notes are told from parts."""
    names = figure_names(summary)
    own = [f for f in summary.figures if f.by is None and f.period == summary.period]
    assert len(set(names.values())) == len(own) == len(names)
    assert all(re.fullmatch(r"kpi_[\w.]+", name) for name in names.values())
    assert {"kpi_voices", "kpi_voices.感謝", "kpi_missed.rule.期限超過"} <= set(names.values())


def test_names_that_would_be_one_have_numbers(summary: Summary) -> None:
    """Signs that no name may have become underscores."""
    part = next(figure for figure in summary.figures if figure.kind == "part")
    pair = (replace(part, item="a b"), replace(part, item="a-b"), replace(part, item="A.b"))
    names = figure_names(replace(summary, figures=pair))
    assert [names[id(each)] for each in pair] == [
        f"kpi_{part.kpi}.a_b",
        f"kpi_{part.kpi}.a_b_2",
        f"kpi_{part.kpi}.A.b",
    ]
