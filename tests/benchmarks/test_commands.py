"""The commands' answers are held against what was written."""

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.bench import WrongAnswer
from benchmarks.contenders import Dataset
from benchmarks.exports import write_exports
from benchmarks.plan import Plan
from benchmarks.scenarios import checked, commands
from benchmarks.scenarios.commands import COMMANDS, Command

pytestmark = pytest.mark.slow

PLAN = Plan(rows=3_000, files=3, duplicates=0.05, superseded=0.02)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return a project whose half is frozen for `diff`."""
    folder = tmp_path_factory.mktemp("exports")
    data = Dataset(folder, PLAN, write_exports(PLAN, folder))
    commands._prepare(data)
    return data


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_an_answer_is_right_and_a_wrong_one_is_noticed(data: Dataset, command: Command) -> None:
    """Each command agrees with the files, and disagrees where one complaint more is expected."""
    before = sorted(data.folder.iterdir())
    assert commands.once(command, data)().usage.wall > 0
    assert sorted(data.folder.iterdir()) == before
    more = {**data.written.half, "団体": {**data.written.half["団体"], "不満": 1_000}}
    wrong = replace(data, written=replace(data.written, half=more, usable=1))
    if command.name != "diff":  # what it prints depends on the record alone
        with pytest.raises(WrongAnswer, match=f"{command.name} answers"):
            commands.once(command, wrong)()


def test_a_figure_that_moved_is_noticed(data: Dataset) -> None:
    """`diff` has to look at all figures and to find none that moved."""
    answer = '{"periods": [{"figures": FIGURES, "moved": MOVED, "kpis": [], "notes": []}]}'
    count = len(data.written.figures())
    for figures, moved in ((count, 1), (count - 1, 0)):
        told = answer.replace("FIGURES", str(figures)).replace("MOVED", str(moved))
        with pytest.raises(WrongAnswer, match="diff answers"):
            checked.unmoved(told.encode(), Path(), data.written)


def test_a_row_that_does_not_count_is_noticed(tmp_path: Path, data: Dataset) -> None:
    """The right number of rows is not enough: each is a complaint, and there once."""
    header, row = "role,category_read,voice_id\n", "counted,不満,V25000000{:02}\n"
    written = replace(data.written, half={"損保": {"不満": 2}})
    file = tmp_path / "rows.csv"
    for second, right in ((row.format(2), True), (row.format(1), False), ("memo,不満,V3\n", False)):
        file.write_text(header + row.format(1) + second, encoding="utf-8")
        if right:
            checked.rows(b"", file, written)
        else:
            with pytest.raises(WrongAnswer, match="rows answers"):
                checked.rows(b"", file, written)
