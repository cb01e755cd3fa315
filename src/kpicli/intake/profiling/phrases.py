"""The words for what a table is and what its columns hold."""

from collections.abc import Iterator, Mapping

from kpicli.base.wording import Language, Text
from kpicli.intake.profiling.columns import Kind
from kpicli.intake.profiling.tables import Table
from kpicli.intake.profiling.writers import writer_of
from kpicli.values.dates import Order

KIND_WORDS: Mapping[Kind, Text] = {
    "blank": Text("空", "blank"),
    "id": Text("番号", "ids"),
    "date": Text("日付", "dates"),
    "amount": Text("数", "amounts"),
    "score": Text("点数・小さな数", "scores"),
    "tick": Text("チェック欄", "ticks"),
    "several": Text("複数の値", "several values"),
    "code": Text("区分", "codes"),
    "person": Text("人(値は出しません)", "people (values not shown)"),
    "free_text": Text("文章(値は出しません)", "text (values not shown)"),
}
ORDERS: Mapping[Order, Text] = {
    "dmy": Text("日/月/年", "day/month/year"),
    "mdy": Text("月/日/年", "month/day/year"),
}
"""The orders of dates that end in their year."""
_ROWS = Text("{rows:,} 行", "{rows:,} rows")
_HEADER_ROW = Text("見出し {row} 行目", "header in row {row}")
_SIGNS = {
    ",": Text("コンマ", "commas"),
    "\t": Text("タブ", "tabs"),
    ";": Text("セミコロン", "semicolons"),
}


def written(table: Table, language: Language) -> Iterator[str]:
    """Yield how a table is written: its writer, encoding, separator, header row and rows."""
    writer = writer_of(table)
    if writer is not None:
        yield writer.in_language(language)
    if table.encoding is not None:
        yield table.encoding
    if table.delimiter is not None:
        yield _SIGNS[table.delimiter].in_language(language)
    yield _HEADER_ROW.filled(row=table.header_row).in_language(language)
    yield _ROWS.filled(rows=table.rows).in_language(language)
