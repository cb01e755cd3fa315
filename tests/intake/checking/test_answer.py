"""The answer of `check FILE`: the columns of each table, and what is found."""

from pathlib import Path

import openpyxl
import pytest

from kpicli.intake.checking.answer import file_check_answer
from kpicli.output.formats import FORMATS, Options, render
from support.plain_files import ROWS, checked

SPOILT = [*ROWS[:4], "V0005,2025/9/31,感謝,S002,5000", *ROWS[5:]]
SHOWN = """\
1 ファイル、1 つの表、30 行を、設定なしで調べました。
不備 1 / 注意 0 / 参考 0

[{file}: utf-8, コンマ, 見出し 1 行目, 30 行]
列        中身                値のある行  種類  日付の範囲(月)
受付番号  番号                        30    30
受付日    日付                        30    30  2025-04..2025-04
区分      区分                        30     2
担当者    人(値は出しません)          30     3
保険料    数                          30    30

[不備 D101] 読めない日付(1 件)
  内容: 暦にない日です(9月31日、平年の2月29日など)
  対処: 正しい日に直してください
  {file} 6 行目 列「受付日」
"""


def test_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each column with what it holds, never with a value; then each kind of finding."""
    monkeypatch.chdir(tmp_path)
    answer = file_check_answer(checked(Path(), *SPOILT))
    assert render("text", answer, Options()) == SHOWN.replace("{file}", "a.csv")


@pytest.mark.parametrize("name", FORMATS)
def test_values(tmp_path: Path, name: str) -> None:
    """The faulty cell is in no format unless it is asked for."""
    answer = file_check_answer(checked(tmp_path, *SPOILT))
    shown = [render(name, answer, Options(show_values=show)) for show in (False, True)]
    if not FORMATS[name].binary:
        assert ["9/31" in str(text) for text in shown] == [False, True]
    assert len({*map(bytes, [s if isinstance(s, bytes) else s.encode() for s in shown])}) == 2


def test_a_workbook_has_the_columns(tmp_path: Path) -> None:
    """A sheet beside the findings lists the columns of each table."""
    content = render("xlsx", file_check_answer(checked(tmp_path, *SPOILT)), Options("en"))
    assert isinstance(content, bytes)
    (tmp_path / "out.xlsx").write_bytes(content)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    rows = [[cell.value for cell in row] for row in book["Columns"].iter_rows(min_row=2)]
    assert rows[0] == ["Column", "Holds", "Filled rows", "Distinct", "Months"]
    assert rows[2][:5] == ["受付日", "dates", 30, 30, "2025-04..2025-04"]
