from kpicli.output.layout.table_lines import BOLD, table_lines
from kpicli.output.page.document import Column, Document, Figures, Line, Section
from support.documents import DOCUMENT, SOURCES


def shown(document: Document, width: int = 80) -> list[tuple[str, str]]:
    """Return each line's text with the style of its first cell."""
    lines = table_lines(document, width)
    assert lines is not None
    joined = (
        ("  ".join(text for text, _ in line).rstrip(), line[0][1] if line else "") for line in lines
    )
    return list(joined)


def test_headings_are_bold() -> None:
    """The title and the headings of blocks are bold, without brackets."""
    lines = shown(DOCUMENT)
    assert [text for text, style in lines if style == BOLD] == [
        "お客様の声: 841件",
        "定義",
        "1. voices.csv 2 行目",
        "注",
    ]
    assert ("  感謝: 840件 \\x1b", "") in lines


def test_a_listing() -> None:
    """Sections are parted by a blank line and share the widths of their columns."""
    assert shown(Document((), (SOURCES,)), 40) == [
        ("voices", BOLD),
        ("列           行  見出し", ""),
        ("received_on   7  受付日 / 受信日", ""),
        ("", ""),
        ("staff", BOLD),
        ("team         12  チーム", ""),
    ]


def test_too_narrow_for_figures() -> None:
    """Where a number would break there are no columns at all."""
    columns = (Column("value", "実績", right=True),)
    figures = Figures("項目", columns, (Section("原則1", (Line(0, "声", ("1,841件",)),)),))
    document = Document((), (figures,))
    assert table_lines(document, 20) is not None
    assert table_lines(document, 8) is None
