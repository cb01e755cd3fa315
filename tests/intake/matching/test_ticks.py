"""Groups of tick boxes that are one code column together."""

from collections.abc import Mapping, Sequence

import pytest

from kpicli.intake.matching.fit import Declared
from kpicli.intake.matching.known import declared_sources, vocabulary
from kpicli.intake.matching.ticks import tick_groups
from kpicli.intake.profiling.columns import column_of
from kpicli.intake.profiling.tables import Table


def voices() -> Declared:
    """Return the source of customer voices."""
    (declared,) = [own for own in declared_sources() if own.source.id == "voices"]
    return declared


def groups(columns: Mapping[str, Sequence[str]]) -> dict[str, dict[str, str]]:
    """Return the headers of the boxes by column and value."""
    made = tuple(
        column_of(n, header, cells, vocabulary())
        for n, (header, cells) in enumerate(columns.items())
    )
    found = tick_groups(Table("a.csv", "", 3, 1, made), voices(), (), ())
    return {name: {v: box.header for v, box in own.items()} for name, own in found.items()}


@pytest.mark.parametrize("style", ["声の種類[{}]", "声の種類_{}", "{}", "種類({})"])
@pytest.mark.parametrize("tick", ["1", "○", "TRUE"])
def test_a_box_for_each_value(style: str, tick: str) -> None:
    """However boxes are called and ticked, they are one column by the values of its table."""
    headers = {value: style.format(value) for value in ("感謝", "不満", "要望")}
    cells = {"感謝": [tick, "", ""], "不満": ["", tick, ""], "要望": ["", "", tick]}
    made = groups({headers[value]: own for value, own in cells.items()})
    assert made == {"category": headers}


def test_synonyms_name_boxes() -> None:
    """A box may be called by a synonym of its value."""
    assert groups({"お褒め": ["1", ""], "ご不満": ["", "1"]}) == {
        "category": {"感謝": "お褒め", "不満": "ご不満"}
    }


@pytest.mark.parametrize(
    "columns",
    [
        {"感謝": ["1", ""]},
        {"感謝": ["12", "7"], "不満": ["3", "4"]},
        {"感謝": ["", ""], "不満": ["", ""]},
        {"感謝": ["1", ""], "お褒め": ["", "1"], "不満": ["", "1"]},
    ],
)
def test_no_group(columns: Mapping[str, Sequence[str]]) -> None:
    """One box, numbers, nothing ticked, and two boxes for one value are no group."""
    assert groups(columns) == {}
