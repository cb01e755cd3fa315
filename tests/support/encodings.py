"""Text in every encoding that exports come in, with the characters of Japanese Windows in each."""

from collections.abc import Callable

HIGH_TO_SEVEN_BITS = 0x80


def _pair(character: str) -> bytes:
    """Return the two bytes of JIS X 0208 and its vendor rows, by those of cp932."""
    lead, trail = character.encode("cp932")
    row = 2 * (lead - (0x81 if lead < 0xA0 else 0xC1))
    cell = trail - (0x40 if trail < 0x7F else 0x41)
    if cell >= 94:
        row, cell = row + 1, trail - 0x9F
    return bytes((row + 0x21, cell + 0x21))


def _iso2022_jp(character: str) -> bytes:
    own = character.encode("cp932")
    if len(own) == 1:  # half-width kana
        return b"\x1b(I" + bytes([own[0] - HIGH_TO_SEVEN_BITS]) + b"\x1b(B"
    return b"\x1b$B" + _pair(character) + b"\x1b(B"


def _euc_jp(character: str) -> bytes:
    return bytes(byte | HIGH_TO_SEVEN_BITS for byte in _pair(character))


def _with(codec: str, vendor: Callable[[str], bytes]) -> Callable[[str], bytes]:
    """Return an encoder by Python's codec, and character by character for those that it lacks."""

    def encoded(text: str) -> bytes:
        try:
            return text.encode(codec)
        except UnicodeEncodeError:
            return vendor(text) if len(text) == 1 else b"".join(map(encoded, text))

    return encoded


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode("utf-8"),
    "utf-8-sig": lambda text: text.encode("utf-8-sig"),
    "cp932": lambda text: text.encode("cp932"),
    "utf-16": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "utf-16 big-endian": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "iso2022_jp": _with("iso2022_jp", _iso2022_jp),
    "euc_jp": _with("euc_jp", _euc_jp),
}
"""What writes a text in each encoding, by a name that says so."""

DECLARED = ("utf-16-le", "utf-16-be", "euc_jp")
"""Those that no file tells of itself, so that the settings have to."""


def declared(name: str) -> str | None:
    """Return the `encoding` that the settings need for such a file."""
    return name if name in DECLARED else None
