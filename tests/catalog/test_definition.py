"""Definitions in plain words, written out in both languages."""

import pytest

from kpicli.catalog.definition import define, definition_hash
from kpicli.catalog.kpis.kpi import EnteredKpi
from kpicli.catalog.read import read_catalog

CATALOG = read_catalog()


@pytest.mark.parametrize(
    ("kpi", "ja", "en"),
    [
        (
            "voices",
            [
                "出力: お客様の声",
                "数え方: 行数",
                "日付: 受付日(期間の両端を含む)",
                "内訳: 声の区分",
                "定義の版: 1",
            ],
            [
                "Source: Customer voices (voices)",
                "Measure: number of rows",
                "Date: received on (both ends)",
                "Parts: category",
                "Version of the definition: 1",
            ],
        ),
        (
            "renewal_talks",
            [
                "出力: 継続案内",
                "数え方: 比率(行数)。分子は 発送前の対話 が 有 かつ 継続 が 有、"
                "分母は対象の行すべて",
                "日付: 発送日(期間の両端を含む)",
                "対象の行: 種目 が 自動車",
                "定義の版: 1",
            ],
            [
                "Source: Renewal notices (renewals)",
                "Measure: ratio of rows; numerator: talked is yes and renewed is yes;"
                " denominator: all selected rows",
                "Date: sent on (both ends)",
                "Rows: product is motor",
                "Version of the definition: 1",
            ],
        ),
    ],
)
def test_a_definition_written_out(kpi: str, ja: list[str], en: list[str]) -> None:
    """Source, measure, date, rows, parts and version, a line each; what there is not has none."""
    lines = define(CATALOG.kpi[kpi], CATALOG)
    assert [line.ja for line in lines] == ja
    assert [line.en for line in lines] == en


def test_a_target_is_part_of_the_definition() -> None:
    """How much, how often, and since when."""
    lines = define(CATALOG.kpi["missed_responses"], CATALOG)
    assert "Target: exactly 0 cases a half-year from 2025-10-01" in [line.en for line in lines]
    meetings = define(CATALOG.kpi["compliance_meetings"], CATALOG)
    assert "Target: at least 1 time a month" in [line.en for line in meetings]


@pytest.mark.parametrize("kpi", CATALOG.kpi)
def test_every_definition_can_be_printed_anywhere(kpi: str) -> None:
    """Each begins with its source, ends with its version, and fits a cp932 console."""
    lines = define(CATALOG.kpi[kpi], CATALOG)
    assert lines[0].ja.startswith("出力: ")
    assert lines[-1].en == f"Version of the definition: {CATALOG.kpi[kpi].version}"
    assert "\n".join(line.ja for line in lines).encode("cp932")


def test_what_is_entered_is_said_to_be() -> None:
    """No reader takes it for counted."""
    (line,) = define(EnteredKpi(title="NPS"), read_catalog())
    assert line.en == (
        "Measure: value entered by hand, as no export holds it; notes name source and day"
    )
    (line,) = define(EnteredKpi(title="継続率", ratio=True), read_catalog())
    assert line.en.startswith("Measure: ratio (%) entered by hand")


@pytest.mark.parametrize(
    ("kpi", "digest"),
    [
        ("voices", "8cda0091ee2e6129"),
        ("roleplay_sessions", "64d5864c66f5e01b"),
        ("missed_responses", "ed5371b6c6e97bd9"),
        ("elderly_explained", "db5b67c0757e8cb8"),
    ],
)
def test_a_definition_keeps_its_digest_while_the_language_grows(kpi: str, digest: str) -> None:
    """Records of the first version know these digests: a word that is not used changes none."""
    assert definition_hash(CATALOG.kpi[kpi]) == digest
