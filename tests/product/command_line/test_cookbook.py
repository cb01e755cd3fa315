"""The cookbook: every section is run with its own export, and every built-in pack stands in it."""

import re
import tomllib
from pathlib import Path

import pytest

from kpicli.catalog.read import SEED, pack_names, pack_text
from support.command_line import process
from support.root import ROOT

TEXT = (ROOT / "docs" / "cookbook.md").read_text(encoding="utf-8")
FURTHER = re.findall(r"^## (Figures made .*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)
SECTIONS = re.findall(r"^## (\d+\..*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL)


def blocks(section: str, language: str) -> list[str]:
    """Return the contents of the fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def shown(text: str) -> list[str]:
    """Return the lines without their alignment."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize(
    "section", [*SECTIONS, *FURTHER], ids=lambda section: section.split(".")[0]
)
def test_a_section_shows_the_real_output(section: str, tmp_path: Path) -> None:
    """Its exports, in order the files that its settings name, give the lines shown, in order."""
    (settings,), (expected,) = blocks(section, "toml"), blocks(section, "text")
    (tmp_path / "kpicli.toml").write_text(settings, encoding="utf-8")
    files = re.findall(r'"(\S+\.csv)"', settings)
    for name, content in zip(files, blocks(section, "csv"), strict=True):
        (tmp_path / name).write_text(content, encoding="utf-8")
    done = process("summarize", "--period", "2025H1", "--format", "text", folder=tmp_path)
    assert (done.code, done.err) == (0, "")
    lines = iter(shown(done.text.partition("[行の内訳")[0]))
    assert [line for line in shown(expected) if line not in lines] == []
    assert not [line for line in shown(done.text) if "要確認" in line or "一部" in line]


def test_every_pack_and_kpi_is_in_the_cookbook() -> None:
    """25 families; every pack, and no KPI that does not exist; each test named is there."""
    rows = [line.split(" | ") for line in TEXT.splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) == len(SECTIONS) == 25
    packs = {row[4].strip("`") for row in rows}
    assert packs == set(pack_names()) - {SEED}
    for row in rows:
        known = tomllib.loads(pack_text(row[4].strip("`")))["kpi"]
        named = re.findall(r"`(\w+)`", row[3])
        assert [kpi for kpi in named if kpi not in known] == []
        assert (ROOT / "tests" / "product" / "packs" / row[5].strip(" |`")).is_file()
