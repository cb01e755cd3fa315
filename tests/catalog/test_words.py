"""Filters and columns in words; what names a person is never said."""

from datetime import date

import pytest

from kpicli.catalog.conditions import parse_where
from kpicli.catalog.read import read_catalog
from kpicli.catalog.words import exclusion_words, filter_words, header_words, joined_headers

CATALOG = read_catalog()
VOICES = CATALOG.source["voices"]


@pytest.mark.parametrize(
    ("where", "ja", "en"),
    [
        ({"category": "不満"}, "声の区分 が 不満", "category is complaints"),
        ({"line": ["生保", "損保"]}, "商品区分 が 生保・損保", "line is life or non-life"),
        ({"line": {"not": "団体"}}, "商品区分 が 団体 でない", "line is not group"),
        ({"improved_on": {"missing": True}}, "改善日 が空欄", "improved on is blank"),
        ({"improved_on": {"missing": False}}, "改善日 が空欄でない", "improved on is filled"),
        (
            {"improved_on": {"on_or_before": date(2025, 4, 1)}},
            "改善日 が 2025-04-01 以前",
            "improved on is on or before 2025-04-01",
        ),
        (
            {"improved_on": {"after": "@received_on"}},
            "改善日 が 受付日 より後",
            "improved on is after received on",
        ),
        (
            {"improved_on": {"before": "@start"}},
            "改善日 が 期間の初日 より前",
            "improved on is before the period's first day",
        ),
        (
            {"category": "不満", "line": "生保"},
            "声の区分 が 不満 かつ 商品区分 が 生保",
            "category is complaints and line is life",
        ),
        (
            [{"category": "不満"}, {"category": "要望", "line": "生保"}],
            "(声の区分 が 不満) または (声の区分 が 要望 かつ 商品区分 が 生保)",
            "(category is complaints) or (category is requests and line is life)",
        ),
        ({"staff": ["S001", "S002"]}, "担当者 が *", "staff is *"),
    ],
)
def test_a_filter_in_words(where: object, ja: str, en: str) -> None:
    """By headers that people know, or in English titles; persons masked."""
    words = filter_words(parse_where(where), VOICES, CATALOG)
    assert (words.ja, words.en) == (ja, en)


def test_exclusions_are_a_line_each() -> None:
    """With the values that take a row out, unless they are persons."""
    lines = exclusion_words({"line": ("団体", "損保"), "staff": ("S001",)}, VOICES, CATALOG)
    assert [line.ja for line in lines] == ["除外: 商品区分 が 団体・損保", "除外: 担当者 が *"]
    assert [line.en for line in lines] == [
        *("Excluded: line is group or non-life", "Excluded: staff is *"),
    ]


def test_columns_go_by_their_usual_headers() -> None:
    """One after the other where the first filled one counts, side by side where all do."""
    assert (
        header_words(VOICES, ("improved_on", "received_on")).en == "improved on, else received on"
    )
    assert header_words(VOICES, ("improved_on", "received_on")).ja == "改善日、空欄なら 受付日"
    joined = joined_headers(VOICES, ("line", "category"))
    assert (joined.ja, joined.en) == ("商品区分・声の区分", "line and category")
