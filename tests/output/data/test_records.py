"""The cells of every answer are what its columns say."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest

from kpicli.output.data.records import Cell, CellType
from kpicli.output.interface import Answer, Options
from support.hostile_project import COMMANDS, hostile_answers, hostile_folder

TYPES: Mapping[CellType, tuple[type, ...]] = {
    "text": (str,),
    "date": (date,),
    "integer": (int,),
    "number": (int, Decimal),
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Answer]]:
    """Return every answer by its command."""
    with pytest.MonkeyPatch.context() as patch:
        secret = tmp_path_factory.mktemp("secret") / "own" / "secret"
        patch.setenv("KPICLI_SECRET_FILE", str(secret))
        yield hostile_answers(hostile_folder(tmp_path_factory.mktemp("project")))


def fits(cell: Cell, type_: CellType) -> bool:
    """Return whether a cell is blank or of the type."""
    return cell is None or (
        isinstance(cell, TYPES[type_]) and not isinstance(cell, bool | datetime)
    )


@pytest.mark.parametrize("show_values", [False, True])
@pytest.mark.parametrize("command", COMMANDS)
def test_cells_are_of_their_column_s_type(
    answers: Mapping[str, Answer], command: str, show_values: bool
) -> None:
    """Each row is as long as the columns, each name there once, each cell blank or of its type."""
    records = answers[command].records(Options(show_values=show_values))
    assert len(set(records.names)) == len(records.columns)
    assert records.rows
    for row in records.rows:
        assert len(row) == len(records.columns)
        for column, cell in zip(records.columns, row, strict=True):
            assert fits(cell, column.type), (column, cell)
