"""Reading text files by the fast reader alone."""

import pytest

from kpicli.loaders.cells.raw_table import RawTable
from kpicli.loaders.text import delimited


@pytest.fixture
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forbid the exact reader: what the test reads has to be read by the fast one."""

    def forbidden(*_: object) -> RawTable:
        raise AssertionError("the file fell through to the exact reader")

    monkeypatch.setattr(delimited, "read_exact", forbidden)
