"""Captions and notes around a table."""

import pytest

from kpicli.audit.layout.context import context_of
from kpicli.audit.layout.lines import Context


@pytest.mark.parametrize(
    ("captions", "header", "expected"),
    [
        (["（単位：千円）"], [], Context(thousands=True)),
        (["（単位：件、千円）"], [], Context()),
        (["注 四捨五入のため合計と一致しない。"], [], Context(rounded=True)),
        (["注 端数処理の関係で合わない。"], [], Context(rounded=True)),
        (["（千円未満切捨て）"], [], Context(rounded=True, cut=True)),
        ([], ["主な種目", "件数"], Context(partial=True)),
        ([], ["順位", "会社"], Context(partial=True)),
        (["注 総数には不詳を含む。"], [], Context(inclusive=True)),
        (["問3 利用媒体（複数回答）"], [], Context(multiple=True)),
        (["受付の状況", "速報値。"], ["区分", "件数"], Context()),
    ],
)
def test_what_is_said_around(captions: list[str], header: list[str], expected: Context) -> None:
    """Units, rounding, and lists that are not of all or not of each once."""
    assert context_of(captions, header) == expected
