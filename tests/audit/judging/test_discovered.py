"""Balances that no label speaks of."""

from support.audited import checked, failing


def test_what_is_carried_over() -> None:
    """期首, 増加 and 減少 make 期末."""
    table = "区分,期首,増加,減少,期末\nA,1200,310,280,1230\nB,880,120,95,{}\nC,455,60,71,444\n"
    assert failing(table.format(905)) == []
    assert failing(table.format(950)) == ["wrong E3 = B3 C3 D3"]


def test_a_sum_that_lacks_something_is_not_held_against_a_table() -> None:
    """受付 is not 解決 and 継続 where one was withdrawn: without words one exception is none."""
    rows = [(120, 110, 10), (345, 330, 14), (28, 27, 1), (61, 50, 11), (88, 80, 8)]
    table = "区分,受付,解決,継続中\n" + "".join(
        f"{n}店,{a},{b},{c}\n" for n, (a, b, c) in enumerate(rows)
    )
    assert failing(table) == []


def test_small_tables_are_left_alone() -> None:
    """Two places tell nothing."""
    assert checked("区分,甲,乙,丙\nA,3,1,2\nB,9,4,5\n") == {}
