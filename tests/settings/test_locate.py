"""The settings that are in force: those that are named, else the nearest."""

from pathlib import Path

import pytest

from kpicli.settings.locate import find_settings, settings_in_force


def test_the_nearest_file_upwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the current folder up; a folder of that name is passed over."""
    inner = tmp_path / "a" / "b"
    (inner / "kpicli.toml").mkdir(parents=True)
    outer = tmp_path / "kpicli.toml"
    outer.touch()
    assert find_settings(inner) == outer
    nearer = tmp_path / "a" / "kpicli.toml"
    nearer.touch()
    monkeypatch.chdir(inner)
    assert settings_in_force(None) == nearer


def test_a_named_file_goes_before_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It need not be there: whoever reads it says so."""
    (tmp_path / "kpicli.toml").touch()
    monkeypatch.chdir(tmp_path)
    assert settings_in_force(Path("other.toml")) == Path("other.toml")
