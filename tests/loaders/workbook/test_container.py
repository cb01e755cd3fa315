import re
import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from kpicli.base import faults
from kpicli.base.errors import InputError
from kpicli.loaders.files import unpacking
from kpicli.loaders.workbook import container
from kpicli.loaders.workbook.container import kind_of, open_workbook

OLE2 = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)


def zipped(**parts: bytes) -> bytes:
    """Return a zip; `__` in a name stands for a slash and `_` for a dot."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return stream.getvalue()


def workbook() -> bytes:
    """Return an empty workbook."""
    stream = BytesIO()
    openpyxl.Workbook().save(stream)
    return stream.getvalue()


def refused(content: bytes, name: str) -> InputError:
    """Return the error that tells what the content is; it names the file and says what to do."""
    with pytest.raises(InputError) as caught:
        kind_of(content, name)
    assert caught.value.message.ja.startswith(name)
    assert caught.value.hint is not None
    return caught.value


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLSM", "台帳"])
def test_workbook_is_known_by_its_content(name: str) -> None:
    """A zip that holds a workbook is one, under any name that does not say otherwise."""
    assert kind_of(workbook(), name) == "workbook"


def test_parquet_is_known_by_its_content() -> None:
    """It is one under any name that does not say otherwise, and a text with its letters is none."""
    for name in ("a.parquet", "a.PARQUET", "台帳"):
        assert kind_of(b"PAR1\x15\0\x15", name) == "parquet"
    assert kind_of(b"PAR1,PAR2\n1,2\n", "a.csv") == "text"


@pytest.mark.parametrize(
    "content",
    [
        "受付番号,受付日\r\nV1,2025/4/1\r\n".encode("cp932"),
        "\ufeff受付番号\t受付日\n".encode(),
        "受付番号,受付日\n".encode("utf-16"),
        b"PK,name\n1,a\n",  # a header that begins like a zip
        b"a,b\n<html>,1\n",
        b"",
    ],
)
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.txt", "台帳.dat"])
def test_text(content: bytes, name: str) -> None:
    """All else is text, whose reader has the last word on it."""
    assert kind_of(content, name) == "text"


@pytest.mark.parametrize(
    ("content", "name", "really"),
    [
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", "encrypted"),
        (OLE2 + "Workbook".encode("utf-16-le"), "a.xls", "old xls kind"),
        (OLE2, "a.csv", "old xls kind"),
        (zipped(xl__workbook_bin=b""), "a.xlsx", "xlsb"),
        (zipped(mimetype=b"", content_xml=b""), "a.xlsx", "OpenDocument"),
        (zipped(word__document_xml=b""), "a.xlsx", "not a workbook"),
        (zipped(a_csv=b"a,b"), "a.csv", "zip archive"),
        (zipped(), "a.xlsx", "zip archive"),
        (workbook(), "a.csv", "Excel workbook"),
        (workbook(), "a.xls", "Excel workbook"),
        (workbook()[:-30], "a.xlsx", "damaged"),
        (b"a,b\n1,2\n", "a.xlsx", "this is text"),
        (b"a\tb\n1\t2\n", "a.xls", "this is text"),
        (b"", "a.xlsx", "empty"),
        (b"", "a.parquet", "empty"),
        (b"a,b\n1,2\n", "a.parquet", "no Parquet file"),
        (b"PAR1\x15\0", "a.csv", "the content is Parquet, but the name ends in .csv"),
        (b"PAR1\x15\0", "a.xlsx", "the content is Parquet, but the name ends in .xlsx"),
        (b"PARE\x15\0", "a.parquet", "encrypted"),
        (workbook(), "a.parquet", "an Excel workbook (xlsx), but the name ends in .parquet"),
        (b"\r\n <!DOCTYPE HTML><table>", "a.csv", "HTML"),
        (b"\xef\xbb\xbf<html><table>", "a.xls", "HTML"),
        ("<html>".encode("utf-16"), "a.xls", "HTML"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "a.xls",
            "XML spreadsheet",
        ),
        (b"%PDF-1.7", "a.csv", "PDF"),
        (b"\x1f\x8b\x08", "a.csv.gz", "gzip"),
    ],
)
def test_mislabelled_files(content: bytes, name: str, really: str) -> None:
    """What is neither a readable workbook nor text is refused for what it really is."""
    assert really in refused(content, name).message.en


def test_encrypted_zip() -> None:
    """A zip whose parts are encrypted is refused before anyone asks for a password."""
    content = bytearray(zipped(xl__workbook_xml=b"<x/>"))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert "encrypted" in refused(bytes(content), "a.xlsx").message.en


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name() -> None:
    """A zip with two parts of one name, which programs read differently, is refused."""
    stream = BytesIO(workbook())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert "same name" in refused(stream.getvalue(), "a.xlsx").message.en


def test_bomb_by_ratio() -> None:
    """A workbook that unpacks to far more than sheets ever do is refused before unpacking."""
    bomb = zipped(xl__workbook_xml=bytes(100 << 20))
    with pytest.raises(InputError) as caught:
        open_workbook(bomb, "a.xlsx")
    assert "abnormal size" in caught.value.message.en
    assert "104,857,600 bytes" in caught.value.message.ja


def test_bomb_by_size_and_by_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither many bytes in all nor many parts are unpacked; below the bounds, both are."""
    content = zipped(xl__workbook_xml=bytes(1000), b=bytes(1000))
    assert len(open_workbook(content, "a.xlsx").namelist()) == 2
    for module, bound, value in ((container, "UNPACKED", 1999), (unpacking, "MEMBERS", 1)):
        with monkeypatch.context() as patch:
            patch.setattr(module, bound, value)
            with pytest.raises(InputError, match="abnormal size"):
                open_workbook(content, "a.xlsx")


def test_repetitive_sheet_is_no_bomb() -> None:
    """A large export of very uniform rows stays within the bounds."""
    row = b'<row r="123456"><c r="A123456" s="3" t="s"><v>12</v></c></row>'
    sheet = b"".join(row.replace(b"123456", b"%06d" % i) for i in range(1_200_000))
    content = zipped(xl__worksheets__sheet1_xml=sheet)
    assert len(sheet) > unpacking.RATIO_FROM
    assert open_workbook(content, "a.xlsx").namelist() == ["xl/worksheets/sheet1.xml"]


def test_words_fit_cp932() -> None:
    """The Japanese wording of loaders and faults can be printed where cp932 is in force."""
    folder = Path(container.__file__).parents[1]
    for module in (*folder.rglob("*.py"), Path(faults.__file__)):
        for line in module.read_text(encoding="utf-8").splitlines():
            for words in re.findall(r'Text\(.*|f?"[^"]*[ぁ-ん][^"]*"', line):
                assert words.encode("cp932")


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_compression_that_excel_does_not_know_is_refused(method: int) -> None:
    """LZMA takes as much memory as a part says; no spreadsheet writes it."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(InputError, match="compressed in a way unknown to Excel"):
        kind_of(stream.getvalue(), "v.xlsx")
