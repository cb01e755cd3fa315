"""What a placeholder can name."""

import pytest

from support.report_fixtures import TOP, Make
from support.small_project import Project


def filled(make: Make, placeholder: str) -> str:
    """Return what a placeholder becomes in the introduction."""
    return make(f"{TOP}{placeholder}\n").introduction


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("{{ voices }}件", "3件"),
        ("{{ voices.感謝 }}", "2"),
        ('{{ voices["感謝"].value }}', "2"),
        ("{{ voices.その他 }}", "0"),
        ('{{ voices["2025-05"] }}', "2"),
        ('{{ voices["2025-05"].不満 }}', "1"),
        ("{{ voices.previous }}", "2"),
        ("{{ voices.previous.change }} {{ voices.change }}", "+1 +1"),
        ("{{ voices.year_ago }} {{ voices.year_ago.change }}", "1 +2"),
        ("{{ voices.不満.change }}", "0"),
        ("{{ renewal_talks }}", "2/3"),
        ("{{ renewal_talks.rate }}%", "66.7%"),
        ("{{ renewal_talks.numerator }}/{{ renewal_talks.denominator }}", "2/3"),
        ("{{ voices.period }} {{ voices.previous.period.end }}", "2025年度上期 2025-03-31"),
        (
            "{{ period }} {{ previous }} {{ year_ago.start }}",
            "2025年度上期 2024年度下期 2024-04-01",
        ),
        ("{{ as_of }}", "2025-09-30"),
        ("{{ voices.title }} {{ voices.unit }}", "お客様の声 件"),
        ("{{ 70 }}歳 {{ '12' }}", "70歳 12"),
        ("{# 覚え書き #}{{ voices }}", "3"),
    ],
)
def test_what_a_placeholder_says(make: Make, placeholder: str, shown: str) -> None:
    """Figures, items, months, counts, comparisons, periods, and numbers that are meant."""
    assert filled(make, placeholder) == shown


def test_a_value_that_is_not_final_says_so(make: Make, project: Project) -> None:
    """A figure that rows are in doubt of carries 要確認 wherever the words name it."""
    project.export("voices", ["V9,2025/9/31,損保,感謝,,"])
    assert filled(make, "{{ voices }}件") == "3(要確認(1件))件"
    assert filled(make, "{{ voices.change }}") == "+1(要確認(1件))"
