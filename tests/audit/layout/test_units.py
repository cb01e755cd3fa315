"""Units, and whether numbers in them are rounded."""

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
    [("（単位：千円）", "千円"), ("件", "件"), ("(百万円)", "百万円"), ("％", "%"), ("件数", None)],
)
def test_a_cell_that_is_a_unit(text: str, unit: str | None) -> None:
    """With brackets and 単位 or without."""
    assert unit_named(text) == unit


@pytest.mark.parametrize(
    ("label", "unit"),
    [("金額（千円）", "千円"), ("面積(km2)", "km2"), ("金額", ""), ("計(男)", "")],
)
def test_a_unit_in_a_label(label: str, unit: str) -> None:
    """In brackets behind the name."""
    assert unit_in(label) == unit


@pytest.mark.parametrize(
    ("unit", "rounded", "added", "scale"),
    [
        ("千円", True, True, 1000),
        ("百万円", True, True, 1_000_000),
        ("億円", True, True, 100_000_000),
        ("円", False, True, 1),
        ("件", False, True, 1),
        ("ha", True, True, 1),
        ("%", True, False, 1),
        ("歳", False, False, 1),
    ],
)
def test_a_unit(unit: str, rounded: bool, added: bool, scale: int) -> None:
    """Thousands and areas are rounded; shares and ages do not add up."""
    assert (is_rounded(unit), is_added(unit), scale_of(unit)) == (rounded, added, Decimal(scale))


@pytest.mark.parametrize(
    ("caption", "units"),
    [
        ("（単位：千円、％）", ["千円", "%"]),
        ("単位 百万円", ["百万円"]),
        ("表2 収支（単位:千円）", ["千円"]),
        ("増減率(%)", ["%"]),
        ("受付の状況", []),
    ],
)
def test_a_caption(caption: str, units: list[str]) -> None:
    """All units that it names."""
    assert caption_units(caption) == units
