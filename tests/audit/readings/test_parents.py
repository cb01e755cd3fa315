"""Lines that head others below them."""

from support.audited import failing


def test_men_and_women_make_their_line() -> None:
    """Whatever it is called, in many lines; one that differs is found."""
    rows = "".join(f"{name},{a + b},{a},{b}\n" for name, a, b in (("A", 3, 4), ("B", 5, 6)))
    table = "区分,受講,男,女\n" + rows + "C,{},7,8\n"
    assert failing(table.format(15)) == []
    assert failing(table.format(16)) == ["wrong B4 = C4 D4"]


def test_a_numbered_list_makes_what_it_is_indented_below() -> None:
    """The numbers say that the list is complete."""
    table = "区分,件数\n相談,{}\n　(1)電話,3\n　(2)訪問,4\n　(3)メール,5\n苦情,6\n"
    assert failing(table.format(12)) == []
    assert failing(table.format(13)) == ["wrong B2 = B3 B4 B5"]
