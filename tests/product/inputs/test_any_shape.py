"""Whatever is in a file and however it is declared to be shaped, no row is lost and none breaks."""

from pathlib import Path
from random import Random

import pytest

from kpicli.base.errors import InputError
from support.messy_export import messy
from support.small_project import Project

SHAPES = (
    'fill_down = ["line"]',
    'fill_down = ["voice_id"]',
    'fill_down = ["received_on", "team"]',
    'explode = { parent = ["voice_id", "received_on"], line = "content" }',
    'explode = { parent = ["voice_id", "received_on", "line", "category"] }',
    'unpivot = { columns = ["チーム", "担当者", "*"], name = "team", value = "category" }',
    'unpivot = { columns = "*", name = "category", value = "improved_on" }, fill_down = "line"',
    'explode = { parent = "received_on" }, '
    'unpivot = { columns = "*", name = "category", value = "team" }',
)
BYTES = b'",\n\r\t *x\x00\x81'


@pytest.mark.parametrize("seed", range(40))
def test_any_shape_of_any_file(seed: int, tmp_path: Path) -> None:
    """A file is refused with a message, or its rows add up, and each leads back to its cells."""
    random = Random(seed)
    content = bytearray(messy(random))
    for _ in range(random.choice([0, 0, 1, 3])):
        content[random.randrange(len(content))] = random.choice(BYTES)
    (tmp_path / "v.csv").write_bytes(content)
    own = Project(tmp_path)
    own.exports["voices"] = [f'{{ files = "v.csv", {random.choice(SHAPES)} }}']
    data, refused = None, None
    try:
        data = own.load("voices")
    except InputError as error:
        refused = error
    if data is None:
        assert refused is not None
        assert refused.message.ja.startswith("v.csv")
        return
    sums = data.accounting
    aside = sums.duplicate + sums.superseded + sums.not_data + sums.faulty
    assert sums.read == sums.usable + aside
    for row in range(0, len(data), 7):
        for column in data.source.columns:
            assert data.place(row, column).row is not None
            assert isinstance(data.raw([row], [column])[0][0], str)
