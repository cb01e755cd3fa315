"""Files are written whole or not at all, in the format that their name gives."""

import json
import os
import stat
from pathlib import Path

import pytest

from support.command_line import PROJECT, Run, shell
from support.voices_table import BOM, TABLE, VOICES


def test_an_existing_file_is_replaced(run_kpicli: Run, voices_project: Path) -> None:
    """A file keeps its permissions, a symbolic link stays one, and nothing else is left behind."""
    (voices_project / "old.csv").write_text("old", encoding="utf-8")
    (voices_project / "old.csv").chmod(0o640)
    (voices_project / "kpi.csv").symlink_to("old.csv")
    before = {path.name for path in voices_project.iterdir()}
    assert run_kpicli(PROJECT, *VOICES, "-o", "kpi.csv").code == 0
    assert (voices_project / "kpi.csv").is_symlink()
    assert (voices_project / "old.csv").read_bytes() == BOM + TABLE.encode()
    assert stat.S_IMODE((voices_project / "old.csv").stat().st_mode) == 0o640
    assert {path.name for path in voices_project.iterdir()} == before


def test_a_new_file_obeys_the_mask(run_kpicli: Run, tmp_path: Path) -> None:
    """A new file has the permissions that the umask leaves, not those of a temporary file."""
    before = os.umask(0o027)
    try:
        assert run_kpicli(PROJECT, *VOICES, "-o", "kpi.csv").code == 0
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "kpi.csv").stat().st_mode) == 0o640


def test_a_failure_keeps_the_file(voices_project: Path) -> None:
    """Where the write fails (a file may not grow), the old file stays as it was, alone."""
    (voices_project / "kpi.csv").write_text("old", encoding="utf-8")
    before = {path.name for path in voices_project.iterdir()}
    words = f"cd {voices_project}; ulimit -f 0; trap '' XFSZ; kpicli summarize -p 2025H1 -k voices"
    outcome = shell(f"{words} -o kpi.csv")
    assert outcome.code == 7
    assert outcome.err.startswith("エラー: kpi.csv に書けません")
    assert (voices_project / "kpi.csv").read_text(encoding="utf-8") == "old"
    assert {path.name for path in voices_project.iterdir()} == before


@pytest.mark.parametrize("name", ["/dev/stdout", "-"])
def test_stdout_by_name(name: str, run_kpicli: Run) -> None:
    """`-o -` and `-o /dev/stdout` are stdout: no mark, csv by default."""
    assert run_kpicli(PROJECT, *VOICES, "-o", name).text == TABLE


def test_streams_are_added_to(voices_project: Path) -> None:
    """/dev/fd/3 is an open stream: what was written to it before stays."""
    words = "exec 3>all.txt; echo first >&3; kpicli summarize -p 2025H1 -k voices -f json"
    assert shell(f"cd {voices_project}; {words} -o /dev/fd/3").code == 0
    first, rest = (voices_project / "all.txt").read_text(encoding="utf-8").split("\n", 1)
    assert first == "first"
    assert json.loads(rest)["schema_version"] == 1


def test_a_full_device(run_kpicli: Run) -> None:
    """A full disk behind -o exits 7 with a message."""
    outcome = run_kpicli(PROJECT, *VOICES, "-f", "csv", "-o", "/dev/full")
    assert outcome.code == 7
    assert "エラー: /dev/full に書けません(空き容量がありません)" in outcome.err


def test_suffixes(run_kpicli: Run, tmp_path: Path) -> None:
    """The suffix chooses the format, in any case of letters; --format is stronger."""
    for name in ("k.JSON", "k.tsv", "k.md", "k.txt"):
        assert run_kpicli(PROJECT, *VOICES, "-o", name).code == 0
    assert run_kpicli(PROJECT, *VOICES, "-o", "k.dat", "-f", "csv").code == 0
    read = {path.suffix: path.read_bytes() for path in tmp_path.glob("k.*")}
    assert json.loads(read[".JSON"])["period"]["name"] == "2025H1"
    assert read[".tsv"] == BOM + TABLE.replace(",", "\t").encode()
    assert b"|" in read[".md"]
    assert "お客様の声" in read[".txt"].decode()
    assert read[".dat"] == BOM + TABLE.encode()
