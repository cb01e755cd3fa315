"""The real kind of a file, by its bytes, and the checks on a zip before anyone unpacks it."""

import zipfile
from io import BytesIO
from pathlib import PurePosixPath
from typing import Final, Literal

from kpicli.base.errors import InputError
from kpicli.base.wording import Text
from kpicli.loaders.files.content import Content, read_all
from kpicli.loaders.files.unpacking import METHODS, is_abnormal

Kind = Literal["text", "workbook", "parquet"]

UNPACKED: Final = 1 << 30
"""The most bytes a workbook may unpack to (1 GiB): beyond any sheet that people work with."""

_HEAD = 4096
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE2 = bytes.fromhex("d0cf11e0a1b11ae1")
_PARQUET, _PARQUET_ENCRYPTED = b"PAR1", b"PARE"
_PARQUET_NAME = ".parquet"
_WORKBOOK_NAMES = (".xlsx", ".xlsm", ".xltx", ".xltm")
_SPREADSHEET_NAMES = (*_WORKBOOK_NAMES, ".xls", ".xlsb")
_TEXT_NAMES = (".csv", ".tsv", ".txt")
_MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_HTML = ("<!doctype html", "<html", "<head", "<meta", "<body", "<table", "<style", "mime-version:")
_SAVE_AS_XLSX = Text(
    "Excel で開き、「Excel ブック (*.xlsx)」として保存し直してください",
    "open it in Excel and save it as an Excel workbook (*.xlsx)",
)
_EXPORT_AGAIN = Text(
    "CRM からもう一度、CSV か xlsx で出力してください", "export it again as CSV or xlsx"
)


def leading_bytes(content: Content) -> bytes:
    """Return as much of a file as `kind_of` needs: its first bytes, or all of an archive."""
    start = content.read(0, _HEAD)
    return read_all(content) if start.startswith((*_ZIP, _OLE2)) else start


def kind_of(content: bytes, name: str) -> Kind:
    """Return what the bytes are, a workbook (xlsx, xlsm), Parquet or text, whatever the name says.

    `name` is the path as the user knows it. Raises `InputError`, saying what the file really is and
    what to do, for an encrypted or legacy workbook, for HTML, PDF and other archives, for text
    that is named like a workbook or Parquet, and for these where they are named like text.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if content.startswith(_ZIP):
        return _kind_of_zip(content, name, suffix)
    if content.startswith(_OLE2):
        raise _legacy(content, name)
    if content.startswith((_PARQUET, _PARQUET_ENCRYPTED)) and _is_parquet(content, suffix):
        return _kind_of_parquet(content, name, suffix)
    _refuse_other_formats(content, name)
    if suffix in _SPREADSHEET_NAMES:
        raise _text_named_workbook(content, name)
    if suffix == _PARQUET_NAME:
        raise _text_named_parquet(content, name)
    return "text"


def open_workbook(content: bytes, name: str) -> zipfile.ZipFile:
    """Return the workbook's zip, ready to read; its declared sizes are within bounds.

    Raises `InputError` for a broken or encrypted zip and for one that would unpack beyond
    `UNPACKED` bytes or to what is no data. (`zipfile` never unpacks more than the declared size.)
    """
    archive = _open_zip(content, name)
    members = archive.infolist()
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED or is_abnormal(len(members), unpacked, len(content)):
        size = f"{len(content):,} → {unpacked:,} bytes"
        raise InputError(
            Text(
                f"{name}: 展開すると異常に大きくなるため、開きません({size})",
                f"{name}: refused, since it unpacks to an abnormal size ({size})",
            ),
            Text(
                "出所を確かめ、必要な行と列だけを新しいブックに値で貼り付けてください",
                "check where it comes from, and paste the rows and columns needed into a new book",
            ),
        )
    return archive


UNKNOWN_METHOD = Text(
    "Excel の知らない方法で圧縮されています", "it is compressed in a way unknown to Excel"
)
DAMAGED_ZIP = Text("圧縮された内容が壊れています", "its compressed content is damaged")


def damaged(name: str, reason: Text) -> InputError:
    """Return the error for a workbook whose parts are broken, missing or contradictory."""
    return InputError(
        Text(
            f"{name}: ブックが壊れています({reason.ja})",
            f"{name}: the workbook is damaged ({reason.en})",
        ),
        Text(
            "もう一度出力するか、Excel で開いて修復し、保存し直してください",
            "export it again, or open it in Excel, let it repair the file, and save it",
        ),
    )


class _Parts(zipfile.ZipFile):
    """A zip whose parts are found whatever their case, and with backslashes for slashes.

    Excel reads such workbooks, which programs write.
    """

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        """Return the part of this very name, else one of the same key; raises `KeyError`."""
        try:
            return super().getinfo(name)
        except KeyError:
            keys = {_part_key(info.filename): info for info in self.infolist()}
            if _part_key(name) not in keys:
                raise
            return keys[_part_key(name)]


def _part_key(name: str) -> str:
    return name.replace("\\", "/").lower()


def _open_zip(content: bytes, name: str) -> zipfile.ZipFile:
    try:
        archive = _Parts(BytesIO(content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError):
        raise damaged(name, DAMAGED_ZIP) from None
    names = archive.namelist()
    if len(set(names)) < len(names):
        raise damaged(name, Text("同じ名前の部分が二つあります", "two parts of the same name"))
    if any(member.compress_type not in METHODS for member in archive.infolist()):
        raise damaged(name, UNKNOWN_METHOD)
    if any(member.flag_bits & 1 for member in archive.infolist()):
        raise _encrypted(name)
    return archive


def _kind_of_zip(content: bytes, name: str, suffix: str) -> Kind:
    parts = [_part_key(part) for part in _open_zip(content, name).namelist()]
    if not any(part.startswith("xl/workbook") and part.endswith(".xml") for part in parts):
        raise _other_zip(parts, name)
    if suffix in (*_TEXT_NAMES, ".xls", ".xlsb", _PARQUET_NAME):
        raise _misnamed(name, Text("Excel ブック (xlsx)", "an Excel workbook (xlsx)"), ".xlsx")
    return "workbook"


def _misnamed(name: str, really: Text, suffix: str) -> InputError:
    """Return the error for a file whose name ends otherwise than what it is."""
    own = PurePosixPath(name).suffix.lower()
    return InputError(
        Text(
            f"{name}: 中身は {really.ja} ですが、名前が {own} です",
            f"{name}: the content is {really.en}, but the name ends in {own}",
        ),
        Text(f"名前の末尾を {suffix} に直してください", f"rename it to {suffix}"),
    )


def _is_parquet(content: bytes, suffix: str) -> bool:
    """Return whether these are no letters of a text: its numbers have bytes of zero."""
    return suffix == _PARQUET_NAME or b"\0" in content[:_HEAD]


def _kind_of_parquet(content: bytes, name: str, suffix: str) -> Kind:
    if content.startswith(_PARQUET_ENCRYPTED):
        raise InputError(
            Text(f"{name}: 暗号化された Parquet です", f"{name}: the Parquet file is encrypted"),
            Text("暗号化しないで出力してください", "export it without encryption"),
        )
    if suffix in (*_TEXT_NAMES, *_SPREADSHEET_NAMES):
        raise _misnamed(name, Text("Parquet", "Parquet"), _PARQUET_NAME)
    return "parquet"


def _other_zip(parts: list[str], name: str) -> InputError:
    if "xl/workbook.bin" in parts:
        return _is(name, "Excel バイナリ ブック (xlsb)", "a binary workbook (xlsb)", _SAVE_AS_XLSX)
    if "mimetype" in parts and "content.xml" in parts:
        return _is(name, "OpenDocument (ods など)", "an OpenDocument file", _SAVE_AS_XLSX)
    if any(part.startswith(("word/", "ppt/")) for part in parts):
        return _is(name, "Word か PowerPoint の文書", "a document, not a workbook", _EXPORT_AGAIN)
    unpack = Text(
        "名前の末尾を .zip にするか、展開して中のファイルを指定してください",
        "let its name end in .zip, or unpack it and name the file inside",
    )
    return _is(name, "zip 書庫", "a zip archive", unpack)


def _legacy(content: bytes, name: str) -> InputError:
    if "EncryptedPackage".encode("utf-16-le") in content:
        return _encrypted(name)
    return _is(name, "古い形式のブック (xls など)", "a file of the old xls kind", _SAVE_AS_XLSX)


def _encrypted(name: str) -> InputError:
    return InputError(
        Text(f"{name}: パスワードで暗号化されています", f"{name}: it is encrypted with a password"),
        Text(
            "Excel で開き、読み取りパスワードを外して別名で保存してください",
            "open it in Excel, remove the password to open, and save it under another name",
        ),
    )


def _refuse_other_formats(content: bytes, name: str) -> None:
    start = _beginning(content)
    if content.startswith(b"%PDF"):
        raise _is(name, "PDF", "a PDF", _EXPORT_AGAIN)
    if content.startswith(b"\x1f\x8b"):
        unpack = Text("展開してから指定してください", "unpack it first")
        raise _is(name, "gzip で圧縮されたファイル", "compressed with gzip", unpack)
    if start.startswith(_HTML):
        raise _is(name, "HTML (Web ページ)", "HTML (a web page)", _SAVE_AS_XLSX)
    if start.startswith("<?xml") and (
        "urn:schemas-microsoft-com:office:spreadsheet" in start or "<html" in start
    ):
        raise _is(name, "XML スプレッドシート", "an XML spreadsheet", _SAVE_AS_XLSX)


def _beginning(content: bytes) -> str:
    """Return the first characters in lower case, good enough to tell markup by."""
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content[len(mark) : _HEAD].decode(encoding, "ignore").lstrip().lower()
    return content[:_HEAD].decode("ascii", "ignore").lstrip().lower()


def _text_named_workbook(content: bytes, name: str) -> InputError:
    if not content:
        return _is(name, "空 (0 バイト)", "empty (0 bytes)", _EXPORT_AGAIN)
    hint = Text(
        "CSV かタブ区切りなら、名前の末尾を .csv か .tsv に直してください",
        "if it holds comma or tab separated values, rename it to .csv or .tsv",
    )
    return _is(name, "Excel ブックではなくテキスト", "text, not an Excel workbook", hint)


def _text_named_parquet(content: bytes, name: str) -> InputError:
    if not content:
        return _is(name, "空 (0 バイト)", "empty (0 bytes)", _EXPORT_AGAIN)
    hint = Text(
        "CSV なら、名前の末尾を .csv に直してください。Parquet なら、もう一度出力してください",
        "if it is CSV, rename it to .csv; if it was meant to be Parquet, export it again",
    )
    return InputError(
        Text(f"{name}: 中身は Parquet ではありません", f"{name}: this is no Parquet file"), hint
    )


def _is(name: str, ja: str, en: str, hint: Text) -> InputError:
    return InputError(Text(f"{name}: 中身は{ja}です", f"{name}: this is {en}"), hint)
