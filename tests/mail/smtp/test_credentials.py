"""The password: from a file of its owner's, or a command, and from nowhere else."""

import sys
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.mail.settings import SmtpSettings
from kpicli.mail.smtp.credentials import password


def from_file(folder: Path, content: bytes, mode: int = 0o600) -> str | None:
    """Return the password of a file with that content and mode."""
    file = folder / "secret"
    file.write_bytes(content)
    file.chmod(mode)
    return password(SmtpSettings(user="u", password_file=Path("secret")), folder)


@pytest.mark.parametrize("content", [b"pa ss", b"pa ss\n", b"pa ss\r\nmore\n"])
def test_the_first_line_of_a_file(content: bytes, tmp_path: Path) -> None:
    """The first line is the password, without its line break."""
    assert from_file(tmp_path, content) == "pa ss"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620, 0o666])
def test_a_file_that_others_may_read(mode: int, tmp_path: Path) -> None:
    """A file open to anybody else is refused, with what to type, and is not shown."""
    with pytest.raises(SettingsError) as error:
        from_file(tmp_path, b"secret words\n", mode)
    assert error.value.hint is not None
    assert f"chmod 600 {tmp_path / 'secret'}" in error.value.hint.ja
    assert "secret words" not in error.value.message.ja


@pytest.mark.parametrize("content", [b"", b"\n", "合言葉\n".encode()])
def test_no_password(content: bytes, tmp_path: Path) -> None:
    """An empty first line and one that is not ASCII are refused."""
    with pytest.raises(SettingsError):
        from_file(tmp_path, content)


def test_no_file(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(SettingsError, match="nowhere"):
        password(SmtpSettings(user="u", password_file=Path("nowhere")), tmp_path)


def command(script: str) -> SmtpSettings:
    """Return settings with a password command."""
    return SmtpSettings(user="u", password_command=(sys.executable, "-c", script))


def test_a_command(tmp_path: Path) -> None:
    """The first line that a command prints is the password; no shell reads the command."""
    assert password(command("print('a $HOME b'); print('c')"), tmp_path) == "a $HOME b"


@pytest.mark.parametrize("script", ["import sys; print('x'); sys.exit(3)", "pass"])
def test_a_command_that_fails(script: str, tmp_path: Path) -> None:
    """A command that fails or says nothing is refused."""
    with pytest.raises(SettingsError):
        password(command(script), tmp_path)


def test_a_command_that_is_not_there(tmp_path: Path) -> None:
    """A command that cannot be run is told as such."""
    with pytest.raises(SettingsError):
        password(SmtpSettings(user="u", password_command=("no-such-program",)), tmp_path)


def test_none_is_needed(tmp_path: Path) -> None:
    """Without a user there is no password."""
    assert password(SmtpSettings(), tmp_path) is None
