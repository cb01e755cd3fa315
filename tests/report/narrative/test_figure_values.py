"""What a placeholder can name."""

import pytest

from support.report_fixtures import TOP, Make, words_of
from support.small_project import Project


def filled(make: Make, placeholder: str) -> str:
    """Return what a placeholder becomes in the introduction."""
    return words_of(make(f"{TOP}{placeholder}\n"))


@pytest.mark.parametrize(
    ("placeholder", "shown"),
    [
        ("{{ voices }}件 {{ voices }} {{ voices }}{{ voices.unit }}", "3件 3件 3件"),
        ("{{ voices.感謝 }}", "2件"),
        ('{{ voices["感謝"].value }}件', "2件"),
        ("{{ voices.その他 }}", "0件"),
        ('{{ voices["2025-05"] }}', "2件"),
        ('{{ voices["2025-05"].不満 }}', "1件"),
        ("{{ voices.previous }} {{ voices.previous }}件", "2件 2件"),
        ("{{ voices.previous.change }} {{ voices.change }}", "1件増 1件増"),
        ("{{ voices.change }}件 {{ voices.change.number }}", "+1件 +1"),
        ("{{ voices.year_ago }} {{ voices.year_ago.change }}", "1件 2件増"),
        ("{{ voices.不満.change }}", "増減なし"),
        ("{{ renewal_talks }} {{ renewal_talks }}件", "3件中2件(66.7%) 2/3件"),
        ("{{ renewal_talks.rate }}% {{ renewal_talks.rate }}", "66.7% 66.7%"),
        ("{{ renewal_talks.numerator }}/{{ renewal_talks.denominator }}", "2件/3件"),
        ("{{ renewal_talks.rest }}", "1件"),
        ("{{ voices.period }} {{ voices.previous.period.end }}", "2025年度上期 2025年3月31日"),
        (
            "{{ period }} {{ previous }} {{ year_ago.start }}",
            "2025年度上期 2024年度下期 2024年4月1日",
        ),
        ("{{ as_of }}", "2025年9月30日"),
        ("{{ voices.感謝 + voices.不満 }}", "3件"),
        ("{{ voices - voices.感謝 }}件 {{ voices - voices.previous }}", "1件 1件"),
        ("{{ voices.感謝 + voices.不満 - voices }}", "0件"),
        ("{{ renewal_talks.denominator - renewal_talks.numerator }}", "1件"),
        ("{{ voices.title }} {{ voices.unit }}", "お客様の声 件"),
        ("{{ 70 }}歳 {{ '12' }}", "70歳 12"),
        ("{# 覚え書き #}{{ voices }}", "3件"),
    ],
)
def test_what_a_placeholder_says(make: Make, placeholder: str, shown: str) -> None:
    """Figures, items, months, counts, comparisons, periods, and numbers that are meant."""
    assert filled(make, placeholder) == shown


def test_a_value_that_is_not_final_says_so(make: Make, project: Project) -> None:
    """A figure that rows are in doubt of carries 要確認 wherever the words name it."""
    project.export("voices", ["V9,2025/9/31,損保,感謝,,"])
    assert filled(make, "{{ voices }}件") == "3(要確認(1件))件"
    assert filled(make, "{{ voices }}") == "3件(要確認(1件))"
    assert filled(make, "{{ voices.change }}") == "1件増(要確認(1件))"
    assert filled(make, "{{ voices - voices.感謝 }}") == "1件(要確認(1件))"


def test_english_has_no_counters(make: Make) -> None:
    """Numbers stand alone, shares and changes are said in English."""
    text = "{{ voices }} voices, {{ renewal_talks }}, {{ voices.change }}, {{ as_of }}"
    report = make(f"{TOP}{text}", language="en")
    assert words_of(report) == "3 voices, 2 of 3 (66.7%), up 1, 30 September 2025"
