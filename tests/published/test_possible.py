"""Entered values that cannot be are refused, with their line."""

from decimal import Decimal
from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.catalog.read import read_catalog
from kpicli.published.possible import check_fraction, check_item, check_size, known_items
from support.entered_values import project, summarized
from support.periods import parse

NPS_BELOW = "2025H1,nps,,-20,,,A,2025-10-05,"
CATEGORIES = tuple(
    f"2024H1,voices,{item},{count},,,A,2025-10-05,"
    for item, count in (("感謝", 70), ("不満", 20), ("要望", 5), ("その他", 3))
)
TOTAL = "2024H1,voices,,{total},,,A,2025-10-05,"


@pytest.mark.parametrize(
    ("lines", "total"), [(CATEGORIES, 99), (CATEGORIES, 97), (CATEGORIES[:2], 89)]
)
def test_parts_that_do_not_make_up_the_total(
    tmp_path: Path, lines: tuple[str, ...], total: int
) -> None:
    """All parts come to the total, and some of them to no more; the total's line is named."""
    found = project(tmp_path, TOTAL.format(total=total), *lines)
    with pytest.raises(InputError) as error:
        summarized(found, "voices")
    told = "entered values, 他.csv line 2, value: its parts do not add up to it (他.csv line 3, "
    assert error.value.message.en.startswith(told)


@pytest.mark.parametrize(
    "lines",
    [
        (TOTAL.format(total=98), *CATEGORIES),
        (TOTAL.format(total=100), *CATEGORIES, "2024H1,voices,未記入,2,,,A,2025-10-05,"),
        (TOTAL.format(total=98), *CATEGORIES[:3]),
        CATEGORIES,
        (NPS_BELOW,),
    ],
)
def test_what_can_be_is_taken(tmp_path: Path, lines: tuple[str, ...]) -> None:
    """Parts that add up, blank categories too, some parts alone, and a score below 0."""
    assert summarized(project(tmp_path, *lines), "voices").figures


OWN = {"title": "試し", "source": "voices", "measure": "count"}
CATALOG = read_catalog({"kpi": {"monthly": {**OWN, "parts": {"by": "month"}}}}, "kpicli.toml")
LINE = Text("他.csv 2 行目", "他.csv line 2")


@pytest.mark.parametrize(
    ("kpi", "value", "said"),
    [
        ("voices", "-1", "a count is never negative"),
        ("renewal_talks", "100.1", "a rate is a percentage from 0 to 100"),
        ("renewal_talks", "-0.1", "a rate is a percentage from 0 to 100"),
        ("voices", "0", None),
        ("renewal_talks", "0", None),
        ("renewal_talks", "100", None),
    ],
)
def test_how_large_a_value_can_be(kpi: str, value: str, said: str | None) -> None:
    """A count is never negative, a rate lies between 0 and 100, both ends included."""
    if said is None:
        check_size(CATALOG.kpi[kpi], Decimal(value), LINE)
        return
    with pytest.raises(InputError) as caught:
        check_size(CATALOG.kpi[kpi], Decimal(value), LINE)
    assert said in caught.value.message.en
    assert "他.csv line 2" in caught.value.message.en


@pytest.mark.parametrize(
    ("top", "bottom", "said"),
    [(1, 0, "there is no rate of nothing"), (3, 2, "larger than the denominator"), (2, 2, None)],
)
def test_a_fraction_is_a_part_of_a_whole(top: int, bottom: int, said: str | None) -> None:
    """All of it at most, and never of nothing."""
    if said is None:
        check_fraction(top, bottom, LINE)
        return
    with pytest.raises(InputError) as caught:
        check_fraction(top, bottom, LINE)
    assert said in caught.value.message.en


def test_which_parts_a_kpi_can_have() -> None:
    """Those of its closed table, or its months; none, or any, where nothing is fixed."""
    half = parse("2025H1")
    assert known_items(CATALOG, CATALOG.kpi["voices"], half) == ("感謝", "不満", "要望", "その他")
    assert known_items(CATALOG, CATALOG.kpi["monthly"], parse("2025-08..2025-09")) == (
        *("2025-08", "2025-09"),
    )
    assert known_items(CATALOG, CATALOG.kpi["renewal_talks"], half) == ()
    teams = {"kpi": {"teams": {**OWN, "parts": {"by": "team"}}}}
    own = read_catalog(teams, "kpicli.toml")
    assert known_items(own, own.kpi["teams"], half) is None
    check_item(own, own.kpi["teams"], "どこか", half, LINE)
    with pytest.raises(InputError, match="voices has no such part"):
        check_item(CATALOG, CATALOG.kpi["voices"], "苦情", half, LINE)
