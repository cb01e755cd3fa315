"""Traps that no committed file can hold: too large, no files at all, or changing meanwhile."""

import io
import os
import socket
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

import kpicli
from kpicli.base.errors import InputError, SettingsError
from kpicli.model.summary import Summary
from support.small_project import TODAY
from traps.book_traps import VOICES
from traps.books import book, packed, parts
from traps.text_traps import HEADER, PLAIN, with_rows

pytestmark = pytest.mark.slow

SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
DEADLINE = 30.0
"""Seconds within which anything hostile is refused, on a slow machine."""


def run(folder: Path, files: str = "voices.csv") -> Summary:
    """Count the voices of 2025H1."""
    config = folder / "kpicli.toml"
    config.write_text(
        f"[exports]\nvoices = {{ files = '{files}', covers = '2024-04..2025-09' }}\n",
        encoding="utf-8",
    )
    return kpicli.summarize("2025H1", kpis=["voices"], config=config, today=TODAY)


def refused(folder: Path, files: str = "voices.csv") -> str:
    """Return the Japanese message and hint of the refusal, which names the file, within time."""
    begun = time.monotonic()
    with pytest.raises(InputError) as caught:
        run(folder, files)
    assert time.monotonic() - begun < DEADLINE
    assert caught.value.hint is not None
    assert files.strip("/") in caught.value.message.ja
    return f"{caught.value.message.ja} {caught.value.hint.ja}"


def number(summary: Summary) -> object:
    """Return the total of the one KPI."""
    return summary.figures[0].value.number


def test_cells_of_many_megabytes_are_read(tmp_path: Path) -> None:
    """A text of ten million characters is a cell like any other, quoted or not."""
    long = "あ" * 5_000_000
    rows = (f'V1,2025/4/1,生保,感謝,"{long}\n{long}"', f"V2,2025/5/2,損保,不満,{long}")
    (tmp_path / "voices.csv").write_bytes(with_rows(*rows))
    assert number(run(tmp_path)) == 2


@pytest.mark.parametrize("column", range(5))
def test_a_long_cell_is_a_fault_or_a_value_in_every_column(column: int, tmp_path: Path) -> None:
    """Two million digits in place of an id, a date or a code end in a row, never in a traceback.

    The line (2) is a fault that the figure does not ask about.
    """
    cells = ["V1", "2025/4/1", "生保", "感謝", "あ"]
    cells[column] = "9" * 2_000_000
    (tmp_path / "voices.csv").write_bytes(with_rows(",".join(cells)))
    figure = run(tmp_path).figures[0].value
    expected = {0: (1, 0), 1: (None, 1), 2: (1, 0), 3: (None, 1), 4: (1, 0)}
    assert (figure.number, figure.faulty_rows) == expected[column]


def test_a_cell_beyond_all_bounds_is_refused(tmp_path: Path) -> None:
    """A cell of 68 million characters is refused with its line, not read in part."""
    long = b"x" * 68_000_000
    (tmp_path / "voices.csv").write_bytes(HEADER.encode() + b"\n,2025/4/1,,," + long + b"\n")
    message = refused(tmp_path)
    assert "2 行目" in message
    assert "長すぎ" in message


def test_marks_piled_on_one_letter_cost_no_more_than_their_length(tmp_path: Path) -> None:
    """Sorting combining marks takes n² in the library: 200,000 of them still take seconds."""
    row = "V1,2025/4/1,生保," + "\u0315\u0300" * 100_000 + ","
    (tmp_path / "voices.csv").write_bytes(with_rows(row))
    begun = time.monotonic()
    assert run(tmp_path).figures[0].value.faulty_rows == 1
    assert time.monotonic() - begun < DEADLINE


def changed(old: str, new: str, part: str) -> bytes:
    """Return the plain workbook with one part changed, packed tight."""
    files: dict[str, str] = parts(VOICES)
    assert old in files[part]
    return packed({**files, part: files[part].replace(old, new, 1)}, zipfile.ZIP_DEFLATED)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        pytest.param("</sheetData>", "<x/>" * 3_000_000, SHEET, id="elements"),
        pytest.param("</sheetData>", "<x>" * 3_000_000, SHEET, id="elements-within-elements"),
        pytest.param("</row>", "<c/>" * 3_000_000, SHEET, id="cells-of-one-row"),
        pytest.param("</cellXfs>", "<xf/>" * 2_000_000, STYLES, id="styles"),
        pytest.param("</Types>", "<Default/>" * 200_000, "[Content_Types].xml", id="types"),
        pytest.param("</sheets>", "<sheet/>" * 200_000, "xl/workbook.xml", id="sheets"),
        pytest.param(
            "</Relationships>", "<x/>" * 200_000, "xl/_rels/workbook.xml.rels", id="links"
        ),
    ],
)
def test_a_small_workbook_of_millions_of_elements_is_refused(
    old: str, new: str, part: str, tmp_path: Path
) -> None:
    """Elements that would fill the memory are counted as they are read, and refused in time."""
    content = changed(old, new + old, part)
    assert len(content) < 1_000_000
    (tmp_path / "bomb.xlsx").write_bytes(content)
    assert "異常に" in refused(tmp_path, "bomb.xlsx")


def test_a_workbook_that_unpacks_too_far_is_refused_unread(tmp_path: Path) -> None:
    """70 MB of spaces packed into 70 KB are refused by the sizes that the zip declares."""
    (tmp_path / "bomb.xlsx").write_bytes(changed("</sheetData>", " " * 70_000_000, SHEET))
    assert "展開すると異常に大きくなる" in refused(tmp_path, "bomb.xlsx")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_spoilt_part_is_told_whatever_it_is_packed_with(method: int, tmp_path: Path) -> None:
    """A changed byte in the packed parts makes a damaged workbook, or one that reads the same."""
    content = packed(parts(VOICES), method)
    end = content.index(b"PK\x01\x02")
    for place in range(30, end, 41):
        spoilt = content[:place] + bytes([content[place] ^ 0x55]) + content[place + 1 :]
        (tmp_path / "spoilt.xlsx").write_bytes(spoilt)
        try:
            told = str(number(run(tmp_path, "spoilt.xlsx")))
        except InputError as error:
            told = error.message.ja
        assert told == "2" or "spoilt.xlsx" in told


def test_a_stored_size_that_lies_is_no_way_round(tmp_path: Path) -> None:
    """A part that unpacks to more than its entry declares is damaged, and not unpacked further."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts(VOICES).items():
            archive.writestr(name, part)
        listed = archive.getinfo(SHEET)
        archive.writestr("pad", " " * 100)
        listed.file_size = 50
    (tmp_path / "lies.xlsx").write_bytes(content.getvalue())
    assert "ブックが壊れています" in refused(tmp_path, "lies.xlsx")


def test_a_folder(tmp_path: Path) -> None:
    """A folder in place of a file, with what to write instead."""
    (tmp_path / "voices.csv").mkdir()
    assert 'フォルダーです 中のファイルを "voices.csv/*.csv"' in refused(tmp_path)


def test_a_pipe(tmp_path: Path) -> None:
    """A pipe is not waited for."""
    os.mkfifo(tmp_path / "voices.csv")
    assert "パイプ、ソケット、装置" in refused(tmp_path)


def test_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket is no file."""
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("voices.csv")
        assert "パイプ、ソケット、装置" in refused(tmp_path)


def test_a_link_to_nothing(tmp_path: Path) -> None:
    """A link whose file is gone cannot be opened."""
    (tmp_path / "voices.csv").symlink_to("gone.csv")
    assert "開けません" in refused(tmp_path)


def test_a_link_to_itself(tmp_path: Path) -> None:
    """A link that leads round in a circle cannot be opened."""
    (tmp_path / "voices.csv").symlink_to("voices.csv")
    assert "開けません" in refused(tmp_path)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """What is there instead is told."""
    (tmp_path / "voice.csv").write_bytes(PLAIN.encode())
    message = refused(tmp_path)
    assert "がありません" in message
    assert "voice.csv" in message


def test_a_pattern_that_matches_nothing(tmp_path: Path) -> None:
    """A pattern without a match is refused, and no figure of 0."""
    assert "合うファイルがありません" in refused(tmp_path, "お客様の声*.csv")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is refused with what to check."""
    (tmp_path / "voices.csv").write_bytes(PLAIN.encode())
    fail_on_open(monkeypatch, PermissionError(13, "Permission denied"))
    assert "権限を確かめ" in refused(tmp_path)


def test_a_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is gone between being found and being opened is told like any other."""
    (tmp_path / "voices.csv").write_bytes(PLAIN.encode())
    fail_on_open(monkeypatch, FileNotFoundError(2, "No such file or directory"))
    assert "開けません" in refused(tmp_path)


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing disk is told, too."""
    (tmp_path / "voices.csv").write_bytes(PLAIN.encode())
    fail_on_open(monkeypatch, OSError(5, "Input/output error"))
    assert "読み書きに失敗しました" in refused(tmp_path)


def test_a_file_that_grows_while_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another program is still writing is not counted."""
    file = tmp_path / "voices.csv"
    file.write_bytes(PLAIN.encode())
    asked: list[int] = []
    real = os.fstat

    def growing(number: int) -> os.stat_result:
        asked.append(number)
        if len(asked) == 2:  # asked again after reading
            with file.open("ab") as other:
                other.write(b"V9,2025/6/1,,,\n")
        return real(number)

    monkeypatch.setattr("kpicli.loaders.files.content.os.fstat", growing)
    assert "読んでいる間に内容が変わりました" in refused(tmp_path)


def fail_on_open(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """Let opening voices.csv fail; permissions cannot, since tests may run as root."""
    real = os.open

    def failing(path: Any, *args: Any, **options: Any) -> Any:  # noqa: ANN401 - as os.open
        if str(path).endswith("voices.csv"):
            raise error
        return real(path, *args, **options)

    monkeypatch.setattr(os, "open", failing)


@pytest.mark.parametrize(
    "where",
    [
        "{ category = \"__import__('os').abort()\" }",
        '{ category = ["感謝", "${HOME}"] }',
        "{ category = { matches = '(a+)+$' } }",
        "{ category = { eval = '1' } }",
    ],
)
def test_a_where_is_data_never_code(where: str, tmp_path: Path) -> None:
    """Whatever stands in `where` is compared with the codes, or refused as a setting."""
    (tmp_path / "voices.csv").write_bytes(PLAIN.encode())
    config = tmp_path / "kpicli.toml"
    config.write_text(
        "[exports]\nvoices = 'voices.csv'\n[kpi.own]\ntitle = '独自'\nprinciples = ['2']\n"
        f"source = 'voices'\nmeasure = 'count'\nwhere = {where}\n",
        encoding="utf-8",
    )
    with pytest.raises(SettingsError) as caught:
        kpicli.summarize("2025H1", kpis=["own"], config=config, today=TODAY)
    assert "own" in caught.value.message.en


def test_a_header_in_the_settings_is_no_regular_expression(tmp_path: Path) -> None:
    """`(a+)+$` as a header is five signs to be found, not a pattern to be tried."""
    header = "受付番号,(a+)+$,声の区分"
    (tmp_path / "voices.csv").write_text(
        f"{header},{'a' * 5000}!\nV1,2025/4/1,感謝,\n", encoding="utf-8"
    )
    config = tmp_path / "kpicli.toml"
    entry = "files = 'voices.csv', headers = { received_on = ['(a+)+$'] }"
    config.write_text(f"[exports]\nvoices = {{ {entry} }}\n", encoding="utf-8")
    summary = kpicli.summarize("2025-04", kpis=["voices"], config=config, today=TODAY)
    assert number(summary) == 1


def test_a_workbook_is_read_as_the_text_files_are(tmp_path: Path) -> None:
    """The plain workbook and the plain text have the same figure: the traps start from it."""
    (tmp_path / "voices.xlsx").write_bytes(book(VOICES))
    (tmp_path / "voices.csv").write_bytes(PLAIN.encode())
    assert number(run(tmp_path, "voices.xlsx")) == number(run(tmp_path)) == 2
