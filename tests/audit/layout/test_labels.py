"""What a label says of its numbers."""

import pytest

from kpicli.audit.layout.labels import bare, is_exclusive, is_people, is_stock, meaning, measure


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("合計", "total"),
        ("小計(A)", "total"),
        ("総 数", "total"),
        ("店舗計", "total"),
        ("設計", "plain"),
        ("家計", "plain"),
        ("上期", "period"),
        ("2025年度", "period"),
        ("前年同期", "previous"),
        ("前年同期比", "growth"),
        ("増減", "difference"),
        ("増減率", "growth"),
        ("構成比", "share"),
        ("合格率(%)", "rate"),
        ("平均", "mean"),
        ("最大", "statistic"),
        ("累計", "cumulative"),
        ("分子", "numerator"),
        ("分母", "denominator"),
        ("うち新規", "within"),
        ("(再掲)65歳以上", "within"),
        ("内訳", "breakdown"),
        ("目標", "target"),
        ("A店", "plain"),
        ("", "plain"),
        ("合" * 100, "plain"),
    ],
)
def test_the_kind_of_number(label: str, kind: str) -> None:
    """A word within another word says nothing; a sentence is no label."""
    assert meaning(label).kind == kind


def test_totals_have_their_rank() -> None:
    """A subtotal is below a total; one of everything may be of more than is listed."""
    ranks = [meaning(label).rank for label in ("小計", "中計", "計", "合計", "総計")]
    assert ranks == sorted(ranks)
    assert ranks[0] < ranks[2] < ranks[3] < ranks[4]
    assert not meaning("全国").sure
    assert meaning("合計").sure


def test_what_a_label_says_besides() -> None:
    """Only what is left when the word is taken out belongs together."""
    assert meaning("出生総数").rest == "出生"
    assert meaning("前年同期").reference == "前年同期"
    period = meaning("2025年度上期件数").period
    assert period is not None
    assert (period.months, period.number, period.year, period.rest) == (6, 1, "2025", "件数")


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("金額(千円)", "金額"),
        ("総数 Total", "総数"),
        ("1 相談", "相談"),
        ("(2)苦情", "苦情"),
        ("③訪問", "訪問"),
        ("電話※1", "電話"),
        ("電話 注1)", "電話"),
        ("A 店", "A店"),
    ],
)
def test_marks_numbers_and_units_are_no_part_of_a_label(label: str, text: str) -> None:
    """Footnotes, item numbers, English beside Japanese and units go."""
    assert bare(label) == text


def test_what_is_counted() -> None:
    """People may be in two groups, stocks do not add up over time, men and women do not overlap."""
    assert is_people("受講者数")
    assert not is_people("件数")
    assert is_stock("契約残高")
    assert not is_stock("契約件数")
    assert is_exclusive("30歳未満")
    assert not is_exclusive("生保")
    assert [measure(label) for label in ("受講者数", "件数", "金額", "店")] == [
        "人",
        "件",
        "円",
        "",
    ]
