"""Whatever the spans and whoever reads them, a file is the same file."""

import tracemalloc
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest

from kpicli.base.errors import InputError
from kpicli.loaders import reading
from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.loaders.files.content import HeldContent
from kpicli.loaders.files.export_file import ExportFile
from kpicli.loaders.text import delimited, text_block
from kpicli.loaders.text.spans import NotSimple
from kpicli.settings.settings import read_settings
from support.encodings import ENCODERS, declared
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


HEADER = "受付番号,受付日,商品区分,声の区分,担当者,内容\n"


def in_spans(config: Path, content: bytes, encoding: str, size: int) -> list[int]:
    """Return where the spans of an export end; it is written, and named in `config`."""
    named = declared(encoding)
    options = f', encoding = "{named}"' if named else ""
    config.write_text(f'[exports]\nvoices = {{ files = "v.csv"{options} }}\n', "utf-8")
    (config.parent / "v.csv").write_bytes(content)
    file = ExportFile("v.csv", "v.csv", HeldContent(content), named)
    text = delimited.open_text(file, read_settings(config).catalog.source["voices"])
    assert text is not None
    return [span.stop for span in text.spans(size)]


def read_whole(config: Path) -> object:
    """Return what is seen of the file, or the error, where it is decoded and read as a whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delimited, "open_text", lambda *_: None)
        return read(config, SingleThread(), 1 << 23)


def read_apart(config: Path, span: int) -> object:
    """Return what is seen of the file in spans; it fails where they are not enough."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_alone", lambda *_: pytest.fail("it was read as a whole"))
        return read(config, SingleThread(), span)


@pytest.mark.parametrize("encoding", sorted(ENCODERS))
@pytest.mark.parametrize("seed", range(3))
def test_of_every_encoding_spans_are_the_whole(encoding: str, seed: int, tmp_path: Path) -> None:
    """Rows, faults, lines and places are those of the file that is decoded as a whole."""
    config, size = tmp_path / "kpicli.toml", Random(seed).randrange(150, 900)
    end = ("\n", "\r\n", "\r")[seed]
    cells = ("", "声", '5" x', f'"声{end}""①"",{end}{end}"')
    lines = [
        f'V{n % 90:04},2025/4/{n % 30 + 1},生保,感謝,{n}",{cells[n % 4]}{end}' for n in range(100)
    ]
    content = ENCODERS[encoding](HEADER + "".join(lines))
    assert len(in_spans(config, content, encoding, size)) > 5
    assert read_apart(config, size) == read_whole(config)


DAMAGE = (
    *(b"", b"", b"\xff", b"\x80\n", b"\x1b", b"\x1b$B", b"\x1b$B!\n", b'"', b'"x', b"\r", b"\0"),
    *(b"\xd8", b"\n", b"\x8f", b"\x1b(I", b"\x1b$(D0!", "〜".encode(), b"\n\0", b'"\0'),
)


@pytest.mark.parametrize("encoding", sorted(ENCODERS))
def test_damage_at_the_borders_of_spans_is_what_it_is_to_the_whole(
    encoding: str, tmp_path: Path
) -> None:
    """Bytes lost, put in or written over there: the same rows, or the same error on its line."""
    config, random = tmp_path / "kpicli.toml", Random(encoding)
    lines = [f"V{n:04},2025/4/{n % 30 + 1},生保,感謝,,声①\n" for n in range(60)]
    body = "".join(lines).replace("V0030,", '"V""3\n0",')
    content = ENCODERS[encoding](HEADER + body)
    ends = in_spans(config, content, encoding, 400)
    refused = 0
    for damage in DAMAGE:
        place = random.choice(ends[2:-2]) + random.randrange(-4, 4)
        lost = random.randrange(3) if damage else 1 + random.randrange(2)
        (tmp_path / "v.csv").write_bytes(content[:place] + damage + content[place + lost :])
        whole = read_whole(config)
        assert read(config, SingleThread(), 400) == whole
        refused += isinstance(whole, tuple) and len(whole) == 2
    assert 0 < refused < len(DAMAGE)


@pytest.mark.parametrize("encoding", ["cp932", "utf-16", "iso2022_jp", "euc_jp"])
def test_a_large_file_takes_no_more_memory_than_a_small_one(encoding: str, tmp_path: Path) -> None:
    """Of few rows with long texts, in spans of a megabyte, what is held does not grow with them.

    Decoded as a whole the larger file would be held twice at least.
    """
    small, large = (peak_of(tmp_path, encoding, blocks) for blocks in (20, 50))
    size = (tmp_path / "v.csv").stat().st_size
    assert size > 20 << 20
    assert large - small < size // 8


def peak_of(folder: Path, encoding: str, blocks: int) -> int:
    """Return how many bytes are held at most while a file of so many equal blocks is read."""
    config, long = folder / "kpicli.toml", "お客様の声を伺った。" * 1000
    cells = [f'5" {long}', f'"{long[5:]}\n""{long[:5]}"']
    body = "".join(f"V{n:06},2025/4/{n % 30 + 1},生保,感謝,,{cells[n % 2]}\n" for n in range(36))
    mark = len(ENCODERS[encoding](""))
    content = ENCODERS[encoding](HEADER) + ENCODERS[encoding](body)[mark:] * blocks
    assert len(in_spans(config, content, encoding, 1 << 20)) > blocks // 3
    del content, body
    read_apart(config, 1 << 20)  # once for what is loaded once
    pool = pa.proxy_memory_pool(pa.default_memory_pool())
    usual = pa.default_memory_pool()
    pa.set_memory_pool(pool)
    tracemalloc.start()
    try:
        read_apart(config, 1 << 20)
        return tracemalloc.get_traced_memory()[1] + (pool.max_memory() or 0)
    finally:
        tracemalloc.stop()
        pa.set_memory_pool(usual)
