import re

from kpicli.output.layout.html_page import html_page
from kpicli.output.page.document import Document, Entry
from support.documents import DOCUMENT, SOURCES
from support.tables_read import html_tables


def body(page: str) -> str:
    """Return what stands in the body, without spaces between tags."""
    return re.sub(r"\s*\n\s*", "", page.partition("<body>")[2])


def test_a_document() -> None:
    """Its first line is the title; what is indented is a list, nested as deep as it stands."""
    page = html_page(DOCUMENT, "声", "ja")
    assert "<title>お客様の声: 841件</title>" in page
    assert body(page) == (
        '<main class="fd-report" lang="ja"><h1>お客様の声: 841件</h1>'
        "<p>2025年度上期</p>"
        "<ul><li>感謝: 840件 \\x1b</li></ul>"
        "<section><h2>定義</h2>"
        "<ul><li>数え方: 行数<ul><li>受付日が期間の中</li></ul></li></ul></section>"
        "<section><h3>1. voices.csv 2 行目</h3><ul><li>受付番号: V1</li></ul></section>"
        "<section><p>まとめ</p></section>"
        "<section><h2>注</h2><ul><li>要確認: 読めない値がある</li></ul></section>"
        "</main></body></html>"
    )


def test_tables() -> None:
    """Each section is a table under its heading; what has no title goes by its answer's."""
    page = html_page(Document((Entry("2 種類"),), (SOURCES,), titled=False), "元データ", "ja")
    assert "<h1>元データ</h1>" in page
    voices, staff = html_tables(page)
    assert (voices.caption, voices.header) == ("voices", ["列", "行", "見出し"])
    assert staff.rows == [["team", "12", "チーム"]]
