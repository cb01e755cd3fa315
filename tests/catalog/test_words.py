"""Filters and columns in words; what names a person is never said."""

from datetime import date

import pytest

from kpicli.catalog.conditions import parse_where
from kpicli.catalog.read import read_catalog
from kpicli.catalog.words import exclusion_words, filter_words, header_words, joined_headers

VOICES = read_catalog().source["voices"]


@pytest.mark.parametrize(
    ("where", "ja", "en"),
    [
        ({"category": "不満"}, "声の区分 が 不満", "声の区分 is 不満"),
        ({"line": ["生保", "損保"]}, "商品区分 が 生保・損保", "商品区分 is 生保 or 損保"),
        ({"line": {"not": "団体"}}, "商品区分 が 団体 でない", "商品区分 is not 団体"),
        ({"improved_on": {"missing": True}}, "改善日 が空欄", "改善日 is blank"),
        ({"improved_on": {"missing": False}}, "改善日 が空欄でない", "改善日 is filled"),
        (
            {"improved_on": {"on_or_before": date(2025, 4, 1)}},
            "改善日 が 2025-04-01 以前",
            "改善日 is on or before 2025-04-01",
        ),
        (
            {"improved_on": {"after": "@received_on"}},
            "改善日 が 受付日 より後",
            "改善日 is after 受付日",
        ),
        (
            {"improved_on": {"before": "@start"}},
            "改善日 が 期間の初日 より前",
            "改善日 is before the period's first day",
        ),
        (
            {"category": "不満", "line": "生保"},
            "声の区分 が 不満 かつ 商品区分 が 生保",
            "声の区分 is 不満 and 商品区分 is 生保",
        ),
        (
            [{"category": "不満"}, {"category": "要望", "line": "生保"}],
            "(声の区分 が 不満) または (声の区分 が 要望 かつ 商品区分 が 生保)",
            "(声の区分 is 不満) or (声の区分 is 要望 and 商品区分 is 生保)",
        ),
        ({"staff": ["S001", "S002"]}, "担当者 が *", "担当者 is *"),
    ],
)
def test_a_filter_in_words(where: object, ja: str, en: str) -> None:
    """Under the headers that people know; alternatives in brackets, persons masked."""
    words = filter_words(parse_where(where), VOICES)
    assert (words.ja, words.en) == (ja, en)


def test_exclusions_are_a_line_each() -> None:
    """With the values that take a row out, unless they are persons."""
    lines = exclusion_words({"line": ("団体", "損保"), "staff": ("S001",)}, VOICES)
    assert [line.ja for line in lines] == ["除外: 商品区分 が 団体・損保", "除外: 担当者 が *"]
    assert [line.en for line in lines] == [
        *("Excluded: 商品区分 is 団体 or 損保", "Excluded: 担当者 is *"),
    ]


def test_columns_go_by_their_usual_headers() -> None:
    """One after the other where the first filled one counts, side by side where all do."""
    assert header_words(VOICES, ("improved_on", "received_on")).en == "改善日, else 受付日"
    assert header_words(VOICES, ("improved_on", "received_on")).ja == "改善日、空欄なら 受付日"
    assert joined_headers(VOICES, ("line", "category")) == "商品区分・声の区分"
