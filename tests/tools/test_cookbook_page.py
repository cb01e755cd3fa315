"""The Japanese cookbook has the examples of the English one."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from cookbook_page import main, page
from support.root import ROOT

DOCS = ROOT / "docs"
ENGLISH = (DOCS / "cookbook.md").read_text(encoding="utf-8")
JAPANESE = (DOCS / "ja" / "cookbook.md").read_text(encoding="utf-8")
WORDS = tomllib.loads((DOCS / "ja" / "cookbook.toml").read_text(encoding="utf-8"))


def test_the_page_is_up_to_date(tmp_path: Path) -> None:
    """The page in docs/ is as it is written now (else: nox -s docs)."""
    (tmp_path / "ja").mkdir()
    shutil.copy(DOCS / "cookbook.md", tmp_path)
    shutil.copy(DOCS / "ja" / "cookbook.toml", tmp_path / "ja")
    assert main([str(tmp_path)]) == 0
    assert (tmp_path / "ja" / "cookbook.md").read_text(encoding="utf-8") == JAPANESE


def test_it_has_every_example() -> None:
    """All blocks that the tests run, in their order, and a row for each of the 25 families."""
    blocks = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
    assert blocks.findall(JAPANESE) == blocks.findall(ENGLISH)
    assert len(re.findall(r"^\| \d+ \|", JAPANESE, re.MULTILINE)) == 25


def test_no_words_are_left_over() -> None:
    """Each entry is of a section that there is, and has a title, a definition and words."""
    numbers = [name for name in WORDS if name.isdigit()]
    assert numbers == re.findall(r"^## (\d+)\.", ENGLISH, re.MULTILINE)
    assert all(WORDS[n]["definition"] and WORDS[n]["text"].strip() for n in numbers)
    assert [name for name in WORDS["further"] if f"\n## {name}\n" not in ENGLISH] == []


def test_a_section_without_japanese_words_is_refused() -> None:
    """A new family cannot be forgotten."""
    with pytest.raises(KeyError, match="26"):
        page(f"{ENGLISH}\n## 26. New\n\n```toml\n```\n", WORDS)
