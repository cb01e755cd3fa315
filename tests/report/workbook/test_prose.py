from kpicli.report.workbook.prose import MOST_LINES, pieces, plain_lines


def test_markdown_loses_its_marks() -> None:
    """Headings, emphasis, lists, links and escapes become what a reader would see."""
    text = "## 見出し\n\n\n**強調**と*斜体*と`code`\n- 一\n  * 二\n[手順](https://x.jp) 1\\. a_b_c"
    assert plain_lines(text) == (
        *("見出し", "", "強調と斜体とcode", "・一", "  ・二"),
        "手順 (https://x.jp) 1. a_b_c",
    )
    assert plain_lines(" \n") == ()


def test_long_texts_are_divided_without_loss() -> None:
    """No piece is higher than a row can be, and together they are the whole text."""
    lines = ["短い", "長" * 1000, "終わり"]
    found = list(pieces(lines, 40))
    assert [len(piece) <= MOST_LINES for piece in found] == [True] * len(found)
    assert "".join(line for piece in found for line in piece) == "".join(lines)
    assert list(pieces(["短い", "", "文"], 40)) == [("短い", "", "文")]
