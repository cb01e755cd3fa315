"""Targets and states in one column, for formats that have little room."""

from kpicli.output.page.document import Column, Figures, Line, Section, with_joined_states

TARGET, STATUS, VALUE = Column("target", "Target"), Column("status", "Status"), Column("value", "V")


def figures(columns: tuple[Column, ...], *cells: tuple[str, ...]) -> Figures:
    """Return figures in one section."""
    lines = tuple(Line(0, "a", own) for own in cells)
    return Figures("Figure", columns, (Section("1", lines),))


def test_targets_and_states_share_a_column() -> None:
    """Whichever of them there is; the others stay as they are."""
    both = figures((VALUE, TARGET, STATUS), ("1", ">=2 missed", ""), ("2", "", "partial"),
                   ("3", "<=0 pending", "to check"))  # fmt: skip
    joined = with_joined_states(both)
    assert [column.name for column in joined.columns] == ["V", "Target / Status"]
    assert [line.cells for line in joined.sections[0].lines] == [
        ("1", ">=2 missed"),
        ("2", "partial"),
        ("3", "<=0 pending to check"),
    ]


def test_one_of_them_alone_stays() -> None:
    """There is nothing to join."""
    alone = figures((VALUE, STATUS), ("1", "partial"))
    assert with_joined_states(alone) == alone
