"""The test whether bytes are cp932, without decoding them: one pass of a regular expression."""

import re
import sys

import numpy as np

from kpicli.values.folding import JAPANESE_IN_UTF8

WORTH_PYARROW = 1 << 20
"""From so many bytes on, what is here saves more than it costs to load."""

_ONE = r"[\x00-\x7f\xa1-\xdf]"
_TWO = (
    (r"\x81", r"\x40-\x7e\x80-\xac\xb8-\xbf\xc8-\xce\xda-\xe8\xf0-\xf7\xfc"),
    (r"\x82", r"\x4f-\x58\x60-\x79\x81-\x9a\x9f-\xf1"),
    (r"\x83", r"\x40-\x7e\x80-\x96\x9f-\xb6\xbf-\xd6"),
    (r"\x84", r"\x40-\x60\x70-\x7e\x80-\x91\x9f-\xbe"),
    (r"\x87", r"\x40-\x5d\x5f-\x75\x7e\x80-\x9c"),
    (r"\x88", r"\x9f-\xfc"),
    (r"\x89-\x97\x99-\x9f\xe0-\xe9\xed\xf0-\xfb", r"\x40-\x7e\x80-\xfc"),
    (r"\x98", r"\x40-\x72\x9f-\xfc"),
    (r"\xea", r"\x40-\x7e\x80-\xa4"),
    (r"\xee", r"\x40-\x7e\x80-\xec\xef-\xfc"),
    (r"\xfc", r"\x40-\x4b"),
)
"""Microsoft's code page 932, user-defined characters (0xF040 to 0xF9FC) included: the lead bytes,
and the bytes that may follow each of them."""
_PAIRS = "|".join(f"[{lead}][{trail}]" for lead, trail in _TWO)
_ALL = rf"\A(?:{_ONE}|{_PAIRS})*\z"
_PLAIN_ONE = r"[\x01-\x0c\x0e-\x1a\x1c-\x7f\xa1-\xdf]|\r\n"
_PLAIN = rf"\A(?:{_PLAIN_ONE}|{_PAIRS})*\z"


_CELL = re.compile(rb'[^,;\t"\r\n]*')
_SIGNS = (b",", b";", b"\t", b'"', b"\r", b"\n")
_UTF8_CELL = re.compile(rf"(?:[\x00-\x7f]|{JAPANESE_IN_UTF8})*".encode("ascii"))
_FIRST_LEAD, _LEADS = np.uint8(0xE3), np.uint8(13)


def utf8_cell(content: bytes) -> int | None:
    """Return where in cp932 the first cell begins whose bytes are Japanese in UTF-8, or None.

    Lines of both encodings come of files that were joined or edited by programs. The bytes of
    コンプラ in UTF-8 are valid cp932 too, and read 繧ｳ繝ｳ繝…; hardly any text of cp932 is UTF-8.
    """
    data = np.frombuffer(content, np.uint8)
    if len(data) < 6:
        return None
    # Two characters of three bytes: E3 to EF, two bytes of 80 to BF, and E3 to EF again. In cp932
    # that is rare, as its characters are two bytes wide; bytes below E3 wrap to far above 13.
    lead = data - _FIRST_LEAD < _LEADS
    places = np.flatnonzero(lead[:-3] & lead[3:])
    within = ((data[places + 1] & 0xC0) == 0x80) & ((data[places + 2] & 0xC0) == 0x80)
    end = 0
    for place in places[within].tolist():
        if place >= end:
            start = 1 + max(end - 1, *(content.rfind(sign, end, place) for sign in _SIGNS))
            cell = _CELL.match(content, start)
            if cell is not None and _UTF8_CELL.fullmatch(cell[0]):
                return start
            end = max(end, cell.end() if cell is not None else start)
    return None


def worth_pyarrow(amount: int, much: int = WORTH_PYARROW) -> bool:
    """Return whether pyarrow's functions pay: to load them takes longer than to read a small file.

    Once they are loaded, as for any large run, they pay for little too.
    """
    return amount >= much or "pyarrow.compute" in sys.modules


def is_cp932(content: bytes) -> bool:
    """Return whether all of `content` is cp932, as decoding it strictly would find.

    pyarrow's regular expressions take bytes as they come, in less than half of the time that
    Python's codec takes, and let other threads go on meanwhile.
    """
    return fits(content, _ALL)


def is_plain_cp932(content: bytes) -> bool:
    """Return whether it is all cp932, without NUL or escape, and with CR only before LF."""
    return fits(content, _PLAIN)


def fits(content: bytes, pattern: str) -> bool:
    """Return whether bytes match a regular expression of pyarrow's."""
    import pyarrow as pa
    from pyarrow import compute

    offsets = pa.py_buffer(np.array([0, len(content)], np.int64))
    array = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(content)])
    return bool(compute.match_substring_regex(array, pattern=pattern)[0].as_py())
