"""How alike headers are, by the words they are made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.intake.profiling.words import concepts, is_question, likeness, names_people
from support.strange_folders import OTHER_WORDS


def test_one_to_the_loaders() -> None:
    """What loaders take for one header is 1; brackets and marks around it hardly matter."""
    assert likeness("受 付\n日", "受付日") == 1.0
    assert likeness("受付日", "受付日") == 1.0
    assert likeness("■受付日(必須)", "受付日") == 0.97


@pytest.mark.parametrize(
    ("header", "near", "far"),
    [
        ("受付年月日", "受付日", "改善日"),
        ("改善した日", "改善日", "改善内容"),
        ("保険会社への報告日", "保険会社報告日", "保険会社改善日"),
        ("お客様コード", "顧客番号", "担当者"),
        ("ReceivedDate__c", "received_on", "improved_on"),
        ("お客様の声_受付日", "受付日", "声の区分"),
    ],
)
def test_nearer(header: str, near: str, far: str) -> None:
    """A header is nearer to the one that means the same than to its neighbour."""
    assert likeness(header, near) > likeness(header, far)
    assert likeness(header, near) >= 0.6


def test_other_words_of_an_agency() -> None:
    """Another agency's word for a header of the sample is nearest to that header, or near it."""
    for header, other in OTHER_WORDS.items():
        own = likeness(other, header)
        assert own >= 0.3, (header, other)


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("本日の対応にご満足いただけましたか", "満足度", "推奨度"),
        ("Q3. 総合的にご満足いただけましたか?(必須)", "総合満足度", "推奨度"),
        ("当社をご友人に勧めたいと思いますか(0～10)", "推奨度", "満足度"),
        ("ご利用の店舗を教えてください", "店舗", "内容"),
    ],
)
def test_questions(question: str, near: str, far: str) -> None:
    """A question is like a header all of whose words stand in it, whatever it says besides."""
    assert is_question(question)
    assert likeness(question, near) > 0.7 > likeness(question, far) == 0


def test_no_questions() -> None:
    """Words in か and questions about anything at all are like no header."""
    assert not any(map(is_question, ("満足度", "なんぼか", "お客様の声の区分")))
    assert likeness("ご意見・ご感想をお聞かせください", "内容") == 0


@pytest.mark.parametrize(
    ("field", "near", "far"),
    [
        ("Case Number", "受付番号", "受付日"),
        ("ケース番号", "案件番号", "証券番号"),
        ("Date/Time Opened", "受付日", "完了日"),
        ("クローズ日時", "完了日", "受付日"),
    ],
)
def test_fields_of_cases(field: str, near: str, far: str) -> None:
    """A field of a case is like what other programs call it."""
    assert likeness(field, near) == 0.93 > likeness(field, far)


def test_people() -> None:
    """Headers that speak of people are known; 種別 and dates are none."""
    assert all(map(names_people, ("担当者", "募集人コード", "お客様番号", "受付者", "staff")))
    assert not any(map(names_people, ("商品区分", "受付日", "店舗")))


def test_concepts() -> None:
    """A header speaks of its parts, in Japanese and in English alike."""
    assert concepts("受付年月日") == concepts("received_on") == {"receive", "day"}


@given(st.text(max_size=20), st.text(max_size=20))
def test_symmetric_bounds(one: str, other: str) -> None:
    """Likeness lies between 0 and 1, and a header is like itself."""
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) == 1
