"""Tables written out in tests, and what an audit says of them in short."""

from kpicli.audit.audit import SheetAudit, audit_table
from kpicli.audit.table import Table, squared

SHOPS = """\
店舗,上期,下期,年度計
A店,356,356,712
B店,455,459,904
C店,253,275,528
合計,1054,1090,2144
"""
"""A published table: two of its sums are impossible, and one cell explains both."""


def audited(text: str, sign: str = ",") -> SheetAudit:
    """Return the audit of a table written with `sign` between its cells."""
    rows = [line.split(sign) for line in text.strip("\n").split("\n")]
    return audit_table(Table(squared(rows, "table.csv")))


def failing(text: str, sign: str = ",") -> list[str]:
    """Return the findings as `verdict result = terms`."""
    return [
        f"{finding.verdict} {finding.relation.result.spot.cell} = "
        + " ".join(term.spot.cell for term in finding.relation.terms[:-1])
        for finding in audited(text, sign).findings
    ]


def corrections(text: str, sign: str = ",") -> list[str]:
    """Return the corrections as `cell amount`."""
    return [f"{each.spot.cell} {each.amount:f}" for each in audited(text, sign).corrections]


def checked(text: str, sign: str = ",") -> dict[str, int]:
    """Return how many relations were checked, by kind."""
    return {str(kind): count for kind, count in audited(text, sign).checked.items()}
