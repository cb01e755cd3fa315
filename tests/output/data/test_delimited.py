import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.output.data import delimited as module
from kpicli.output.data.delimited import delimited
from kpicli.output.data.records import Cell, Records, columns
from kpicli.output.page.safety import inert, plain

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


CELLS = st.sampled_from(
    [
        *(None, "", "生保", "=1", " +1", "\u3000x", "a\u200b", "1"),
        *(1, -1, Decimal("1.0"), Decimal("1E+2"), Decimal(1), date(2025, 4, 1)),
    ]
)


def told(cell: Cell) -> str:
    """Return a cell as it has to stand there."""
    if isinstance(cell, str):
        return inert(plain(cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else format(Decimal(cell), "f")


@given(
    st.one_of(
        st.lists(st.tuples(CELLS, CELLS)),
        st.lists(st.tuples(st.sampled_from(["生保", "=1", None]), st.integers()), max_size=30),
    )
)
def test_many_rows_are_written_as_few(rows: list[tuple[Cell, Cell]]) -> None:
    """Whatever stands in a column together, each cell is written as by itself, row by row."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_AT_ONCE", 7)
        text = delimited(Records(columns(a="text", b="text"), rows), ",")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines == [["a", "b"], *([told(cell) for cell in row] for row in rows)]
