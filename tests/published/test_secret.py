import errno
import os
from pathlib import Path

import pytest

from kpicli.base.errors import OutputError, SettingsError
from kpicli.published.secret import Secret, find_secret, make_secret, secret_path
from kpicli.settings.settings import Settings, read_settings

KEY = Secret(bytes(range(32)))


def kept_by(file: Path, content: bytes, mode: int = 0o600) -> None:
    """Write a secret's file as its owner would."""
    file.parent.mkdir()
    file.write_bytes(content)
    file.chmod(mode)


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
    assert make_secret(settings) == made  # another run was the first
    assert secret_path(settings) == secret_file


def test_by_default_in_the_users_own_folder(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a setting it lies in the user's configuration folder."""
    monkeypatch.delenv("KPICLI_SECRET_FILE")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path))
    path = secret_path(settings)
    assert path is not None
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


@pytest.mark.parametrize(
    "content", [b"", b"abc", b"zz" * 32, b"\xff" * 64, b"00" * 31, b"00" * 32, b"0123" * 16]
)
def test_a_damaged_secret(settings: Settings, secret_file: Path, content: bytes) -> None:
    """What is no key, or one of zeros, is an error of the settings, and is not replaced."""
    kept_by(secret_file, content)
    with pytest.raises(SettingsError, match="is damaged"):
        find_secret(settings)
    assert secret_file.read_bytes() == content


@pytest.mark.parametrize("mode", [0o604, 0o640, 0o620, 0o602, 0o660, 0o666])
def test_a_secret_that_others_may_reach(settings: Settings, secret_file: Path, mode: int) -> None:
    """One that others may read or write is no secret: refused, and what to do is said."""
    kept_by(secret_file, KEY.key.hex().encode(), mode)
    with pytest.raises(SettingsError, match="its owner alone can read and write") as error:
        find_secret(settings)
    assert error.value.hint is not None
    assert f"chmod 600 {secret_file}" in error.value.hint.en
    secret_file.chmod(0o600)  # as the hint says
    assert find_secret(settings) == KEY


def test_what_is_no_regular_file(settings: Settings, secret_file: Path) -> None:
    """A folder, a pipe nobody writes to and an endless device are refused, and not waited for."""
    secret_file.parent.mkdir()
    secret_file.mkdir()
    refused = pytest.raises(SettingsError, match="is no regular file")
    with refused:
        find_secret(settings)
    secret_file.rmdir()
    os.mkfifo(secret_file, 0o600)
    with refused:
        find_secret(settings)
    for device in ("/dev/zero", "/dev/null"):
        secret_file.unlink()
        secret_file.symlink_to(device)
        with refused:
            find_secret(settings)


def test_a_full_disk_leaves_no_secret(
    settings: Settings, secret_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the file cannot be filled there is none, and the next run makes a whole one."""
    with monkeypatch.context() as full:
        full.setattr("kpicli.base.storage.os.fsync", full_disk)
        with pytest.raises(OutputError, match="no space left"):
            make_secret(settings)
    assert list(secret_file.parent.iterdir()) == []
    assert make_secret(settings) == find_secret(settings)


def full_disk(_: int) -> None:
    """Fail as writing does where no space is left."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.usefixtures("no_home")
def test_no_place_for_a_secret(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a home there is none to find, and what to do is said where one must be made."""
    monkeypatch.delenv("KPICLI_SECRET_FILE")
    assert find_secret(settings) is None
    with pytest.raises(OutputError, match="without HOME") as error:
        make_secret(settings)
    assert error.value.hint is not None
    assert "KPICLI_SECRET_FILE" in error.value.hint.en


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
