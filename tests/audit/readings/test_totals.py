"""What each total is the sum of."""

from support.audited import checked, failing


def test_subtotals_within_a_total() -> None:
    """A total is the sum of its subtotals; a blank outer label is the one above."""
    table = "地域|店|件数\n東|A|1\n|B|2\n|小計|3\n西|C|4\n|D|5\n|小計|9\n合計||{}\n"
    assert failing(table.format(12), "|") == []
    assert checked(table, "|") == {"total": 2}
    assert failing(table.format(13), "|") == ["wrong C8 = C4 C7"]


def test_what_is_no_part() -> None:
    """うち, 最大 and rows below the total are no parts of it."""
    table = "区分,件数\nA,3\nうち新規,2\nB,7\n合計,10\n最大,7\n前年合計,12\n"
    assert (failing(table), checked(table)) == ([], {"total": 1})


def test_a_total_that_stands_first() -> None:
    """総数 above its parts is their sum."""
    assert failing("区分,件数\n総数,11\nA,3\nB,7\n") == ["wrong B2 = B3 B4"]
