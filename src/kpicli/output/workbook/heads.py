"""The heads of columns in workbooks, in both languages: other formats have names for programs."""

from collections.abc import Mapping
from types import MappingProxyType

from kpicli.base.wording import Language, Text
from kpicli.output.data.records import Column

HEADS: Mapping[str, Text] = MappingProxyType(
    {
        "advice": Text("対処", "What to do"),
        "after": Text("今", "Now"),
        "before": Text("凍結時", "Then"),
        "cause": Text("原因", "Cause"),
        "cell": Text("セル", "Cell"),
        "changes": Text("変わった列", "Changed columns"),
        "code": Text("番号", "Code"),
        "column": Text("列", "Column"),
        "computed": Text("計算した値", "Computed"),
        "count": Text("件数", "Count"),
        "denominator": Text("分母", "Denominator"),
        "detail": Text("詳細", "Detail"),
        "difference": Text("差", "Difference"),
        "edition": Text("版", "Edition"),
        "encoding": Text("文字コード", "Encoding"),
        "end": Text("終了日", "Last day"),
        "faulty_rows": Text("不備の行", "Faulty rows"),
        "file": Text("ファイル", "File"),
        "id": Text("ID", "ID"),
        "item": Text("内訳", "Part"),
        "kind": Text("区分", "Kind"),
        "kpi": Text("指標ID", "KPI id"),
        "label": Text("見出し", "Label"),
        "level": Text("種類", "Level"),
        "line": Text("ファイルの行", "Line"),
        "message": Text("内容", "Message"),
        "measure": Text("数え方", "Measure"),
        "name": Text("名前", "Name"),
        "note": Text("注", "Note"),
        "numerator": Text("分子", "Numerator"),
        "other": Text("もう一つの場所", "Other place"),
        "period": Text("期間", "Period"),
        "principles": Text("原則", "Principles"),
        "record": Text("記録", "Record"),
        "role": Text("役割", "Role"),
        "row": Text("行", "Row"),
        "row_id": Text("行のID", "Row id"),
        "rows": Text("行数", "Rows"),
        "rule": Text("理由", "Rule"),
        "sheet": Text("シート", "Sheet"),
        "source": Text("元データ", "Source"),
        "start": Text("開始日", "First day"),
        "status": Text("状態", "Status"),
        "terms": Text("足した項", "Terms"),
        "title": Text("項目", "Title"),
        "unit": Text("単位", "Unit"),
        "value": Text("値", "Value"),
        "verdict": Text("判定", "Verdict"),
        "version": Text("版", "Version"),
        "written": Text("書かれた値", "Written"),
    }
)


def heads(columns: tuple[Column, ...], language: Language) -> list[str]:
    """Return the heads of columns, each once: an Excel table needs different ones.

    A column without a head of its own goes by its name.
    """
    written: list[str] = []
    for column in columns:
        known = column.title or HEADS.get(column.name)
        head = column.name if known is None else known.in_language(language)
        written.append(head if head not in written else f"{head} ({column.name})")
    return written
