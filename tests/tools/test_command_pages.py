"""The reference of commands is what the program says."""

import re
from pathlib import Path

import pytest

import faults_page
from command_pages import PAGES, main
from kpicli.base.wording import Language
from support.command_line import process
from support.root import ROOT


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the pages are written."""
    folder = tmp_path_factory.mktemp("docs")
    assert main([str(folder)]) == 0
    return folder


def test_options_are_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--help` is help, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    for script in (main, faults_page.main):
        with pytest.raises(SystemExit, match="0"):
            script(["--help"])
    assert list(tmp_path.iterdir()) == []


def words(text: str) -> str:
    """Return a text without blanks, by which help is folded."""
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("language", PAGES)
def test_the_pages_are_up_to_date(written: Path, language: Language) -> None:
    """The pages in docs/ are as they are written now (else: nox -s docs)."""
    name = PAGES[language]
    committed = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert committed == (written / name).read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("language", PAGES)
def test_a_page_says_what_help_says(language: Language) -> None:
    """A section has the purpose, options and commands of `--help`, word by word, in its order."""
    document = (ROOT / "docs" / PAGES[language]).read_text(encoding="utf-8")
    sections = dict(re.findall(r"^## (.+)\n([\s\S]*?)(?=^## |\Z)", document, re.MULTILINE))
    *commands, exits = sections
    assert len(commands) == 19
    for title in commands:
        told = process("--lang", language, *title.split()[1:], "--help").text
        usage, purpose, *blocks, codes = told.split("\n\n")
        listed = [block.partition("\n")[2] or block for block in blocks]  # without their titles
        assert bare(sections[title]) == bare("".join([purpose, *listed]))
        assert f"\n{usage.partition(': ')[2]}\n```" in sections[title]
        assert bare(sections[exits]) == words(codes.partition("\n")[2])


def bare(section: str) -> str:
    """Return the words of a section without its usage, heads and marks of tables, and links."""
    without = re.sub(r"```[\s\S]*?```|^\|.*\|\n\|---\|---\|$", "", section, flags=re.MULTILINE)
    return words(re.sub(r"\]\(#[\w-]+\)|[`|\\]|\[(?=`)", "", without))
