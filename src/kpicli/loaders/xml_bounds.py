"""Bounds on the XML of a workbook: a small zip can unpack to more elements than memory holds."""

import posixpath
import zipfile
from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse
from openpyxl.reader.excel import ExcelReader
from openpyxl.xml.constants import ARC_CONTENT_TYPES, ARC_WORKBOOK

PENDING: Final = 1_000_000
"""The most tags between two rows, or two texts: a full row of 16,384 rich cells has fewer."""
WHOLE: Final = 1_000_000
"""The most tags of a part that is read as a whole; 65,000 cell styles take 400,000."""
LISTED: Final = 100_000
"""The most tags of a part that lists parts or sheets; real ones have hundreds."""
WHOLE_BYTES: Final = 64 << 20


class BrokenPartError(Exception):
    """A part of the workbook contradicts itself, or is abnormal; the message shows no cell."""


def elements(xml: IO[bytes], taken: str) -> Iterator[Element]:
    """Yield every element as it ends; one with the tag `taken` is emptied when it has been seen.

    Raises `BrokenPartError` where more than `PENDING` tags pile up before the next such element.
    """
    counted = _Counted(xml)
    for _, element in iterparse(counted, forbid_dtd=True):
        yield element
        if element.tag == taken:
            element.clear()
            counted.tags = 0


def read_whole(archive: zipfile.ZipFile, part: str, most: int = WHOLE) -> bytes:
    """Return the bytes of a part; raise `BrokenPartError` where it has more than `most` tags."""
    if archive.getinfo(part).file_size > WHOLE_BYTES:
        raise BrokenPartError("a part of an abnormal size")
    xml = archive.read(part)
    if xml.count(b"<") > most:
        raise BrokenPartError("a part with an abnormal number of elements")
    return xml


def read_manifest(reader: ExcelReader) -> None:
    """Let openpyxl read the list of parts; what it reads as a whole next is within bounds, too."""
    read_whole(reader.archive, ARC_CONTENT_TYPES, LISTED)
    reader.read_manifest()
    kinds = (o.PartName for o in reader.package.Override if str(o.ContentType).endswith("main+xml"))
    for name in {ARC_WORKBOOK, *(str(part).lstrip("/") for part in kinds)}:
        folder, file = posixpath.split(name)
        for part in (name, posixpath.join(folder, "_rels", f"{file}.rels")):
            if part in reader.valid_files:
                read_whole(reader.archive, part, LISTED)


class _Counted:
    """A stream that counts the tags it hands out, the opening ones of unclosed elements too."""

    def __init__(self, xml: IO[bytes]) -> None:
        self._xml = xml
        self.tags = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self._xml.read(size)
        self.tags += data.count(b"<")
        if self.tags > PENDING:
            raise BrokenPartError("an abnormal number of elements")
        return data
