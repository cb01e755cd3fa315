import csv
import io
import json

import openpyxl

from kpicli.audit.answer import audit_answer
from kpicli.audit.audit import Audit
from kpicli.output.formats import Options, render
from support.audited import SHOPS, audited

WRONG = Audit("shops.csv", (audited(SHOPS),))


def shown(name: str, audit: Audit = WRONG) -> str:
    """Return the audit in a text format, in English."""
    text = render(name, audit_answer(audit), Options("en"))
    assert isinstance(text, str)
    return text


def test_records_and_json_say_the_same() -> None:
    """The findings, suspects and corrections of json are the rows of csv."""
    rows = list(csv.DictReader(io.StringIO(shown("csv"))))
    (sheet,) = json.loads(shown("json"))["sheets"]
    lists = (*sheet["findings"], *sheet["suspects"], *sheet["corrections"])
    texts = [
        {name: "" if cell is None else str(cell) for name, cell in each.items()} for each in lists
    ]
    told = [{n: c for n, c in row.items() if n != "sheet"} for row in rows]
    assert texts == [row for row in told if row["verdict"] != "checked"]
    checked = {row["kind"]: int(row["count"]) for row in rows if row["verdict"] == "checked"}
    assert checked == sheet["checked"]


def test_numbers_are_numbers() -> None:
    """What a sum has to be and how far it is off are numbers in a workbook, signs included."""
    content = render("xlsx", audit_answer(WRONG), Options())
    assert isinstance(content, bytes)
    header, *rows = (
        openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].iter_rows(values_only=True)
    )
    place = header.index("計算した値")
    wrong = [row for row in rows if row[1] == "wrong"]
    assert [row[place : place + 2] for row in wrong] == [(1064, -10), (914, -10)]
