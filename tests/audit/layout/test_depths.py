"""How deep items stand below each other."""

import pytest

from kpicli.audit.layout.depths import depths, indent_of, levels_below


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["相談", "　苦情", "　その他", "要望", "合計"], [0, 1, 1, 0, 0]),
        (["生保", "  個人", "    終身", "  法人", "合計"], [0, 1, 2, 1, 0]),
        (["1 相談", "(1) 苦情", "(2) 要望", "2 契約", "計"], [0, 1, 1, 0, 0]),
        (["高齢者対応", "①親族同席", "②電話", "シート", "計"], [0, 1, 1, 0, 0]),
        (["(1)A", "(2)B", "その他", "合計"], [0, 0, 0, 0]),
        (["総数", "（男）", "（女）", "総数", "（男）", "（女）"], [0, 0, 0, 0, 0, 0]),
        (["出生", "（男）", "（女）", "死亡"], [0, 1, 1, 0]),
        (["声", "・新規", "・・東", "・・西", "・更新"], [0, 1, 2, 2, 1]),
        (["声", "・2025-04", "・2025-05"], [0, 1, 1]),
        (["東", "　A", "　　　計", "西"], [0, 1, 0, 0]),
    ],
)
def test_depths(labels: list[str], expected: list[int]) -> None:
    """By indent, and by marks that come up below others; totals are not deeper for theirs."""
    found = depths([(0, indent_of(label), label.strip()) for label in labels])
    assert [
        n if "計" not in t and "総" not in t else 0 for n, t in zip(found, labels, strict=True)
    ] == (expected)


def test_levels_below() -> None:
    """An item is below one that bears the beginning of its labels alone."""
    paths = [("借家", ""), ("借家", "公営"), ("持家", "戸建"), ("持家", "")]
    assert levels_below(paths) == [0, 1, 0, 0]


def test_indents() -> None:
    """A full-width space is as wide as two."""
    assert [indent_of(text) for text in ("a", " a", "　a", "　 a", "\u2003a")] == [0, 1, 2, 3, 2]
