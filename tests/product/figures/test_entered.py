"""Values entered by hand, on the command line: in reports and in mail."""

import re
from collections.abc import Mapping
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from openpyxl import load_workbook

from support.command_line import PROJECT, SETTINGS, Run

NPS = '[entered.nps]\ntitle = "NPS"\nprinciples = ["2"]\nunit = "点"\n'
MAIL = '[mail]\nsender = "kpi@example.co.jp"\nto = ["fd@example.co.jp"]\n'
FILES: Mapping[str, str] = {**PROJECT, "kpicli.toml": SETTINGS + NPS + MAIL}
VALUES = """\
period,kpi,value,source,entered_on
2025H1,nps,45,保険会社A,2025-10-05
2024H2,nps,41,保険会社A,2025-04-05
"""
WORDS = "# 報告\n\n評価は{{ nps }}{{ nps.unit }}。\n\n## 原則2 利益\n"


@pytest.fixture
def values(tmp_path: Path) -> Path:
    """Write entered values and a narrative that uses one; return the file of the values."""
    for name, text in (("published/nps.csv", VALUES), ("narrative/2025H1.md", WORDS)):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "published/nps.csv"


@pytest.mark.usefixtures("values")
def test_a_report_shows_it_with_its_mark(run_kpicli: Run) -> None:
    """It stands in words, table, notes and definitions like any figure, marked as entered."""
    outcome = run_kpicli(FILES, "report", "--period", "2025H1", "--edition", "internal")
    assert outcome.code == 0
    assert "NPS" not in outcome.err
    assert "評価は45点。" in outcome.text
    assert r"45点 \[入力値\] | 41点 \[入力値\] | ↑ 4点増 |" in outcome.text
    assert "NPS: 2025H1 の値 45 は 2025-10-05 に入力したもの(出典: 保険会社A)" in outcome.text
    assert "数え方: 出力にないので、人が入力した値" in outcome.text


@pytest.mark.slow
@pytest.mark.usefixtures("values")
def test_every_format_of_a_report_holds_it(run_kpicli: Run, tmp_path: Path) -> None:
    """The desk's page has its mark, the public one the value alone; the workbook a sheet of it."""
    internal = ("--edition", "internal")
    assert run_kpicli(FILES, "report", "--period", "2025H1", *internal, "-o", "r.html").code == 0
    assert "[入力値]" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert run_kpicli(FILES, "report", "--period", "2025H1", "-o", "p.html").code == 0
    public = (tmp_path / "p.html").read_text(encoding="utf-8")
    assert "45点" in re.sub("<[^>]+>", "", public)
    assert "入力値" not in public
    assert run_kpicli(FILES, "report", "--period", "2025H1", "-o", "r.xlsx").code == 0
    assert "NPS" in load_workbook(tmp_path / "r.xlsx").sheetnames


@pytest.mark.parametrize("there", [True, False])
def test_it_is_mailed_and_no_gap_of_the_exports(there: bool, values: Path, run_kpicli: Run) -> None:
    """With a value or without one, the subject names no concern."""
    if not there:
        values.unlink()
    args = ("mail", "--period", "2025H1", "--kpi", "voices,nps", "--dry-run")
    outcome = run_kpicli(FILES, *args)
    assert (outcome.code, outcome.err) == (0, "送信していません\n")
    message = message_from_bytes(outcome.out, policy=default)
    assert str(message["Subject"]).startswith("2025年度上期の集計")
    plain = message.get_body(("plain",))
    assert plain is not None
    assert ("[入力値]" in plain.get_content()) is there
