from pathlib import Path

import pytest

from kpicli.base.errors import KpicliError, OutputError, SettingsError
from kpicli.published.secret import Secret, find_secret, make_secret, secret_path
from kpicli.settings.settings import Settings, read_settings

KEY = Secret(bytes(range(32)))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return settings in a folder of their own."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "kpicli.toml").write_text("", encoding="utf-8")
    return read_settings(folder / "kpicli.toml")


def test_made_once(settings: Settings, secret_file: Path) -> None:
    """There is none at first; one is made, found again, and never replaced."""
    assert find_secret(settings) is None
    made = make_secret(settings)
    assert find_secret(settings) == made
    with pytest.raises(OutputError, match="exists already"):
        make_secret(settings)
    assert secret_path(settings) == secret_file


def test_by_default_in_the_users_own_folder(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a setting it lies in the user's configuration folder."""
    monkeypatch.delenv("KPICLI_SECRET_FILE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    path = secret_path(settings)
    assert (path.name, path.parent.name) == ("secret", "kpicli")
    assert path.is_relative_to(tmp_path)


def test_a_setting_names_another_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`secret_file` is relative to the settings file, and must lie outside its folder."""
    monkeypatch.delenv("KPICLI_SECRET_FILE")
    folder = tmp_path / "project"
    folder.mkdir()
    file = folder / "kpicli.toml"
    file.write_text('secret_file = "../secret"', encoding="utf-8")
    assert make_secret(read_settings(file)).check
    assert (tmp_path / "secret").is_file()
    file.write_text('secret_file = "inside/secret"', encoding="utf-8")
    with pytest.raises(SettingsError, match="would lie in the folder"):
        secret_path(read_settings(file))


@pytest.mark.parametrize("content", [b"", b"abc", b"zz" * 32, b"\xff" * 64, b"00" * 31])
def test_a_damaged_secret(settings: Settings, secret_file: Path, content: bytes) -> None:
    """What is no key is an error of the settings, and is not replaced."""
    secret_file.parent.mkdir()
    secret_file.write_bytes(content)
    with pytest.raises(SettingsError, match="is damaged"):
        find_secret(settings)
    assert secret_file.read_bytes() == content


def test_a_folder_is_no_secret(settings: Settings, secret_file: Path) -> None:
    """A folder in its place can be read by nobody."""
    secret_file.mkdir(parents=True)
    with pytest.raises(KpicliError, match="cannot open"):
        find_secret(settings)


def test_digests_tell_apart() -> None:
    """Parts, purposes and blanks are told apart, and the key shows nowhere."""
    digests = [
        KEY.digest("row", ("a", "bc")),
        KEY.digest("row", ("ab", "c")),
        KEY.digest("row", ("abc",)),
        KEY.digest("who", ("abc",)),
        KEY.digest("row", (None,)),
        KEY.digest("row", ("",)),
        KEY.digest("row", ()),
        Secret(bytes(32)).digest("row", ("abc",)),
    ]
    assert len(set(digests)) == len(digests)
    assert KEY.digest("row", ("a", "bc")) == digests[0]
    assert (repr(KEY), len(KEY.check)) == ("Secret(...)", 16)
