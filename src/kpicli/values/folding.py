"""The key on which codes, headers and open values are matched.

NFKC alone is not enough: it turns `12①` into `121`, and leaves the tilde and dash families apart.
"""

import codecs
import re
import unicodedata
from functools import lru_cache

LOOSELY = re.IGNORECASE | re.ASCII
"""How a folded text is matched with a form. Joined once: joining takes longer than a match."""

_TILDES = "~～〜∼∽˜⁓〰"
_DASHES = "-－﹣﹘‐‑‒–—―⁃⁻₋−˗─━➖︱︲"
# Signs without a width of their own: soft hyphen, joiners, marks of direction, selectors of glyphs,
# tags, and controls that are no white space.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_SEEN_AS_SPACE = "\u2800\u115f\u1160\u3164\uffa0"  # an empty Braille cell, Hangul fillers

# Applied before NFKC, so that nothing dropped or replaced here keeps two marks from composing:
# a second pass would compose them, and folding twice must equal folding once. The long mark
# (ー and its half-width form) is a letter and stays out of the dashes, as does the kanji 一.
_REPLACED = {
    **dict.fromkeys(map(ord, _TILDES), "~"),
    **dict.fromkeys(map(ord, _DASHES), "-"),
    **dict.fromkeys(map(ord, _SEEN_AS_SPACE), " "),
}
_INVISIBLE_SIGN = f"[{_INVISIBLE}]"
_SPECIAL = re.compile(f"[{_INVISIBLE}{re.escape(_TILDES + _DASHES + _SEEN_AS_SPACE)}]")
"""A sign that is dropped or replaced; most texts have none, and to look takes least."""
JAPANESE_IN_UTF8 = (
    r"\xe3[\x80-\x83][\x80-\xbf]|[\xe4-\xe9][\x80-\xbf][\x80-\xbf]|\xef[\xbc-\xbe][\x80-\xbf]"
)
"""The bytes of a character of Japanese in UTF-8: kana, kanji, full and half width."""
_JAPANESE_TEXT = re.compile(rf"(?:[\x00-\x7f]|{JAPANESE_IN_UTF8})*".encode("ascii"))
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_KANA_IN_UTF8 = re.compile(rb"\xe3[\x81-\x83]")
_LATIN = re.compile("[\0-\u02ff\u2013-\u2122]*")
"""Characters of Latin-1 and Windows-1252, roughly: encoding tells what is none of them."""
_AS_LATIN = "kpicli.as_latin"
_WRAPPED = re.compile(r'="([^"]*)"')
_PIECE = 1024

# Signs that NFKC would melt into the digits beside them: circled and raised numbers always, signs
# such as ㏠ (1日) and ⒈ (1.) where a digit stands before them.
_KEPT = re.compile("([①-⑳⓪㉑-㉟㊱-㊿㊀-㊉¹²³⁰⁴-⁹₀-₉]|(?<=\\d)[㋀-㋋㏠-㏾㍘-㍰⒈-⒛])")


def fold(text: str) -> str:
    """Return `text` as the key on which it is matched; folding the key again changes nothing.

    NFKC (full width, half-width kana, ㈱, ㋿), except that circled and raised numbers stay as they
    are (`12①`, `m²`); the tilde family (~ ～ 〜 …) becomes `~` and the dash family (- － ― − …)
    becomes `-`, but never the long mark ー; white space of any kind, line breaks, U+00A0 and U+3000
    included, becomes one space inside and nothing at the ends; signs that nobody sees (see
    `holds_invisible`) are dropped. `="00123"`, as spreadsheets are made to keep zeros, is `00123`.
    Upper and lower case stay apart: an unexpected case is a fault, never merged.
    """
    if text.isascii() and text.isprintable():
        if " " not in text and text[:1] != "=":
            return text  # as most ids and dates, of which there are millions
    else:
        if _SPECIAL.search(text) is not None:
            text = re.sub(_INVISIBLE_SIGN, "", text).translate(_REPLACED)
        text = _compose(text)
    key = " ".join(text.split())
    wrapped = _WRAPPED.fullmatch(key) if key.startswith('="') else None
    return key if wrapped is None else wrapped[1].strip()


def holds_invisible(text: str) -> bool:
    """Return whether a sign without a width stands in `text`, be it at its ends.

    Such are U+200B, U+FEFF, marks of direction, the soft hyphen, variation selectors, tags and
    controls, but not white space: `C001` and `C001` with U+200E behind it look the same.
    """
    if (text.isascii() and text.isprintable()) or _SPECIAL.search(text) is None:
        return False
    return re.search(_INVISIBLE_SIGN, text) is not None


def is_garbled(text: str) -> bool:
    """Return whether `text` is Japanese in UTF-8 that was read as cp932 or as Latin-1.

    So 東京 became 譚ｱ莠ｬ before the file was written, and あ ã and two more. All of its bytes have
    to be UTF-8 of Japanese; three rare kanji can be that by chance, so that in cp932 there must
    also be kana, those of half width in the text or others in what it was.
    """
    if text.isascii():
        return False
    try:
        if _LATIN.fullmatch(text):
            return _JAPANESE_TEXT.fullmatch(text.encode("cp1252", _AS_LATIN)) is not None
        data = text.encode("cp932")
    except UnicodeEncodeError:
        return False
    if _JAPANESE_TEXT.fullmatch(data) is None:
        return False
    return bool(_HALF_WIDTH.search(text) or _KANA_IN_UTF8.search(data))


def _as_latin(error: UnicodeError) -> tuple[bytes, int]:
    """Return the bytes of characters that Windows-1252 has no place for, as Latin-1 has them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return error.object[error.start : error.end].encode("latin-1"), error.end  # refuses the rest


codecs.register_error(_AS_LATIN, _as_latin)


@lru_cache(maxsize=1 << 10)
def header_key(text: str) -> str:
    """Return the key on which a header is matched: `text` folded, without any white space.

    So `番　号`, `受付` LF `日`, `="番号"` (written so for Excel) and `受付日 ↑` (by which a report
    of Salesforce is sorted) are headers like any other.
    """
    folded = fold(text)
    wrapped = _WRAPPED.fullmatch(folded)
    return "".join((wrapped[1] if wrapped else folded).rstrip("↑↓ ").split()) or folded


def _compose(text: str) -> str:
    if len(text) <= _PIECE and unicodedata.is_normalized("NFKC", text):
        return text  # no sign that would be kept is, so there is none
    if _KEPT.search(text) is None:
        return _nfkc(text)
    pieces = _KEPT.split(text)  # the signs that are kept stand at the odd places
    pieces[::2] = [_nfkc(piece) for piece in pieces[::2]]
    return "".join(pieces)


def _nfkc(text: str) -> str:
    """Return the text in NFKC, a long one in pieces: marks piled on one letter take n² to sort."""
    if len(text) <= _PIECE:
        return unicodedata.normalize("NFKC", text)
    pieces: list[str] = []
    start = 0
    while start < len(text):
        end = start + _PIECE
        while end < min(len(text), start + 2 * _PIECE) and unicodedata.combining(text[end]):
            end += 1
        pieces.append(unicodedata.normalize("NFKC", text[start:end]))
        start = end
    return "".join(pieces)
