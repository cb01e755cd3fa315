"""The usual slips in TOML, in words of our own, each with the corrected line.

A correction is shown only where the file is read past the line with it in place.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text, listed
from kpicli.settings.toml.corrected_lines import SLIPS, Slip

_AT = re.compile(r"at line (\d+), column \d+\)$")
_DUPLICATE = re.compile(r"Duplicate inline table key ('.*'|\".*\") \(")
_CAUSES = {
    "Unclosed array": Text("[ が閉じていません", "a [ is not closed"),
    "Unclosed inline table": Text("{ が閉じていません", "a { is not closed"),
    "Invalid value": Text("= の後に書ける値がありません", "no value stands behind the ="),
    "Unterminated string": Text("文字列が閉じていません", "a text is not closed"),
}
_NO_TOML = Text("TOML の書き方に合いません", "this is no TOML")
_BACK = 3
"""So many lines above the one that cannot be read may hold the slip: a bracket left open."""


class _Explained(Struct, frozen=True):
    """A slip: its line from 1, what is wrong, and the lines that may stand there instead."""

    line: int
    cause: Text
    corrected: tuple[str, ...] = ()


def no_toml(file: Path, text: str, error: tomllib.TOMLDecodeError) -> SettingsError:
    """Return the error for a file that is not TOML: the line, what is wrong, and it corrected."""
    lines = text.splitlines()
    slip = _explained(lines, error)
    written = lines[slip.line - 1].strip() if slip.line <= len(lines) else ""
    number, cause = slip.line, slip.cause
    whole = [
        Text(
            f"{file} の {number} 行目が TOML として読めません: {cause.ja}",
            f"{file} is not TOML, line {number}: {cause.en}",
        ),
        Text(f"  今: {written}", f"  written: {written}"),
    ]
    for corrected in map(str.strip, slip.corrected):
        whole.append(Text(f"  正: {corrected}", f"  correct: {corrected}"))
    return SettingsError(
        listed(whole, "\n", "\n"), Text("その行を直してください", "correct that line")
    )


def _explained(lines: Sequence[str], error: tomllib.TOMLDecodeError) -> _Explained:
    message = str(error)
    line = _line_of(message, lines)
    repeated = _repeated(lines, line, message)
    if repeated is not None:
        return repeated
    for number in range(line, max(line - _BACK, 1) - 1, -1):
        for slips, corrected in _corrections(lines[number - 1]):
            if _is_read_past(lines, number, corrected, line):
                cause = listed([slip.cause for slip in slips], "、", "; ")
                both = (corrected, *(_other_ways(lines, number, slips, line)))
                return _Explained(number, cause, tuple(dict.fromkeys(both)))
    causes = (text for begin, text in _CAUSES.items() if message.startswith(begin))
    return _Explained(line, next(causes, _NO_TOML))


def _line_of(message: str, lines: Sequence[str]) -> int:
    """Return the line from 1 at which reading stopped; the last one that holds anything."""
    at = _AT.search(message)
    last = max((number for number, line in enumerate(lines, 1) if line.strip()), default=1)
    return min(int(at[1]), last) if at else last


def _corrections(line: str) -> Iterator[tuple[tuple[Slip, ...], str]]:
    """Yield the line corrected of one slip, then of two."""
    once = [((slip,), own) for slip in SLIPS for own in slip.corrected(line) if own != line]
    yield from once
    for slips, corrected in once:
        for slip in SLIPS:
            if slip not in slips:
                yield from (
                    ((*slips, slip), own) for own in slip.corrected(corrected) if own != corrected
                )


def _other_ways(
    lines: Sequence[str], number: int, slips: Sequence[Slip], stopped: int
) -> Iterator[str]:
    """Yield all that one slip alone may have meant."""
    if len(slips) == 1:
        for own in slips[0].corrected(lines[number - 1]):
            if _is_read_past(lines, number, own, stopped):
                yield own


def _is_read_past(lines: Sequence[str], number: int, corrected: str, stopped: int) -> bool:
    """Return whether the file is read beyond where it stopped once a line is corrected."""
    tried = [*lines[: number - 1], corrected, *lines[number:]]
    try:
        tomllib.loads("\n".join(tried))
    except tomllib.TOMLDecodeError as error:
        at = _AT.search(str(error))
        return at is not None and int(at[1]) > stopped
    return True


def _repeated(lines: Sequence[str], line: int, message: str) -> _Explained | None:
    """Return the explanation of a table or key that stands twice; None for another error."""
    inline = _DUPLICATE.match(message)
    if inline is not None:
        return _Explained(
            line,
            Text(
                f"{{ }} の中に {inline[1]} が二つあります。一つだけ残してください",
                f"the {{ }} has {inline[1]} twice: keep one of them",
            ),
        )
    if not message.startswith(("Cannot declare", "Cannot overwrite")):
        return None
    written = lines[line - 1].strip()
    headed = written.startswith("[")
    name = _name(written)
    first = _line_above(lines[: line - 1], name, headed=headed)
    what = f"[{name}]" if headed else name
    if not first:
        return _Explained(
            line,
            Text(
                f"「{what}」は上にもあります。一つだけ残してください",
                f"{what} stands above, too: keep one of them",
            ),
        )
    advice = Text("どちらか一つだけ残してください", "keep one of them")
    if headed:
        advice = Text(
            "この下の行をそこへ移し、この見出しを消してください",
            "move the lines below this one there, and take this heading out",
        )
    elif written == lines[first - 1].strip() and _is_read_past(lines, line, "", line):
        advice = Text("この行を消してください", "take this line out")
    return _Explained(
        line,
        Text(
            f"{first} 行目にも {what} があります。{advice.ja}",
            f"line {first} has {what}, too; {advice.en}",
        ),
    )


def _line_above(lines: Sequence[str], name: str, *, headed: bool) -> int:
    """Return the line from 1 that has the name already; 0 where it is written in another way.

    A key is looked for in its own table, up to the heading.
    """
    for number, above in reversed(list(enumerate(map(str.strip, lines), 1))):
        if _name(above) == name and above.startswith("[") == headed:
            return number
        if above.startswith("[") and not headed:
            break
    return 0


def _name(line: str) -> str:
    """Return the key of a line, or the name of a table's heading, without spaces and comment."""
    if line.startswith("["):
        return line.partition("#")[0].strip(" []").replace(" ", "")
    return line.partition("=")[0].replace(" ", "")
