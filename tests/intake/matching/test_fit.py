"""How well a column fits, by header and by cells."""

from collections.abc import Sequence

import pytest

from kpicli.intake.matching.fit import Declared
from kpicli.intake.matching.known import declared_sources, vocabulary
from kpicli.intake.profiling.columns import column_of


def source(name: str) -> Declared:
    """Return a source by its id."""
    (declared,) = [own for own in declared_sources() if own.source.id == name]
    return declared


def score(declared: Declared, name: str, header: str, cells: Sequence[str]) -> float:
    """Return how well cells under a header fit a column."""
    column = column_of(0, header, cells, vocabulary())
    return declared.fit(column, name, lone_unique=False, lone_date=False).score


@pytest.mark.parametrize(
    ("name", "header", "good", "bad"),
    [
        ("voice_id", "番号", ["V1", "V2", "V3"], ["V1", "V1", "V1", "V1"]),
        ("received_on", "受付日", ["2025/4/1", "2025/4/2"], ["生保", "損保"]),
        ("category", "区分", ["感謝", "不満", "要望"], ["自動車", "火災", "火災"]),
        ("line", "商品区分", ["生命保険", "損保"], ["4月", "5月"]),
    ],
)
def test_cells_decide(name: str, header: str, good: Sequence[str], bad: Sequence[str]) -> None:
    """Under one header cells that fit score high, and those that cannot be such score low."""
    voices = source("voices")
    assert score(voices, name, header, good) > 0.7
    assert score(voices, name, header, bad) < 0.55


def test_a_date_that_is_seldom_there_dates_no_row() -> None:
    """The base date is there in every row; a date of some rows alone is another one."""
    voices = source("voices")
    seldom = ["2025/4/1", *[""] * 9]
    assert score(voices, "received_on", "列", seldom) < 0.2
    assert score(voices, "improved_on", "改善の日", seldom) > 0.8


def test_words_of_its_own_say_more_than_yes_and_no() -> None:
    """Under a header that says nothing, 有 and 無 prove little, and words of one list much."""
    own = score(source("voices"), "category", "x", ["感謝", "不満", "要望"])
    common = score(source("renewals"), "talked", "x", ["有", "無", "有"])
    assert own > 0.7 > 0.5 > common


def test_ids_of_people_are_no_ids_of_rows() -> None:
    """Customers who are each there once do not number the rows; an id that says nothing may."""
    voices = source("voices")
    ids = [f"C{n:04}" for n in range(20)]
    assert score(voices, "voice_id", "お客様番号", ids) < 0.3
    assert score(voices, "voice_id", "整理番号", ids) > 0.5


@pytest.mark.parametrize(("most", "doubt"), [(5, True), (10, False)])
def test_scales(most: int, doubt: bool) -> None:
    """Answers from 1 to 5 are no scores of 9 and more; from 0 to 10 they are."""
    survey = source("survey_answers")
    cells = [str(1 + n % most) for n in range(40)]
    column = column_of(0, "推奨度", cells, vocabulary())
    fit = survey.fit(column, "recommend", lone_unique=False, lone_date=False)
    assert (fit.header, fit.doubt) == (1.0, doubt)


def test_answers_in_numbers_are_a_guess() -> None:
    """Nothing says whether 5 is the best of answers; in words it is no guess."""
    survey = source("survey_answers")
    for cells, doubt in ((["5", "4", "1"] * 9, True), (["とても満足", "普通", "不満"] * 9, False)):
        column = column_of(0, "満足度", cells, vocabulary())
        fit = survey.fit(column, "satisfaction", lone_unique=False, lone_date=False)
        assert (fit.doubt, fit.cells > 0.5) == (doubt, True)
