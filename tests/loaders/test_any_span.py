"""Whatever the spans and whoever reads them, a file is the same file."""

from pathlib import Path
from random import Random

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.text import delimited, text_block
from kpicli.loaders.text.spans import NotSimple
from support.engines import loaded
from support.messy_export import messy, seen


def read(config: Path, engine: SingleThread | Threads | Processes, span: int) -> object:
    """Return what is seen of the file, or the error that it ends with."""
    engine.span = span
    try:
        return seen(loaded(config, engine)["voices"])
    except InputError as error:
        return error.message, error.hint


@pytest.mark.parametrize("seed", range(40))
def test_spans_and_readers_make_no_difference(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Spans of a few rows, of some kilobytes and of the whole file, and the exact reader."""
    random = Random(seed)
    (tmp_path / "v.csv").write_bytes(messy(random))
    config = tmp_path / "kpicli.toml"
    config.write_text('[exports]\nvoices = "v.csv"\n')
    whole = read(config, SingleThread(), 1 << 23)
    assert read(config, SingleThread(), random.randrange(100, 400)) == whole
    assert read(config, Threads(), random.randrange(400, 4000)) == whole
    if seed % 4 == 0:  # to begin processes takes longer than to read what they are given
        assert read(config, Processes(), random.randrange(400, 4000)) == whole

    def refuse(*_: object, **__: object) -> None:
        raise NotSimple

    for module in (delimited, text_block):
        monkeypatch.setattr(module, "read_span", refuse)
    assert read(config, SingleThread(), 1 << 23) == whole
