"""One line of TOML, corrected of a slip: what each slip is, and the lines that may be meant."""

import re
import tomllib
from collections.abc import Callable, Iterator

from msgspec import Struct

from kpicli.base.wording import Text

_STRING = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*'|\#.*$)""")
"""A text in straight quotes, or a comment."""
_ESCAPED = re.compile(r'"[^"]*\\[^"]*"')
_QUOTES = dict.fromkeys([*range(0x201C, 0x2020), 0xFF02, 0x300C, 0x300D], '"')
_QUOTES |= dict.fromkeys([*range(0x2018, 0x201C), 0xFF07], "'")
"""The quotation marks of Japanese and English texts, by their code points."""
_ASCII = str.maketrans({chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
_ASCII |= {ord("\u3000"): " ", ord("、"): ","}
_KEY = re.compile(r"(^\s*|[{,]\s*)([^\s=\"'#\[\]{},][^=\"'#\[\]{},]*?)(\s*=)")
_HEADING = re.compile(r"^(\s*\[{1,2})([^\[\]#]+)(\]{1,2}.*)$")
_PART = re.compile(r"""\s*("[^"]*"|'[^']*'|[^."']+?)\s*(?:\.|$)""")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_VALUE = re.compile(r"([=\[,]\s*)([^\s\[\]{},=\"'#][^\[\]{},=\"'#]*?)(?=\s*(?:[,\]}]|$))")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_ZEROS = re.compile(r"^0+([0-9]+)$")
_FLAGS = {"true": "true", "yes": "true", "on": "true", "はい": "true"}
_FLAGS |= {"false": "false", "no": "false", "off": "false", "いいえ": "false"}
_NO_COMMA = re.compile(r"""("(?:[^"\\]|\\.)*"|'[^']*'|[\]}])\s+(?=["'\[{])""")
"""A value of a list with another one behind it, and nothing between them."""
_ASSIGNED = re.compile(r"^(\s*[^=]*=\s*)(.*?)(\s*(?:#.*)?)$")


class Slip(Struct, frozen=True):
    """A usual slip: what it is, and the line corrected of it; none, or some that may be meant."""

    cause: Text
    corrected: Callable[[str], Iterator[str]]


def _outside(line: str, change: Callable[[str], str]) -> str:
    """Return a line whose parts outside texts and comments are changed."""
    parts = _STRING.split(line)
    return "".join(part if place % 2 else change(part) for place, part in enumerate(parts))


def _half_width(line: str) -> Iterator[str]:
    quoted = _outside(line, lambda part: part.translate(_QUOTES))
    yield _outside(quoted, lambda part: part.translate(_ASCII))


def _literal(line: str) -> Iterator[str]:
    yield _ESCAPED.sub(lambda match: _quoted(match[0][1:-1]), line)


def _quoted_keys(line: str) -> Iterator[str]:
    heading = _HEADING.match(line)
    if heading is not None:
        yield f"{heading[1]}{_parts(heading[2])}{heading[3]}"
        return
    yield _outside(line, lambda part: _KEY.sub(lambda m: f"{m[1]}{_parts(m[2])}{m[3]}", part))


def _parts(key: str) -> str:
    """Return a dotted key with quotes around what needs them."""
    parts = [match[1] for match in _PART.finditer(key)]
    return ".".join(p if _BARE.fullmatch(p) or p[0] in "\"'" else f'"{p}"' for p in parts)


def _flags(line: str) -> Iterator[str]:
    yield _with_values(line, lambda value: _FLAGS.get(value.lower(), value))


def _days(line: str) -> Iterator[str]:
    def day(value: str) -> str:
        match = _DAY.fullmatch(value)
        if match is None:
            return value
        return f"{match[1]}-{int(match[2]):02d}-{int(match[3]):02d}"

    yield _with_values(line, day)


def _plain_numbers(line: str) -> Iterator[str]:
    yield _with_values(line, lambda value: _ZEROS.sub(r"\1", value))
    yield _with_values(line, lambda value: _ZEROS.sub(r'"\g<0>"', value))


def _quoted_values(line: str) -> Iterator[str]:
    yield _with_values(line, lambda value: value if _is_value(value) else _quoted(value))


def _with_values(line: str, change: Callable[[str], str]) -> str:
    """Return a line whose values outside quotes are changed."""
    if line.lstrip().startswith("["):
        return line  # a heading
    code, mark, comment = _without_comment(line)
    changed = _outside(code, lambda part: _VALUE.sub(lambda m: m[1] + change(m[2]), part))
    return f"{changed}{mark}{comment}"


def _without_comment(line: str) -> tuple[str, str, str]:
    """Return what a line holds, the space behind it, and its comment."""
    parts = _STRING.split(line)
    comment = parts[-2] if len(parts) > 1 and parts[-2].startswith("#") else ""
    code = line.removesuffix(comment) if comment else line
    return code.rstrip(), code[len(code.rstrip()) :], comment


def _is_value(value: str) -> bool:
    try:
        tomllib.loads(f"x = {value}")
    except tomllib.TOMLDecodeError:
        return False
    return True


def _quoted(value: str) -> str:
    return f"'{value}'" if "\\" in value and "'" not in value else _escaped(value)


def _escaped(value: str) -> str:
    return '"' + value.replace("\\", "\\\\") + '"'


def _closed_quotes(line: str) -> Iterator[str]:
    match = _ASSIGNED.match(line)
    if match is None:
        return
    key, value, comment = match.groups()
    for quote in "\"'":
        if value.startswith(quote):
            yield f"{key}{value}{quote}{comment}"
        if value.endswith(quote):
            yield f"{key}{quote}{value}{comment}"
        if value.endswith(("]", "}")):
            yield f"{key}{value[:-1].rstrip()}{quote}{value[-1]}{comment}"


def _closed_brackets(line: str) -> Iterator[str]:
    code, space, comment = _without_comment(line)
    for bracket in ("]", "}", "]]"):
        yield f"{code}{bracket}{space}{comment}"
    if code.endswith(("]", "}")):
        yield f"{code[:-1]}{space}{comment}"


def _with_commas(line: str) -> Iterator[str]:
    yield _NO_COMMA.sub(r"\1, ", line)


def _with_equals(line: str) -> Iterator[str]:
    yield re.sub(r"^(\s*\w[^\s=:\"'\[\]]*)\s*(?::|\s)\s*", r"\1 = ", line, count=1)


SLIPS = (
    Slip(
        Text("記号や空白が全角です(半角で書きます)", "signs or spaces are full-width: write ASCII"),
        _half_width,
    ),
    Slip(
        Text(
            "\"…\" の中の \\ は特別な意味になります('…' で囲みます)",
            "within \"…\" a \\ has a meaning of its own: write '…'",
        ),
        _literal,
    ),
    Slip(
        Text(
            '日本語や空白のあるキーは "…" で囲みます',
            'a key with more than ASCII letters, digits, _ and - is put into quotes: "…"',
        ),
        _quoted_keys,
    ),
    Slip(Text("true か false と書きます", "it is written true or false"), _flags),
    Slip(Text("日付は 2025-04-01 の形で書きます", "a date is written 2025-04-01"), _days),
    Slip(
        Text(
            '0 で始まる数は書けません(番号なら "…" で囲みます)',
            'a number does not begin with 0; a code is put into quotes: "…"',
        ),
        _plain_numbers,
    ),
    Slip(
        Text(
            "文字列は \"…\" で囲みます(\\ を含むなら '…')",
            "a text is put into quotes: \"…\", or '…' where it holds a \\",
        ),
        _quoted_values,
    ),
    Slip(
        Text("文字列を囲む引用符が片方ありません", "a text lacks one of its quotes"), _closed_quotes
    ),
    Slip(
        Text("括弧の開きと閉じの数が合いません", "brackets do not match"),
        _closed_brackets,
    ),
    Slip(Text("値と値の間には , を書きます", "a comma stands between values"), _with_commas),
    Slip(
        Text("キーと値の間には = を書きます", "an = stands between key and value"),
        _with_equals,
    ),
)
"""The usual slips, the likeliest first."""
