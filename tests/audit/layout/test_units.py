"""Units, and whether numbers in them are rounded or added."""

from decimal import Decimal

import pytest

from kpicli.audit.layout.units import (
    caption_units,
    is_added,
    is_rounded,
    scale_of,
    unit_in,
    unit_named,
)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("千円", "千円"),
        ("(単位:件)", "件"),
        ("[人]", "人"),
        ("単位 %", "%"),
        ("件数", None),
        ("", None),
    ],
)
def test_a_cell_that_says_a_unit_and_nothing_else(text: str, unit: str | None) -> None:
    """With or without brackets and the word 単位."""
    assert unit_named(text) == unit


def test_a_label_has_its_unit_in_brackets() -> None:
    """What stands in brackets and is no unit is none."""
    assert [unit_in(label) for label in ("金額(千円)", "件数【件】", "声(生保)")] == [
        "千円",
        "件",
        "",
    ]


def test_a_caption_may_name_several() -> None:
    """Each that is a unit, in its order."""
    assert caption_units("(単位:千円、%)") == ["千円", "%"]
    assert caption_units("店舗別の実績") == []


@pytest.mark.parametrize(
    ("unit", "rounded", "added", "scale"),
    [
        ("円", False, True, "1"),
        ("千円", True, True, "1000"),
        ("百万円", True, True, "1000000"),
        ("億円", True, True, "100000000"),
        ("件", False, True, "1"),
        ("%", True, False, "1"),
        ("点", False, False, "1"),
        ("歳", False, False, "1"),
        ("", False, False, "1"),
    ],
)
def test_what_a_unit_means_for_its_numbers(
    unit: str, rounded: bool, added: bool, scale: str
) -> None:
    """Thousands are rounded; shares, scores and ages are not added."""
    assert (is_rounded(unit), is_added(unit), scale_of(unit)) == (rounded, added, Decimal(scale))
