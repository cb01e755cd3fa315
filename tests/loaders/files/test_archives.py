"""Zips as folders of exports: names, patterns, and what is refused."""

import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.files import unpacking
from kpicli.loaders.files.content import HeldContent, read_all
from kpicli.loaders.files.find_files import find_files
from support.export_files import label, make, refused
from support.zips import encrypted, zipped

NAMES = ("表_4月.csv", "2025/ソ連.CSV", "a.xlsx")


def write(folder: Path, content: bytes, name: str = "月次.zip") -> None:
    """Write a zip into the folder."""
    (folder / name).write_bytes(content)


def held(*names: str) -> Mapping[str, bytes]:
    """Return members whose content is their name."""
    return {name: name.encode() for name in names}


@pytest.mark.parametrize("encoding", [None, "cp932", "utf-8"])
def test_names_are_read_as_they_were_written(tmp_path: Path, encoding: str | None) -> None:
    """Names in cp932, whose second byte may be a backslash, and in UTF-8, marked so or not."""
    write(tmp_path, zipped(held(*NAMES), encoding))
    files = find_files(["月次.zip"], tmp_path, "voices").files
    assert [file.label for file in files] == [f"月次.zip/{name}" for name in sorted(NAMES)]
    assert [read_all(file.content).decode() for file in files] == sorted(NAMES)


def test_names_of_a_mac_and_of_winrar(tmp_path: Path) -> None:
    """A name in NFD is one in NFC, and the field 0x7075 counts where it is of this very name."""
    write(tmp_path, zipped(held("カ\u3099イト\u3099.csv")))
    assert label(find_files(["月次.zip/ガイド.csv"], tmp_path, "voices")) == ["月次.zip/ガイド.csv"]
    for name, shown in (("x.csv", "声.csv"), ("y.csv", "y.csv")):
        field = b"\1" + struct.pack("<L", zlib.crc32(b"x.csv")) + "声.csv".encode()
        extra = struct.pack("<HH", 0x7075, len(field)) + field
        write(tmp_path, zipped(held(name), "cp932", extra=extra))
        assert label(find_files(["月次.zip"], tmp_path, "voices")) == [f"月次.zip/{shown}"]


def test_backslashes_part_folders(tmp_path: Path) -> None:
    r"""Programs write `フォルダー\声.csv` too: a backslash that is no half of a letter."""
    write(tmp_path, zipped(held("表\\声.csv"), "cp932"))
    assert label(find_files(["月次.zip/表/*.csv"], tmp_path, "voices")) == ["月次.zip/表/声.csv"]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("", ["2025/04/声.csv", "声_4月.csv", "声_5月.CSV", "明細.xlsx"]),
        ("/声_*.csv", ["声_4月.csv", "声_5月.CSV"]),
        ("/**/声*.csv", ["2025/04/声.csv", "声_4月.csv", "声_5月.CSV"]),
        ("/2025/*/声.csv", ["2025/04/声.csv"]),
        ("/*/声.csv", None),
        ("/__MACOSX/._声_4月.csv", ["__MACOSX/._声_4月.csv"]),
        ("/**", ["2025/04/声.csv", "メモ.pdf", "声_4月.csv", "声_5月.CSV", "明細.xlsx"]),
    ],
)
def test_a_zip_is_a_folder(tmp_path: Path, pattern: str, expected: list[str] | None) -> None:
    """Patterns fit names in a zip as on a disk, what a Mac or Excel leaves behind aside."""
    names = ("声_4月.csv", "声_5月.CSV", "2025/04/声.csv", "明細.xlsx", "メモ.pdf")
    write(tmp_path, zipped(held(*names, "__MACOSX/._声_4月.csv", ".DS_Store", "~$明細.xlsx")))
    if expected is None:
        error = refused(f"月次.zip{pattern}", tmp_path)
        assert error.message.ja == "月次.zip の中に */声.csv がありません"
        assert error.hint is not None
        assert "声_4月.csv" in error.hint.ja
        return
    found = find_files([f"月次.zip{pattern}"], tmp_path, "voices")
    assert label(found) == [f"月次.zip/{name}" for name in expected]
    told = [(f.kind.code, f.place.file, f.detail) for f in found.findings]
    assert told == ([] if pattern else [("D331", "月次.zip", "メモ.pdf")])


def test_several_zips_and_a_folder_of_that_name(tmp_path: Path) -> None:
    """Wild parts name zips as well, some may lack a file, and a folder may have such a name."""
    write(tmp_path, zipped(held("a.csv")), "1.zip")
    write(tmp_path, zipped(held("b.csv")), "2.ZIP")
    make(tmp_path, "箱.zip/c.csv", "d.csv")
    assert label(find_files(["*.zip"], tmp_path, "voices")) == ["1.zip/a.csv", "2.ZIP/b.csv"]
    assert label(find_files(["*.zip/b*"], tmp_path, "voices")) == ["2.ZIP/b.csv"]
    assert refused("*.zip/e.csv", tmp_path).message.en == "1.zip holds no e.csv"
    write(tmp_path, zipped(held("f.pdf")), "3.zip")
    assert refused("*.zip", tmp_path).message.en == "3.zip holds no CSV, xlsx or Parquet"
    assert label(find_files(["箱.zip/*.csv"], tmp_path, "voices")) == ["箱.zip/c.csv"]


def test_periods_in_names(tmp_path: Path) -> None:
    """`{covers}` stands in the name of a member, or in that of the zip for all its members."""
    write(tmp_path, zipped(held("声_2025年4月.csv", "声_2025年5月.csv")), "声_2025Q1.zip")
    files = find_files(["声_{covers}.zip"], tmp_path, "voices").files
    assert [file.covers for file in files] == ["2025Q1", "2025Q1"]
    files = find_files(["声_*.zip/声_{covers}.csv"], tmp_path, "voices").files
    assert [file.covers for file in files] == ["2025年4月", "2025年5月"]


def test_the_same_content_twice(tmp_path: Path) -> None:
    """A file that lies beside the zip as well is read once, and told."""
    make(tmp_path, "a.csv")
    write(tmp_path, zipped(held("a.csv")))
    found = find_files(["a.csv", "月次.zip", "月次.zip/a.csv"], tmp_path, "voices")
    assert label(found) == ["a.csv"]
    told = [(f.kind.code, f.place.file, f.other and f.other.file) for f in found.findings]
    assert told == [("D310", "月次.zip/a.csv", "a.csv")] * 2


def test_what_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords, other methods, names twice, bombs, damage: each says what it is and what helps."""

    def told(content: bytes, pattern: str = "月次.zip") -> str:
        write(tmp_path, content)
        return refused(pattern, tmp_path).message.en

    plain = zipped(held("a.csv", "b.txt"))
    assert told(encrypted(plain)) == "月次.zip: the zip is encrypted with a password"
    assert "unknown to Windows" in told(zipped(held("a.csv"), method=zipfile.ZIP_BZIP2))
    assert told(b"PK\x03\x04 no zip") == "月次.zip: the zip is damaged (its content is broken)"
    assert told(plain[:-30]) == "月次.zip: the zip is damaged (its content is broken)"
    assert told(zipped(held("b.txt"))) == "月次.zip holds no CSV, xlsx or Parquet"
    twice = zipped(held("表\\a.csv", "表/a.csv"))
    assert told(twice) == "月次.zip: the zip is damaged (two files of one name)"
    monkeypatch.setattr(unpacking, "RATIO_FROM", 1 << 20)
    bomb = zipped({"a.csv": b"0" * (2 << 20)})
    assert "abnormal size" in told(bomb)
    assert told(zipped({"a.csv": b"1", "b.txt": b"0" * (2 << 20)}), "月次.zip/b.txt")
    monkeypatch.setattr(unpacking, "MEMBERS", 1)
    assert "abnormal size" in told(plain)


def test_only_what_is_read_has_to_be_readable(tmp_path: Path) -> None:
    """A bomb, or a member under a password, beside the one that is named does no harm."""
    content = zipped(held("a.csv"))
    both = zipped({"a.csv": b"a.csv", "b.bin": b"0" * (80 << 20)})
    write(tmp_path, both)
    assert label(find_files(["月次.zip/a.csv"], tmp_path, "voices")) == ["月次.zip/a.csv"]
    assert "abnormal size" in refused("月次.zip/b.bin", tmp_path).message.en
    assert HeldContent(content).size < len(both)


def test_damage_is_told_when_it_is_read(tmp_path: Path) -> None:
    """Content that does not agree with its checksum, or ends early, is never read as data."""
    content = bytearray(zipped({"a.csv": b"abc" * 1000}, method=zipfile.ZIP_STORED))
    content[content.find(b"abcabc") + 7] ^= 1
    write(tmp_path, bytes(content))
    (file,) = find_files(["月次.zip"], tmp_path, "voices").files
    with pytest.raises(InputError) as caught:
        _ = file.content.sha256
    assert caught.value.message.en.startswith("月次.zip/a.csv: the zip is damaged")
