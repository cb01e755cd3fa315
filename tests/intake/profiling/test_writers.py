"""Which program wrote a table."""

import pytest

from kpicli.base.wording import Text
from kpicli.intake.profiling import writers
from kpicli.intake.profiling.columns import column_of
from kpicli.intake.profiling.tables import Table
from kpicli.intake.profiling.writers import writer_of


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        (("レコードの開始行", "受付日"), writers.KINTONE),
        (("レコード番号", "受付日", "作成者"), writers.KINTONE),
        (("Received__c", "Category__c"), writers.SALESFORCE),
        (("開始日付", "開始時刻", "予定詳細"), writers.GAROON),
        (("タイムスタンプ", "満足度"), writers.FORMS),
        (("受付番号", "受付日"), None),
    ],
)
def test_by_headers(headers: tuple[str, ...], expected: Text | None) -> None:
    """Headers that one program alone writes tell which it was; others tell nothing."""
    columns = tuple(column_of(i, header, ["2025/4/1"]) for i, header in enumerate(headers))
    assert writer_of(Table("a.csv", "", 1, 1, columns)) == expected


def test_sheets_are_ledgers() -> None:
    """A sheet that no program marks is a ledger."""
    columns = (column_of(0, "受付番号", ["V1"]),)
    assert writer_of(Table("a.xlsx", "", 1, 1, columns, sheet="4月")) == writers.LEDGER
