"""Where a narrative lies is a setting; what cannot be read is named."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.report.narrative.files import narrative_file, read_narrative
from kpicli.settings.settings import read_settings


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


def test_english_words_stand_beside_the_japanese(tmp_path: Path) -> None:
    """`2025H1.en.md` is read for an English report; where there is none, the Japanese one is."""
    config = tmp_path / "kpicli.toml"
    config.write_text("", encoding="utf-8")
    settings = read_settings(config)
    assert narrative_file(settings, "2025H1", "en") == tmp_path / "narrative/2025H1.md"
    english = tmp_path / "narrative/2025H1.en.md"
    english.parent.mkdir()
    english.write_text("# report\n", encoding="utf-8")
    assert narrative_file(settings, "2025H1", "en") == english
    assert narrative_file(settings, "2025H1", "ja") == tmp_path / "narrative/2025H1.md"
