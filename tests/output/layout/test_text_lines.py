from kpicli.output.layout.text_lines import text_lines
from kpicli.output.page.document import (
    Column,
    Document,
    Entry,
    Line,
    Listing,
    Notes,
    Outline,
    Section,
)
from support.documents import DOCUMENT, SOURCES

WIDE = """\
お客様の声: 841件
2025年度上期
  感謝: 840件 \\x1b

[定義]
  数え方: 行数
    受付日が期間の中

1. voices.csv 2 行目
  受付番号: V1

まとめ

[注]
- 要確認: 読めない値がある
"""
NARROW = """\
お客様の声:
  841件
2025年度上期
  感謝:
    840件 \\x1b

[定義]
  数え方:
    行数
    受付日が
      期間の中
"""


def test_a_document() -> None:
    """Blocks are parted by a blank line, boxed headings in brackets, entries in their depth."""
    assert list(text_lines(DOCUMENT, 78)) == WIDE.splitlines()


def test_lines_fold() -> None:
    """What does not fit stands two deeper in the next line."""
    assert list(text_lines(DOCUMENT, 14))[:11] == NARROW.splitlines()


def test_a_document_without_an_opening() -> None:
    """It begins with its first block, without a blank line."""
    document = Document((), (Outline("[A]", (Entry("x"),)), Outline("", (Entry("y", 1),))))
    assert list(text_lines(document, 78)) == ["[A]", "x", "", "  y"]
    notes = Document((), (Notes("注", ("x",)),))
    assert list(text_lines(notes, 78)) == ["[注]", "- x"]


def test_sections_share_their_columns() -> None:
    """The names of the columns stand once; numbers are to the right."""
    assert list(text_lines(Document((), (SOURCES,)), 40)) == [
        "[voices]",
        "列           行  見出し",
        "received_on   7  受付日 / 受信日",
        "",
        "[staff]",
        "team         12  チーム",
    ]


def test_narrow_sections() -> None:
    """Prose folds as long as that is enough; then each cell stands below its row with its name."""
    assert list(text_lines(Document((), (SOURCES,)), 22)) == [
        "[voices]",
        "received_on",
        "    行 7",
        "    見出し 受付日 /",
        "    受信日",
        "",
        "[staff]",
        "team",
        "    行 12",
        "    見出し チーム",
    ]


def test_prose_folds_and_ids_do_not() -> None:
    """A column of prose gives way down to 20 cells; names that are ids stand whole."""
    long = "受付日 / 受付日時 / 登録日"
    columns = (Column("type", "型"), Column("heads", "見出し", prose=True))
    line = Line(0, "insurer_improved_on_day", ("date", long))
    listing = Listing("列", columns, (Section("", (line,)),), ids=True)
    assert list(text_lines(Document((), (listing,)), 54)) == [
        "列                       型    見出し",
        "insurer_improved_on_day  date  受付日 / 受付日時 /",
        "                               登録日",
    ]
