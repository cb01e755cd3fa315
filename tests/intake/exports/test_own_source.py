"""Settings that count the lines of a table which no pack knows."""

import tomllib
from datetime import date
from pathlib import Path

import pytest

from kpicli.intake.exports.own_source import own_settings
from kpicli.intake.offering import offer
from kpicli.intake.understanding import understand
from kpicli.model.periods import FiscalYear, Period

HALF = Period.parse("2025H1", fiscal=FiscalYear(4), today=date(2026, 1, 1))
DAYS = [f"2025/{4 + n % 8}/{1 + n % 9}" for n in range(40)]
SHAPES = {
    "ids": ("整理番号,来た日,区分", [f"K{n:02},{day},苦情" for n, day in enumerate(DAYS)]),
    "no ids": ("品名,来た日,区分", [f"鉛筆,{day},苦情" for day in DAYS]),
    "year last": (
        "品名,来た日,区分",
        [f"鉛筆,{13 + n % 9}/{4 + n % 8}/2025,苦情" for n in range(40)],
    ),
    "header twice": ("区分,来た日,区分", [f"苦情,{day},要望" for day in DAYS]),
}


@pytest.mark.parametrize("name", SHAPES)
def test_lines_are_counted(tmp_path: Path, name: str) -> None:
    """The settings give the number of lines of the half, as a recount has it."""
    header, rows = SHAPES[name]
    (tmp_path / "a.csv").write_text("\n".join((header, *rows, "")), encoding="utf-8")
    tables = understand([tmp_path], tmp_path)[0].tables
    (text,) = own_settings(tables)
    assert tomllib.loads(text)["exports"]["own"][0]["files"] == ["a.csv"]
    summary = offer(text, tmp_path, ("own",), HALF).summary
    (total,) = (figure for figure in summary.figures if figure.kind == "total")
    assert total.value.number == sum(4 + n % 8 <= 9 for n in range(40))


def test_the_table_of_most_rows_first(tmp_path: Path) -> None:
    """Tables without a date have none; of the others the largest comes first."""
    (tmp_path / "a.csv").write_text("品名,在庫\n鉛筆,10\n消しゴム,12\n", encoding="utf-8")
    for name, number in (("b", 3), ("c", 9)):
        rows = [f"鉛筆,2025/4/{day}" for day in range(1, number)]
        text = "\n".join(("品名,来た日", *rows, ""))
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    texts = [
        tomllib.loads(text) for text in own_settings(understand([tmp_path], tmp_path)[0].tables)
    ]
    assert [own["source"]["own"]["title"] for own in texts] == ["c", "b"]


def test_no_one_is_a_part(tmp_path: Path) -> None:
    """Names and lines of records are neither parts nor rows."""
    rows = [f"{day},甲乙 丙{n % 3}" for n, day in enumerate(DAYS)]
    (tmp_path / "a.csv").write_text("\n".join(("来た日,だれ", *rows, "")), encoding="utf-8")
    (text,) = own_settings(understand([tmp_path], tmp_path)[0].tables)
    assert "parts" not in text
    assert "甲乙" not in text
