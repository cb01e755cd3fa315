"""Which row names the columns."""

import pytest

from kpicli.intake.profiling.header_row import header_row

DATA = ("V1,2025/4/1,生保,感謝", "V2,2025/4/2,損保,不満")
HEADER = "受付番号,受付日,商品区分,声の区分"


def grid(*lines: str) -> list[list[str]]:
    """Return lines as rows of cells."""
    return [line.split(",") for line in lines]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((HEADER, *DATA), 0),
        (("表題,,,", HEADER, *DATA), 1),
        (("出力,ある課の者,部署,別の者", HEADER, *DATA), 1),
        (("作成者: ある者,出力,部署,声", ",,,", HEADER, *DATA), 2),
        (("作成者,ある者", "受付日,声の区分", "2025/4/1,感謝"), 1),
        (("番号,日", "1,2025/4/1"), 0),
        (DATA, None),
        ((), None),
    ],
)
def test_the_row_of_labels(lines: tuple[str, ...], expected: int | None) -> None:
    """The first row of labels is the header, unless one below it, above the values, is known."""
    assert header_row(grid(*lines)) == expected


@pytest.mark.parametrize(
    "lines",
    [
        [f"S{n:03},ある者{n},本店,研修" for n in range(9)],
        [f"ある者{n % 3},本店,苦情" for n in range(9)],
        [f"A-{n},本店" for n in range(9)],
    ],
)
def test_a_row_of_data_names_nothing(lines: list[str]) -> None:
    """Where half of the first row stands below it too, or is written as ids are, there is none."""
    assert header_row(grid(*lines)) is None
    assert header_row(grid("番号,者,店,区分", *lines)) == 0


@pytest.mark.parametrize(
    "lines",
    [
        ("区分,2025-04,2025-05", "感謝,3,1", "不満,1,2"),
        ("声,感謝,不満", "V1,○,", "V2,,○"),
        ("区分,対象,方法", "研修,募集人,報告", "点検,職員,電話"),
        (HEADER, DATA[0], HEADER, DATA[1]),
    ],
)
def test_headers_that_look_like_cells(lines: tuple[str, ...]) -> None:
    """Months, values as boxes, all-text rows and a header that comes again are headers."""
    assert header_row(grid(*lines)) == 0
