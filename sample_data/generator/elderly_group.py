"""高齢者対応(団体): a workbook kept by hand, with titles above, a total below, and real dates."""

from datetime import date
from pathlib import Path

from generator.chance import Chance
from generator.days import DAY_AFTER, ERAS, H1_2025, H2_2024, DateWriter, Span, days_in
from generator.elderly import HEADER
from generator.methods import one_method
from generator.people import GROUP
from generator.workbook import DATE_FORMATS, Cell, write_workbook

METHODS: dict[Span, dict[str, int]] = {
    H2_2024: {"電話確認": 301, "書面確認": 109},
    H1_2025: {"電話確認": 750, "書面確認": 210},
}
NOT_APPLICABLE = 6
"""Cases of each half with 該当なし."""


def write_group(folder: Path) -> None:
    """Write 高齢者対応_団体.xlsx: the sheet 団体 to be counted, the sheet 集計 not."""
    chance = Chance("elderly-group")
    rows = [row for span in METHODS for row in _half(chance, span)]
    rows += [_row(chance, DAY_AFTER, "④電話確認") for _ in range(2)]
    for place, row in enumerate(rows, start=1):
        row[0] = f"G{place:05}"
    rows += chance.some(rows[500:1300], 2)
    blank: list[Cell] = [""] * len(HEADER)
    total: list[Cell] = ["", "合計", "", f"{len(rows)}件", *blank[4:]]
    titles: list[list[Cell]] = [
        ["高齢者対応記録(団体)", *blank[1:]],
        ["出力日", (date(2025, 10, 10), DATE_FORMATS[3]), "", "業務-企画", *blank[4:]],
        [],
    ]
    sheet: list[list[Cell]] = [*titles, list(HEADER), *rows, total]
    months: list[list[Cell]] = [["月", "件数"], ["2025年4月", 158], ["2025年5月", 161]]
    merged = [f"A1:{chr(ord('A') + len(HEADER) - 1)}1"]
    path = folder / "高齢者対応_団体.xlsx"
    write_workbook(path, [("集計", months, []), ("団体", sheet, merged)])


def _half(chance: Chance, span: Span) -> list[list[Cell]]:
    methods = chance.dealt({**METHODS[span], "該当なし": NOT_APPLICABLE})
    days = days_in(chance, span, len(methods))
    return [
        _row(chance, day, method if method == "該当なし" else one_method(chance, method))
        for day, method in zip(days, methods, strict=True)
    ]


def _row(chance: Chance, day: date, method: str) -> list[Cell]:
    return [
        *("", _date(chance, day), "団体", method, "対象外", "対象外", ""),
        *(chance.pick(GROUP), "", f"C{chance.between(1000, 3000):05}"),
    ]


def _date(chance: Chance, day: date) -> Cell:
    """Return a date in one of the formats, or (one in ten) as text in the Japanese era."""
    if chance.below(10) == 0:
        return DateWriter(chance, ERAS)(day)
    return day, chance.pick(DATE_FORMATS)
