"""The shape of a narrative, and what is said where it is another."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.report.narrative.parse import narrative_file, parse_narrative, read_narrative
from kpicli.settings.settings import read_settings

FILE = Path("narrative/2025H1.md")
WHOLE = """\
# 報告

はじめに。

## 原則1 方針

### 取り組み課題
課題
### 数値・事実
数値
### 評価
評価
### 今後の取り組み
次

## 原則2: 利益

### 評価
- 良い

```
## 原則9 コードの中
```
"""


def test_every_text_finds_its_place() -> None:
    """Title, introduction, principles and passages are read, each with its first line."""
    narrative = parse_narrative(WHOLE, FILE)
    assert narrative.title.text == "報告"
    assert (narrative.introduction.text.strip(), narrative.introduction.line) == ("はじめに。", 2)
    first, second = narrative.sections
    assert (first.principle, first.title.text, first.title.line) == ("1", "方針", 5)
    assert {n: (p.text.strip(), p.line) for n, p in first.passages.items()} == {
        "planned": ("課題", 8),
        "facts": ("数値", 10),
        "assessment": ("評価", 12),
        "next_steps": ("次", 14),
    }
    assert (second.principle, second.title.text) == ("2", "利益")
    assert "## 原則9" in second.passages["assessment"].text, "a heading in code is none"


def test_line_ends_and_wide_digits() -> None:
    """CRLF, a byte-order mark's text and 原則２ in full width mean the same."""
    narrative = parse_narrative("# 報告\r\n\r\n## 原則２ 利益\r\n\r\n### 評価\r\n良い\r\n", FILE)
    section = narrative.sections[0]
    assert (section.principle, section.title.text) == ("2", "利益")
    assert section.passages["assessment"].text.strip() == "良い"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "narrative/2025H1.md:1: begin with a title: # ..."),
        ("前書き\n\n# 報告\n", "narrative/2025H1.md:1: begin with a title: # ..."),
        ("# 報告\n\n# また\n", "narrative/2025H1.md:3: there is one title (#) only"),
        ("# 報告\n\n### 評価\n", "narrative/2025H1.md:3: it stands before any '## 原則...'"),
        ("# 報告\n\n## はじめに\n", "narrative/2025H1.md:3: write it as '## 原則1 title'"),
        ("# a\n\n## 原則1 x\n\n## 原則1 y\n", "narrative/2025H1.md:5: principle 1 is there twice"),
        ("# a\n\n## 原則1 x\n\n文\n", "narrative/2025H1.md:4: write it under '### ...'"),
        (
            "# a\n\n## 原則1 x\n\n### 評か\n",
            "narrative/2025H1.md:5: there is no sub-heading '評か'; did you mean '評価'?",
        ),
        (
            "# a\n\n## 原則1 x\n\n### 評価\n\n### 評価\n",
            "narrative/2025H1.md:7: '評価' is there twice",
        ),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(text: str, said: str) -> None:
    """Every heading out of place is refused, with file and line; the exit code is 3."""
    with pytest.raises(SettingsError) as error:
        parse_narrative(text, FILE)
    assert said in error.value.message.en
    assert error.value.exit_code == 3


def test_all_that_is_wrong_is_said_at_once() -> None:
    """One run names every line to correct."""
    with pytest.raises(SettingsError) as error:
        parse_narrative("# a\n\n## x\n\n### y\n", FILE)
    assert error.value.message.en.count("narrative/2025H1.md:") == 2


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    """A missing narrative is named with what to do; bytes that are not UTF-8 with their place."""
    with pytest.raises(SettingsError) as error:
        read_narrative(tmp_path / "2025H1.md")
    assert "2025H1.md" in error.value.message.ja
    assert error.value.hint is not None
    assert "[report]" in error.value.hint.en
    (tmp_path / "2025H1.md").write_bytes("# 報告".encode("cp932"))
    with pytest.raises(SettingsError, match="is not UTF-8"):
        read_narrative(tmp_path / "2025H1.md")


def test_the_place_of_the_narrative_is_a_setting(tmp_path: Path) -> None:
    """By default it is narrative/{period}.md beside kpicli.toml."""
    config = tmp_path / "kpicli.toml"
    config.write_text("", encoding="utf-8")
    found = narrative_file(read_settings(config), "2025H1")
    assert found == tmp_path / "narrative/2025H1.md"
    config.write_text('[report]\nnarrative = "words/fd-{period}.md"\n', encoding="utf-8")
    found = narrative_file(read_settings(config), "2025H1")
    assert found == tmp_path / "words/fd-2025H1.md"
