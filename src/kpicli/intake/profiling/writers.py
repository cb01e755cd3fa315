"""Which program wrote a table, where its headers or its ids say so."""

import re

from kpicli.base.wording import Text
from kpicli.intake.profiling.tables import Table
from kpicli.intake.profiling.words import KINTONE_FIELDS
from kpicli.values.folding import header_key

KINTONE = Text("kintone", "kintone")
SALESFORCE = Text("Salesforce", "Salesforce")
GAROON = Text("Garoon・サイボウズ", "Garoon or Cybozu Office")
FORMS = Text("Google フォーム", "Google Forms")
LEDGER = Text("Excel の台帳", "an Excel ledger")

_SALESFORCE = re.compile(
    r".*__[cr]|(Created|LastModified)(Date|ById)|OwnerId|(Case|Contact|Account)Id"
)
_GAROON = frozenset(
    (
        *("開始日付", "開始時刻", "終了日付", "終了時刻"),
        *("予定メニュー", "予定詳細", "申請フォーム名", "書き込み日時"),
    )
)
_FORMS = frozenset({"タイムスタンプ", "Timestamp"})
_ENOUGH = 2


def writer_of(table: Table) -> Text | None:
    """Return the program that wrote a table; None where it does not show."""
    keys = [header_key(header) for header in table.headers]
    if len(KINTONE_FIELDS.intersection(keys)) >= _ENOUGH or keys[0] == "レコードの開始行":
        return KINTONE
    if sum(_SALESFORCE.fullmatch(key) is not None for key in keys) >= _ENOUGH:
        return SALESFORCE
    if len(_GAROON.intersection(keys)) >= _ENOUGH:
        return GAROON
    if keys[0] in _FORMS and table.columns[0].kind == "date":
        return FORMS
    return LEDGER if table.sheet is not None else None
