from markdown_it import MarkdownIt

from kpicli.output.layout.markdown_lines import markdown_lines
from kpicli.output.page.document import Document, Entry, Outline
from support.documents import DOCUMENT, SOURCES

EXPECTED = """\
# お客様の声: 841件

2025年度上期

- 感謝: 840件 \\\\x1b

## 定義

- 数え方: 行数
  - 受付日が期間の中

### 1. voices.csv 2 行目

- 受付番号: V1

まとめ

## 注

- 要確認: 読めない値がある
"""


def test_a_document() -> None:
    """Its first line is the title; what is indented is a list, a level below its heading."""
    assert list(markdown_lines(DOCUMENT, "声", "ja")) == EXPECTED.splitlines()


def test_a_document_without_a_title() -> None:
    """It goes by the title of its answer; every section is a table under its heading."""
    document = Document((Entry("2 種類"),), (SOURCES,), titled=False)
    assert list(markdown_lines(document, "元データ", "ja")) == [
        "# 元データ",
        "",
        "2 種類",
        "",
        "## voices",
        "",
        "| 列 | 行 | 見出し |",
        "| --- | ---: | --- |",
        "| received\\_on | 7 | 受付日 / 受信日 |",
        "",
        "## staff",
        "",
        "| 列 | 行 | 見出し |",
        "| --- | ---: | --- |",
        "| team | 12 | チーム |",
    ]


def test_no_line_is_code() -> None:
    """An entry that is deep without one above it is still an item of a list."""
    outline = Outline("x", (Entry("- deep", 3), Entry("deeper", 4), Entry("1. flat")))
    text = "\n".join(markdown_lines(Document((), (outline,), titled=False), "t", "ja"))
    html = MarkdownIt("commonmark").render(text)
    assert "<code>" not in html
    assert "<li>- deep\n<ul>\n<li>deeper</li>\n</ul>\n</li>" in html
    assert "<p>1. flat</p>" in html
