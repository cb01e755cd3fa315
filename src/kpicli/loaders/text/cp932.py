"""The test whether bytes are cp932, without decoding them: one pass of a regular expression."""

import numpy as np

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


def is_cp932(content: bytes) -> bool:
    """Return whether all of `content` is cp932, as decoding it strictly would find.

    pyarrow's regular expressions take bytes as they come, in less than half of the time that
    Python's codec takes, and let other threads go on meanwhile.
    """
    return _matches(content, _ALL)


def is_plain_cp932(content: bytes) -> bool:
    """Return whether it is all cp932, without NUL or escape, and with CR only before LF."""
    return _matches(content, _PLAIN)


def _matches(content: bytes, pattern: str) -> bool:
    import pyarrow as pa
    from pyarrow import compute

    offsets = pa.py_buffer(np.array([0, len(content)], np.int64))
    array = pa.Array.from_buffers(pa.large_binary(), 1, [None, offsets, pa.py_buffer(content)])
    return bool(compute.match_substring_regex(array, pattern=pattern)[0].as_py())
