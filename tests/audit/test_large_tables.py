"""Large tables and long labels: time grows with size, and no faster."""

from time import process_time

import pytest

from kpicli.audit.audit import audit_table
from kpicli.audit.table import Table, squared

_ROWS = 1500


def rows(kind: str, number: int) -> list[list[str]]:
    """Return a table of so many rows."""
    names = [f"店{n}" for n in range(number)]
    body = [[name, str(n % 10)] for n, name in enumerate(names)]
    total = sum(n % 10 for n in range(number))
    match kind:
        case "one wrong total":
            body.append(["合計", str(total + 1)])
        case "many subtotals":
            body = [line for n, each in enumerate(body) for line in (each, ["小計", f"{n % 10}"])]
        case "many parents":
            body = [["　" * (n % 60) + name, text] for n, (name, text) in enumerate(body)]
        case "many gaps":
            body = [line for each in body for line in (each, ["", ""])]
        case "many tables":
            body = [line for n, each in enumerate(body) for line in ([f"区分{n}", "数"], each)]
        case "totals alone":
            body = [["合計", "1"] for _ in body]
        case _:
            body = [["あ" * 30_000, "1"], ["計" * 30_000, "2"], ["B", "2"], ["合計", "4"]]
    return [["区分", "件数"], *body]


@pytest.mark.parametrize(
    "kind",
    [
        "one wrong total",
        "many subtotals",
        "many parents",
        "many gaps",
        "many tables",
        "totals alone",
        "long labels",
    ],
)
def test_time(kind: str) -> None:
    """Fifteen hundred rows take about a second of one processor, twice as many about twice that."""
    spent = []
    for number in (_ROWS, 2 * _ROWS):
        table = Table(squared(rows(kind, number), "t"))
        start = process_time()
        audit_table(table)
        spent.append(process_time() - start)
    assert spent[0] < 3
    assert spent[1] < 4 * spent[0] + 1
