"""Ways to spoil a file, each drawn from a seeded generator: the same seed gives the same files."""

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seed:
    """A file to start from, and the source that it is an export of."""

    source: str
    suffix: str
    content: bytes


_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"sep=,\r\n", b"\x1b$B", b"\x1b(B", b"\x1b[2J")
_SIGNS = (b'"', b'""', b'"\n"', b",", b"\t", b";", b"\n", b"\r\n", b"\r", b"\0", b"\x1a", b" ")
_BYTES = (b"\x80", b"\xa0", b"\xff", b"\x81", b"\xe3\x81", b"\xed\xa0\x80", b"\xf4\x90\x80\x80")
_WORDS = (b"45748", b"2025/9/31", b"NaN", b"1e999999", b'="00123"', b"1.23E+11", b"=1+1", b"#N/A")
_TEXTS = ("①④", "㋿7年4月1日", "令和7年2月29日", "合計", "\u200b", "\u2028", "\u3000", "苦情")
_LIKELY = (*_TEXTS, *(word.decode() for word in _WORDS), "", "済", "取消", "①", "②電話", "R7.9.30")
TOKENS = (*_MARKS, *_SIGNS, *_BYTES, *_WORDS, *(text.encode() for text in _TEXTS))
ENCODINGS = ("utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16", "utf-16-le", "utf-7")
XML_TOKENS = (
    *(b't="s"', b't="e"', b't="b"', b't="d"', b't="str"', b't="x"', b's="99"', b's="-1"'),
    *(b'r="A1"', b'r="XFE1"', b'r="1"', b'hidden="1"', b"<v>", b"</v>", b"<v>-1</v>", b"<v/>"),
    *(b"<v>1e308</v>", b"<v>NaN</v>", b"<f>1+1</f>", b"<!DOCTYPE x>", b"&amp;", b"&#0;", b"&x;"),
    *(b"9999999999", b"-1", b"0.5", b"_x001B_", b'date1904="1"', b'state="veryHidden"', b"\xff"),
    *(b'<mergeCell ref="A1:B2"/>', b'<mergeCell ref="A1"/>', b'numFmtId="27"', b'xml:space="x"'),
)
LONGEST = 1 << 16


def mutated(rng: random.Random, seed: Seed, seeds: Sequence[Seed]) -> bytes:
    """Return the content of `seed`, spoilt one to three times."""
    content = seed.content
    if seed.suffix == ".xlsx" and rng.random() < 0.9:
        return _in_zip(rng, content)
    for _ in range(rng.choice((1, 1, 1, 2, 2, 3))):
        content = rng.choice(_TEXT_WAYS)(rng, content, rng.choice(seeds).content)[:LONGEST]
    return content


def _place(rng: random.Random, content: bytes) -> int:
    return rng.randint(0, len(content))


def _flip(rng: random.Random, content: bytes, _other: bytes) -> bytes:
    spoilt = bytearray(content)
    for _ in range(rng.randint(1, 3) if spoilt else 0):
        spoilt[rng.randrange(len(spoilt))] ^= 1 << rng.randrange(8)
    return bytes(spoilt)


def _truncate(rng: random.Random, content: bytes, _: bytes) -> bytes:
    return content[: _place(rng, content)]


def _cut(rng: random.Random, content: bytes, _: bytes) -> bytes:
    start = _place(rng, content)
    return content[:start] + content[start + rng.randint(1, 40) :]


def _repeat(rng: random.Random, content: bytes, _: bytes) -> bytes:
    start = _place(rng, content)
    piece = content[start : start + rng.randint(1, 200)]
    return content[:start] + piece * rng.randint(2, 4) + content[start:]


def _insert(rng: random.Random, content: bytes, _: bytes) -> bytes:
    start = _place(rng, content)
    return content[:start] + rng.choice(TOKENS) + content[start:]


def _lead(rng: random.Random, content: bytes, _: bytes) -> bytes:
    return rng.choice(TOKENS) + content


def _trail(rng: random.Random, content: bytes, _: bytes) -> bytes:
    return content + rng.choice(TOKENS)


def _splice(rng: random.Random, content: bytes, other: bytes) -> bytes:
    return content[: _place(rng, content)] + other[_place(rng, other) :]


def _swap_lines(rng: random.Random, content: bytes, other: bytes) -> bytes:
    lines = content.splitlines(keepends=True) + other.splitlines(keepends=True)[1:4]
    head = lines[:1]
    rest = lines[1:] if rng.random() < 0.8 else lines
    rng.shuffle(rest)
    return b"".join([*head, *rest[: rng.randint(0, len(rest))]])


def _line_ends(rng: random.Random, content: bytes, _: bytes) -> bytes:
    plain = content.replace(b"\r\n", b"\n")
    return plain.replace(b"\n", rng.choice((b"\r\n", b"\r", b"\n\n", b"\n\r")))


def _quote(rng: random.Random, content: bytes, _: bytes) -> bytes:
    lines = content.split(b"\n")
    number = rng.randrange(len(lines))
    cells = lines[number].rstrip(b"\r").split(b",")
    place = rng.randrange(len(cells))
    inside = cells[place] + rng.choice((b"", b"\n", b",", b'""', b'"', b"\r"))
    cells[place] = b'"' + inside + rng.choice((b'"', b'"', b'" ', b""))
    lines[number] = b",".join(cells)
    return b"\n".join(lines)


def _reencode(rng: random.Random, content: bytes, _: bytes) -> bytes:
    for encoding in ("utf-8-sig", "cp932", "utf-16"):
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        return text.encode(rng.choice(ENCODINGS), rng.choice(("replace", "ignore")))
    return content


def _cell(rng: random.Random, content: bytes, other: bytes) -> bytes:
    """Put a cell of another file, or a word, in the place of one cell; the encoding stays."""
    encoding = _encoding_of(content)
    if encoding is None:
        return _flip(rng, content, b"")
    text, words = content.decode(encoding), [*_LIKELY]
    if (theirs := _encoding_of(other)) is not None:
        words += other.decode(theirs).replace("\n", ",").replace("\t", ",").split(",")[:40]
    lines = text.split("\n")
    number = rng.randrange(len(lines))
    sign = "\t" if "\t" in lines[0] else ","
    cells = lines[number].split(sign)
    cells[rng.randrange(len(cells))] = rng.choice(words).strip("\r")
    lines[number] = sign.join(cells)
    return "\n".join(lines).encode(encoding, "ignore")


def _encoding_of(content: bytes) -> str | None:
    encodings = (
        ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8", "cp932")
    )
    for encoding in encodings:
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return None


_Way = Callable[[random.Random, bytes, bytes], bytes]
_TEXT_WAYS: Sequence[_Way] = (
    *(_flip, _truncate, _cut, _repeat, _insert, _lead, _trail, _splice, _swap_lines, _line_ends),
    *(_quote, _quote, _reencode, *(_cell,) * 8, *(_swap_lines,) * 3),
)


def _in_zip(rng: random.Random, content: bytes) -> bytes:
    """Spoil one part of the workbook, sometimes its name, and pack it again."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    for _ in range(rng.randint(1, 2)):
        name = rng.choice([n for n in parts if rng.random() < 0.5 or "sheet" in n] or [*parts])
        parts[name] = _in_xml(rng, parts[name])
    if rng.random() < 0.05:
        del parts[rng.choice([*parts])]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        for name, part in parts.items():
            book.writestr(zipfile.ZipInfo(name), part)
    return packed.getvalue()


def _in_xml(rng: random.Random, xml: bytes) -> bytes:
    """Change an attribute, a value or an element, so that most results still are XML."""
    way = rng.randrange(6)
    if way == 0:
        return _flip(rng, xml, b"")
    if way == 1:
        return _truncate(rng, xml, b"")
    ends = [place for place, byte in enumerate(xml) if byte in b" >"]
    if not ends:
        return xml
    start = rng.choice(ends)
    if way == 2:  # an element or value, after a tag or among its attributes
        gap = b" " if xml[start : start + 1] == b" " else xml[start : start + 1]
        return xml[:start] + gap + rng.choice(XML_TOKENS) + xml[start:][len(gap) - 1 :]
    marks = [place for place, byte in enumerate(xml) if byte in b'">']
    begin = rng.choice(marks) + 1
    end = min((p for p in (xml.find(b'"', begin), xml.find(b"<", begin)) if p >= 0), default=begin)
    if way == 3:  # another value of an attribute or element
        return xml[:begin] + rng.choice((*XML_TOKENS, *TOKENS)) + xml[end:]
    if way == 4:  # without it
        return xml[:begin] + xml[end:]
    element = xml.find(b">", start) + 1
    last = xml.find(b">", element) + 1
    return xml[:last] + xml[element:last] + xml[last:]  # an element twice
