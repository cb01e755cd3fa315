"""`kpicli audit`: what it says, and its exit codes."""

import json
from pathlib import Path

import pytest

from kpicli.output.formats import FORMATS
from support.audited import SHOPS
from support.command_line import Run

GOOD = SHOPS.replace("455", "445")
TOLD = """\
t.csv: 合わないところが 2 件あります(調べた関係 7 件)
調べた関係: 合計と内訳 3, 期間の合計 4

合わないところ (2)
  B2 356 + B3 455 + B4 253 = 1,064 ≠ B5 1,054 (差 -10)
  B3 455 + C3 459 = 914 ≠ D3 904 (差 -10)
    B5: 合計 / 上期
    D3: B店 / 年度計

どれかが誤りのセル (6)
  B3 3 行目 455 [B店 / 上期] - 合わない関係 2 件
  B2 2 行目 356 [A店 / 上期] - 合わない関係 1 件
  C3 3 行目 459 [B店 / 下期] - 合わない関係 1 件
  D3 3 行目 904 [B店 / 年度計] - 合わない関係 1 件
  B4 4 行目 253 [C店 / 上期] - 合わない関係 1 件
  B5 5 行目 1054 [合計 / 上期] - 合わない関係 1 件

次の 1 か所を直すと、すべて合います
  B3 [B店 / 上期]: 455 → 445
"""
RECORDS = """\
sheet,verdict,kind,cell,row,column,part,label,written,computed,difference,terms,count
,checked,total,,,,,,,,,,3
,checked,period,,,,,,,,,,4
,wrong,total,B5,5,B,value,合計 / 上期,1054,1064,-10,B2 B3 B4,
,wrong,period,D3,3,D,value,B店 / 年度計,904,914,-10,B3 C3,
,suspect,,B3,3,B,value,B店 / 上期,455,,,,2
,suspect,,B2,2,B,value,A店 / 上期,356,,,,1
,suspect,,C3,3,C,value,B店 / 下期,459,,,,1
,suspect,,D3,3,D,value,B店 / 年度計,904,,,,1
,suspect,,B4,4,B,value,C店 / 上期,253,,,,1
,suspect,,B5,5,B,value,合計 / 上期,1054,,,,1
,correction,,B3,3,B,value,B店 / 上期,455,445,,,
"""


def test_what_does_not_add_up(run_kpicli: Run) -> None:
    """Exit 8, with both sums and the correction that mends them."""
    outcome = run_kpicli({"t.csv": SHOPS}, "audit", "t.csv", "-f", "text")
    assert (outcome.code, outcome.text, outcome.err) == (8, TOLD, "")


def test_records(run_kpicli: Run) -> None:
    """A pipe gets csv, and stderr the outcome."""
    outcome = run_kpicli({"t.csv": SHOPS}, "audit", "t.csv")
    assert (outcome.code, outcome.text) == (8, RECORDS)
    assert outcome.err == "t.csv: 合わないところが 2 件あります(調べた関係 7 件)\n"


def test_json(run_kpicli: Run) -> None:
    """JSON has findings, suspects and corrections for each sheet."""
    outcome = run_kpicli({"t.csv": SHOPS}, "audit", "t.csv", "-f", "json")
    told = json.loads(outcome.text)
    assert (told["schema_version"], told["checked"], told["wrong"]) == (1, 7, 2)
    (sheet,) = told["sheets"]
    assert [(row["cell"], row["computed"]) for row in sheet["corrections"]] == [("B3", "445")]
    assert [row["terms"] for row in sheet["findings"]] == ["B2 B3 B4", "B3 C3"]


def test_a_clean_bill(run_kpicli: Run) -> None:
    """Exit 0, saying how many relations were checked."""
    outcome = run_kpicli({"t.csv": GOOD}, "audit", "t.csv", "-f", "text")
    assert outcome.code == 0
    assert outcome.text.startswith("t.csv: 合わないところはありません(調べた関係 7 件)\n")


def test_nothing_to_check(run_kpicli: Run) -> None:
    """Exit 0, but it is said that nothing was checked."""
    outcome = run_kpicli({"t.csv": "a,b\nx,1\n"}, "audit", "t.csv", "-f", "text")
    assert outcome.code == 0
    assert "調べられる関係がありません" in outcome.text
    assert "合っているとは言えません" in outcome.text.replace("\n  ", "")


@pytest.mark.parametrize("name", ["none.csv", "quote.csv"])
def test_an_unreadable_file(run_kpicli: Run, name: str) -> None:
    """Exit 4, naming the file."""
    outcome = run_kpicli({"quote.csv": 'a,b\n"x,1\n'}, "audit", name)
    assert (outcome.code, outcome.out) == (4, b"")
    assert name in outcome.err


def test_it_never_overwrites_the_table(run_kpicli: Run, tmp_path: Path) -> None:
    """The table is no place for the result: exit 2, the file as it was."""
    outcome = run_kpicli({"t.csv": SHOPS}, "audit", "t.csv", "-o", "t.csv")
    assert (outcome.code, (tmp_path / "t.csv").read_text(encoding="utf-8")) == (2, SHOPS)


def test_an_unknown_format(run_kpicli: Run) -> None:
    """What is no format is refused as usage, with those that there are."""
    outcome = run_kpicli({"t.csv": SHOPS}, "audit", "t.csv", "-f", "pdf")
    assert (outcome.code, outcome.out) == (2, b"")
    assert ", ".join(FORMATS) in outcome.err


@pytest.mark.parametrize("extra", [(), ("--compare", "previous,year-ago"), ("--by", "month")])
@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
def test_our_own_output_is_clean(
    run_kpicli: Run, tmp_path: Path, extra: tuple[str, ...], suffix: str
) -> None:
    """The sample project's figures add up as printed."""
    file = str(tmp_path / f"kpi.{suffix}")
    assert run_kpicli(None, "summarize", "--period", "2025H1", *extra, "-o", file).code == 0
    outcome = run_kpicli(None, "audit", file, "-f", "json")
    told = json.loads(outcome.text)
    assert (outcome.code, told["wrong"]) == (0, 0)
    assert told["checked"] >= 17


def test_a_table_that_is_not_there(run_kpicli: Run) -> None:
    """The advice is about its name, not about permissions that nobody has withheld."""
    outcome = run_kpicli({}, "audit", "nothing.csv")
    assert (outcome.code, outcome.out) == (4, b"")
    assert outcome.err.endswith("(ファイルがありません)\n対処: ファイル名を確かめてください\n")
