"""Markdown as input, as it is pasted from pages, mails and chats."""

from pathlib import Path

import pytest

from kpicli.audit.audit import audit_file, audit_table
from kpicli.audit.files.markdown_tables import is_markdown, read_markdown
from support.usual_tables import audited_rows, spaced, usual_tables

PASTED = """\
# 受付

(単位:千円)

| 区分 | **4月** | 5月<br>(速報) |
|------|--------:|:---:|
| 相談 | 10 | `13` |
| 　苦情 | 4 | 6 |
| 　その他 | 6 | 7 |
| 要望 \\| 提案 | 5 | 3 |
| **合計** | **15** | {wrong} |

※ 端数は四捨五入。

## 次

a | b
--- | ---
x | 1
"""


def test_tables_of_a_text() -> None:
    """Marks are left out, indents kept, and headings and paragraphs around are what they say."""
    first, second = read_markdown(PASTED.format(wrong=16), "t.md")
    assert first.rows[0] == ("区分", "4月", "5月 (速報)")
    assert [row[0] for row in first.rows[1:]] == [
        "相談",
        "\u3000苦情",
        "\u3000その他",
        "要望 | 提案",
        "合計",
    ]
    assert (first.sheet, second.sheet) == ("1 受付", "2 次")
    assert first.title == "受付 (単位:千円) ※ 端数は四捨五入。"
    assert second.rows == (("a", "b"), ("x", "1"))


@pytest.mark.parametrize("name", ["t.md", "t.txt", "t.csv"])
def test_a_file_of_any_name(tmp_path: Path, name: str) -> None:
    """A row of dashes below a row with `|` tells Markdown from a csv."""
    file = tmp_path / name
    file.write_text(PASTED.format(wrong=61), encoding="utf-8")
    audit = audit_file(file)
    assert [f.relation.result.spot.cell for f in audit.sheets[0].of("wrong")] == ["C6"]


def test_within_a_fence_or_a_quotation() -> None:
    """A table pasted with its fence, or quoted, is read where there is no other."""
    table = "| a | b |\n|---|---|\n| x | 1 |\n"
    for text in (f"```\n{table}```\n", table.replace("|", "> |", 1).replace("\n|", "\n> |")):
        assert is_markdown(text)
        assert [each.rows for each in read_markdown(text, "t")] == [(("a", "b"), ("x", "1"))]


@pytest.mark.parametrize("text", ["a|b\n1|2\n", "a,b\n---,---\n", "x | y\n\n---\n", "a\n---\n"])
def test_what_is_no_markdown(text: str) -> None:
    """Without a rule of dashes below a row with `|` it is none."""
    assert not is_markdown(text)


@pytest.mark.parametrize("name", list(usual_tables()))
def test_a_table_is_the_same_in_markdown(name: str) -> None:
    """What is checked in a csv is checked in Markdown, and no more is wrong."""
    rows = usual_tables()[name]
    lines = ["| " + " | ".join(map(spaced, row)) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * len(rows[0]))
    (table,) = read_markdown("\n".join(lines), "t.md")
    found, plain = audit_table(table), audited_rows(rows)
    assert (found.checked, found.of("wrong")) == (plain.checked, ())
