"""Which exports there are."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError, UnknownName
from kpicli.settings.exported import STARTER, exported_sources, require_exports
from kpicli.settings.settings import read_settings


def test_sources(tmp_path: Path) -> None:
    """The named sources in the order named, each once; all where none is named."""
    file = tmp_path / "kpicli.toml"
    file.write_text("[exports]\nvoices = 'a.csv'\nstaff = 'b.csv'\n", encoding="utf-8")
    settings = read_settings(file)
    assert exported_sources(settings, ["staff", "voices", "staff"]) == ("staff", "voices")
    assert exported_sources(settings, []) == ("voices", "staff")
    with pytest.raises(UnknownName, match=r"^\[exports\] has no source 'voice'") as caught:
        exported_sources(settings, ["staff", "voice"])
    assert caught.value.hint is not None
    assert caught.value.hint.en == "did you mean 'voices'?"


def test_without_exports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no export is named nothing can be counted; the advice is a settings file that works."""
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SettingsError, match=r"^there is no kpicli\.toml in this folder"):
        require_exports(read_settings(None))
    file = tmp_path / "kpicli.toml"
    file.write_text("reach_back_months = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"kpicli\.toml has no \[exports\]") as caught:
        exported_sources(read_settings(file), [])
    assert caught.value.hint is not None
    assert caught.value.hint.en.endswith(STARTER)
    assert "kpicli init ." not in caught.value.hint.en  # it writes over no settings
    file.write_text(STARTER, encoding="utf-8")
    require_exports(read_settings(file))
