"""Rows of another width than the header, and files of empty lines."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from kpicli.loaders.text.row_width import RowWidth, is_empty_line
from support.small_project import HEADERS

WIDTH = RowWidth(("受付番号", "受付日", "内容", ""), (0,))


@pytest.mark.parametrize(
    ("cells", "fitted", "short"),
    [
        (["V1", "a", "b", "c"], ["V1", "a", "b", "c"], False),
        (["V1", "a", "b"], ["V1", "a", "b", ""], False),
        (["V1", "a"], ["V1", "a", "", ""], True),
        ([], ["", "", "", ""], False),
        (["V1", "a", "b", "c", " "], ["V1", "a", "b", "c"], False),
        (["V1", "a", "b", "c", "d"], None, False),
        (["合計", "", "", "", "5"], ["合計", "", "", ""], False),
    ],
)
def test_width(cells: list[str], fitted: list[str] | None, short: bool) -> None:
    """Blanks are filled in or cut off; what is more than that has no column."""
    assert WIDTH.fitted(cells) == fitted
    assert WIDTH.is_short(cells) == short


def test_empty_lines() -> None:
    """A line of blank cells is one of a table."""
    assert is_empty_line([])
    assert is_empty_line([" "])
    assert not is_empty_line(["", ""])


def limit() -> None:
    """Permit a process 4 GiB of addresses and 30 seconds of processor time."""
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
    resource.setrlimit(resource.RLIMIT_CPU, (30, 30))


def summarized(content: bytes, folder: Path) -> subprocess.CompletedProcess[str]:
    """Return what comes of voices of some bytes under the limit."""
    (folder / "v.csv").write_bytes(content)
    settings = '[exports]\nvoices = { files = "v.csv", covers = "2025-04..2025-09" }\n'
    (folder / "kpicli.toml").write_text(settings)
    return subprocess.run(
        [sys.executable, "-m", "kpicli", "summarize", "--period", "2025H1", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        preexec_fn=limit,
    )


@pytest.mark.parametrize("flood", [b"\n", b"\r"])
def test_a_flood_of_empty_lines_ends_soon(flood: bytes, tmp_path: Path) -> None:
    """Tens of megabytes of them end with a message, within a gigabyte and some seconds."""
    header = HEADERS["voices"].encode() + (b"\r" if flood == b"\r" else b"\n")
    done = summarized(header + flood * (20_000_000 // len(flood)), tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (4, False)
    assert "空の行が異常に多い" in done.stderr


def test_a_flood_of_quotes_ends_soon(tmp_path: Path) -> None:
    """Each pair of lines is a cell that holds a line break: as good as an empty line."""
    done = summarized(HEADERS["voices"].encode() + b"\n" + b'"\n' * 6_000_000, tmp_path)
    assert (done.returncode, "空の行が異常に多い" in done.stderr) == (4, True)
