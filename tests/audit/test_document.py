from msgspec.structs import replace

from kpicli.audit.audit import Audit
from kpicli.audit.document import audit_document
from kpicli.output.layout.markdown_lines import markdown_lines
from kpicli.output.layout.text_lines import text_lines
from support.audited import SHOPS, audited

WRONG = """\
shops.csv: 2 of 7 relations do not add up
Checked: total and parts 3, periods 4

Does not add up (2)
  B2 356 + B3 455 + B4 253 = 1,064 ≠ B5 1,054 (off by -10)
  B3 455 + C3 459 = 914 ≠ D3 904 (off by -10)
    B5: 合計 / 上期
    D3: B店 / 年度計

Cells of which some are wrong (6)
  B3 row 3 455 [B店 / 上期] - in 2 wrong relation(s)
  B2 row 2 356 [A店 / 上期] - in 1 wrong relation(s)
  C3 row 3 459 [B店 / 下期] - in 1 wrong relation(s)
  D3 row 3 904 [B店 / 年度計] - in 1 wrong relation(s)
  B4 row 4 253 [C店 / 上期] - in 1 wrong relation(s)
  B5 row 5 1054 [合計 / 上期] - in 1 wrong relation(s)

This one correction mends everything
  B3 [B店 / 上期]: 455 → 445
"""
RIGHT = SHOPS.replace("455,459", "445,459")


def test_what_does_not_add_up() -> None:
    """Each sum that cannot be, the cells in it, and the correction that mends all of them."""
    document = audit_document(Audit("shops.csv", (audited(SHOPS),)), "en")
    assert list(text_lines(document, 78)) == WRONG.splitlines()


def test_a_clean_bill() -> None:
    """It is one line, and what was checked."""
    document = audit_document(Audit("shops.csv", (audited(RIGHT),)), "ja")
    assert list(text_lines(document, 78)) == [
        "shops.csv: 合わないところはありません(調べた関係 7 件)",
        "調べた関係: 合計と内訳 3, 期間の合計 4",
    ]


def test_what_was_not_checked() -> None:
    """Rows and columns in no relation are named below what was checked; many are counted."""
    rows = "".join(f"うち{n},1\n" for n in range(15))
    table = f"区分,件数,年齢\nA,1,30\n{rows}合計,1,30\n".replace("A,1,30", "A,1,30\nB,0,20")
    document = audit_document(Audit("t.csv", (audited(table),)), "en")
    assert list(text_lines(document, 200))[1:] == [
        "Checked: total and parts 1",
        "Rows not checked: " + ", ".join(f"{n + 4} うち{n}" for n in range(12)) + ", and 3 more",
        "Columns not checked: C 年齢",
    ]


def test_long_sums_and_lists() -> None:
    """A sum of many is shown by its ends, and of many cells the first are listed."""
    rows = "".join(f"店{n},1\n" for n in range(60))
    document = audit_document(Audit("t.csv", (audited(f"区分,件数\n{rows}合計,61\n"),)), "ja")
    lines = list(text_lines(document, 200))
    made = " + ".join(f"B{n} 1" for n in range(2, 8))
    assert f"  {made} + … + B61 1 (60 個の和) = 60 ≠ B62 61 (差 +1)" in lines
    assert lines.count("  ほか 21 件(-f csv か -f json ですべて出ます)") == 2


def test_ratios() -> None:
    """A ratio is written as it is calculated."""
    table = "項目,前期,当期,増減率\nA,100,120,25.0%\nB,50,60,20.0%\n"
    document = audit_document(Audit("t.csv", (audited(table),)), "ja")
    lines = list(text_lines(document, 200))
    assert "  (C2 120 - B2 100) / B2 100 = 20.0% ≠ D2の% 25.0% (差 +5.0)" in lines


def test_sheets() -> None:
    """Each sheet of a workbook stands under its name, its findings a level below."""
    tables = {"一": audited(RIGHT), "二": audited(SHOPS)}
    sheets = (replace(each, table=replace(each.table, sheet=n)) for n, each in tables.items())
    document = audit_document(Audit("b.xlsx", tuple(sheets)), "en")
    lines = list(markdown_lines(document, "Audit", "en"))
    assert [line for line in lines if line[:1] == "#"] == [
        "# b.xlsx: 2 of 14 relations do not add up",
        "## 一",
        "## 二",
        "### Does not add up (2)",
        "### Cells of which some are wrong (6)",
        "### This one correction mends everything",
    ]
