from datetime import date
from decimal import Decimal

from kpicli.output.data.delimited import delimited
from kpicli.output.data.records import Records, columns

HEADS = columns(name="text", day="date", rows="integer", value="number")
RECORDS = Records(
    HEADS,
    (
        ("声", date(2025, 4, 1), 1234, Decimal("70.60")),
        ("=1+1\x1b", None, -5, Decimal("-0.5")),
        ("a,b", None, None, Decimal("1E+3")),
        (None, None, None, None),
    ),
)


def test_csv() -> None:
    """Numbers in plain digits and dates bare, blanks empty; text like a formula is led by '."""
    assert delimited(RECORDS, ",") == (
        'name,day,rows,value\n声,2025-04-01,1234,70.60\n\'=1+1\\x1b,,-5,-0.5\n"a,b",,,1000\n,,,\n'
    )


def test_tsv() -> None:
    """The same with tabs; a comma needs no quotes."""
    assert delimited(RECORDS, "\t").splitlines()[3] == "a,b\t\t\t1000"
