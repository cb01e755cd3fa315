"""What cannot be read of a TOML file is said in words, with its line where it has one."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.catalog.validation.problems import InvalidSettings
from kpicli.settings.toml.reading import TomlFiles


def refused(folder: Path, content: bytes) -> SettingsError:
    """Return the error that a kpicli.toml of these bytes ends in."""
    file = folder / "kpicli.toml"
    file.write_bytes(content)
    with pytest.raises(SettingsError) as error:
        TomlFiles().tables(file)
    return error.value


def test_a_byte_order_mark_is_no_key(tmp_path: Path) -> None:
    """An editor of Windows may put one before the first key, whose position it does not move."""
    file, files = tmp_path / "k.toml", TomlFiles()
    file.write_bytes(b"\xef\xbb\xbfa = 1\r\n")
    assert files.tables(file) == {"a": 1}
    assert files.contents == {file: b"a = 1\r\n"}


@pytest.mark.parametrize(
    ("content", "ja", "en"),
    [
        (
            "a = 1\nb = '区分'\n".encode("cp932"),
            "(11 バイト目、2 行目)。Shift_JIS(メモ帳の「ANSI」)で保存されています",
            "is not UTF-8 (byte 11, line 2); it was saved as Shift_JIS (cp932, Notepad's “ANSI”)",
        ),
        (
            "a = 1".encode("utf-16"),
            "1 行目)。UTF-16(メモ帳の「Unicode」)で保存されています",
            "it was saved as UTF-16 (Notepad's “Unicode”)",
        ),
    ],
)
def test_another_encoding_is_named(content: bytes, ja: str, en: str, tmp_path: Path) -> None:
    """With what to do about it in the editor that most have."""
    error = refused(tmp_path, content)
    assert ja in error.message.ja
    assert en in error.message.en
    assert error.hint is not None
    assert "名前を付けて保存" in error.hint.ja


def test_damaged_bytes_are_of_no_encoding(tmp_path: Path) -> None:
    """UTF-8 with a byte cut out is not said to be Shift_JIS, though it could be read so."""
    damaged = "a = '区分'".encode().replace("分".encode(), "分".encode()[:2])
    assert "保存されています" not in refused(tmp_path, damaged).message.ja


@pytest.mark.parametrize("path", [r"C:\temp\new.csv", r"exports\next.csv", r"a\bad.csv"])
def test_a_backslash_that_became_a_tab(path: str, tmp_path: Path) -> None:
    """TOML makes a tab of it without a word: as the name of a file it is refused."""
    error = refused(tmp_path, f'[exports]\nvoices = {{ files = "{path}" }}\n'.encode())
    assert isinstance(error, InvalidSettings)
    assert [each.path for each in error.problems] == ["exports.voices.files"]
    assert "タブや改行" in error.problems[0].text.ja


def test_other_contents_are_tried(tmp_path: Path) -> None:
    """A correction is read in place of what the file holds."""
    file = tmp_path / "k.toml"
    file.write_bytes(b"a = 1")
    assert TomlFiles({file: b"a = 2"}).tables(file) == {"a": 2}
    assert TomlFiles({}).tables(file) == {"a": 1}
