"""What labels say."""

import pytest

from kpicli.audit.layout.labels import LONGEST, bare, meaning, measure


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("合計", "total"),
        ("合　計", "total"),
        ("（計）", "total"),
        ("出生総数", "total"),
        ("合計件数", "total"),
        ("総数 Total", "total"),
        ("総数¹⁾", "total"),
        ("合計 注1)", "total"),
        ("3 合計", "total"),
        ("計(A)", "total"),
        ("全国", "total"),
        ("設計", "plain"),
        ("集計", "plain"),
        ("70歳以上", "plain"),
        ("10万円以下", "plain"),
        ("売上", "plain"),
        ("説明あり", "plain"),
        ("うち新規", "within"),
        ("（再掲）65歳以上", "within"),
        ("65歳以上（再掲）", "within"),
        ("内訳", "breakdown"),
        ("（うち内訳）", "breakdown"),
        ("上期", "period"),
        ("25下", "period"),
        ("4～6月", "period"),
        ("令和5年度", "period"),
        ("前年同期", "previous"),
        ("増減", "difference"),
        ("前年比増減", "difference"),
        ("純増", "difference"),
        ("増減率(%)", "growth"),
        ("前年同期比", "growth"),
        ("構成比(%)", "share"),
        ("合格率", "rate"),
        ("死亡率(人口千対)", "rate"),
        ("割合", "rate"),
        ("平均", "mean"),
        ("1件当たり保険料(円)", "mean"),
        ("人口密度", "statistic"),
        ("順位", "statistic"),
        ("累積構成比", "cumulative"),
        ("目標", "target"),
        ("分子", "numerator"),
    ],
)
def test_a_label(label: str, kind: str) -> None:
    """Totals, halves, shares and the like are told by words; ages and 売上 are none of them."""
    assert meaning(label).kind == kind


@pytest.mark.parametrize(
    ("label", "rank", "sure", "rest"),
    [
        ("小計", 1, True, ""),
        ("東部計", 2, True, "東部"),
        ("計", 3, True, ""),
        ("合計", 4, True, ""),
        ("総計", 5, True, ""),
        ("合計金額", 4, True, "金額"),
        ("計(男)", 3, True, "(男)"),
        ("計(①+②)", 3, True, ""),
        ("合計(公債費を除く)", 4, False, "(公債費を除く)"),
        ("全体", 4, False, "体"),
    ],
)
def test_a_total(label: str, rank: int, sure: bool, rest: str) -> None:
    """Totals have ranks; what they say besides groups them; some may be of more than is listed."""
    says = meaning(label)
    assert (says.rank, says.sure, says.rest) == (rank, sure, rest)


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("金額（千円）", "金額"),
        ("(2) 苦情", "苦情"),
        ("③訪問", "訪問"),
        ("電話※1", "電話"),
        ("総 数", "総数"),
        ("男 Male", "男"),
        ("1～3歳", "1~3歳"),
    ],
)
def test_a_bare_label(label: str, expected: str) -> None:
    """Units, numbers of items, footnote marks, spaces and English are left out."""
    assert bare(label) == expected


def test_a_long_label_says_nothing() -> None:
    """A sentence is no total, whatever it ends in, and takes no time."""
    assert meaning("計" * (LONGEST + 1)).kind == "plain"
    assert meaning("あ" * 32_767 + "合計").kind == "plain"


@pytest.mark.parametrize(
    ("label", "unit"), [("受験者", "人"), ("契約件数", "件"), ("保険料", "円"), ("項目", "")]
)
def test_what_is_counted(label: str, unit: str) -> None:
    """People, pieces and money are told apart."""
    assert measure(label) == unit
