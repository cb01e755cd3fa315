"""Lines that head others without a word."""

import pytest

from support.audited import checked, failing


@pytest.mark.parametrize(
    "table",
    [
        "区分|件数\n相談|10\n　苦情|4\n　その他|6\n要望|5\n合計|15\n",
        "区分|件数\n高齢者|20\n①親族|12\n②電話|8\n計|20\n",
        "区分|件数\n(1) 相談|10\n ア.苦情|4\n イ.その他|6\n(2) 要望|5\n計|15\n",
        "大|小|件数\n相談||10\n|苦情|4\n|その他|6\n要望||5\n合計||15\n",
        "区分|4月|5月\n声|3|4\n（内訳）||\nA|1|2\nB|2|2\n",
        "区分|4月|5月\n出生|9|7\n（男）|4|3\n（女）|5|4\n",
    ],
)
def test_parents(table: str) -> None:
    """By indent, numbers, an outer column, a heading 内訳 and the two sexes."""
    assert failing(table, "|") == []
    assert checked(table, "|")["total"] > 1 or "内訳" in table or "出生" in table


def test_a_wrong_parent() -> None:
    """A complete list has to come to its head; one of some need not, but may not be more."""
    assert failing("区分|件数\n相談|11\n　苦情|4\n　その他|6\n要望|5\n", "|") == [
        "wrong B2 = B3 B4"
    ]
    assert failing("区分|件数\n相談|11\n　苦情|4\n　電話|6\n要望|5\n", "|") == []
    assert failing("区分|件数\n相談|9\n　苦情|4\n　電話|6\n要望|5\n", "|") == ["wrong B2 = B3 B4"]
