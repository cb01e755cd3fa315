"""What a placeholder gives to a cell of its own."""

from datetime import date
from decimal import Decimal

import pytest

from kpicli.report.narrative.figure_values import template_values
from kpicli.report.narrative.nodes import NoSuchValue
from kpicli.report.office.values import CellNumber, Figures, number_of
from support.report_fixtures import RENEWALS, VOICES, small_summary
from support.small_project import Project


@pytest.mark.parametrize(
    ("placeholder", "number"),
    [
        ("{{ voices }}", CellNumber(3)),
        ("{{ voices.change }}", CellNumber(1)),
        ("{{ voices.previous }}", CellNumber(2)),
        ("{{ renewal_talks }}", CellNumber(Decimal("66.7"), percentage=True)),
        ("{{ renewal_talks.rate }}", CellNumber(Decimal("66.7"), percentage=True)),
        ("{{ renewal_talks.denominator }}", CellNumber(3)),
        ("{{ as_of }}", date(2025, 9, 30)),
        ("{{ period }}", None),
        ("{{ voices.title }}", None),
    ],
)
def test_the_number_of_a_placeholder(
    project: Project, placeholder: str, number: CellNumber | date | None
) -> None:
    """Counts, changes, shares and days are numbers; names are words."""
    project.export("voices", VOICES).export("renewals", RENEWALS)
    nodes = template_values(small_summary(project, ("voices", "renewal_talks")), "ja")
    assert number_of(Figures(nodes).node(placeholder)) == number


@pytest.mark.parametrize(
    "placeholder", ["{{ voices }}", "{{ voices.感謝 }}", "{{ voices - voices.不満 }}"]
)
def test_doubt_is_never_a_bare_number(project: Project, placeholder: str) -> None:
    """It is refused; with leave it is no number, so that the cell holds the words with it."""
    project.export("voices", [*VOICES, "V7,2025/13/1,生保,感謝,,"])
    nodes = template_values(small_summary(project, ("voices",)), "ja")
    with pytest.raises(NoSuchValue):
        Figures(nodes).node(placeholder)
    assert number_of(Figures(nodes, allow_doubt=True).node(placeholder)) is None
