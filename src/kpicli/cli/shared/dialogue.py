"""Questions to the person: asked on stderr, answered by a line of stdin. Enter is an answer."""

import sys
from collections.abc import Iterable

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.cli.shared.language import say
from kpicli.cli.shared.messages import show_message
from kpicli.values.folding import fold

_NO = frozenset({"n", "no", "いいえ", "いえ", "0"})


def ask(lines: Iterable[str], choices: int) -> int:
    """Return the place, from 0, of the answer that is chosen; Enter chooses the first.

    What is no number of an answer is asked for once more. Raises `UsageError` at the end of input.
    """
    for line in lines:
        show_message(line)
    while True:
        given = _line(say(f"番号 [1-{choices}、Enter = 1]: ", f"number [1-{choices}, Enter = 1]: "))
        if not given:
            return 0
        if given.isdecimal() and 1 <= int(given) <= choices:
            return int(given) - 1
        show_message(say(f"1 から {choices} の番号です", f"a number from 1 to {choices}, please"))


def confirm(question: str) -> bool:
    """Return whether a question is answered by yes, as Enter is; raises as `ask` does."""
    return _line(question + say(" [Enter = はい / n]: ", " [Enter = yes / n]: ")) not in _NO


def _line(prompt: str) -> str:
    """Return a line of stdin, folded; what stands before it goes to stderr, on the same line."""
    if sys.stderr is not None:
        sys.stderr.write(prompt)
        sys.stderr.flush()
    line = "" if sys.stdin is None else sys.stdin.readline()
    if not line:
        show_message("")
        raise UsageError(
            Text("答えがないまま入力が終わりました", "the input ended without an answer"),
            Text(
                "尋ねずに進めるには --yes を付けてください", "add --yes to go on without questions"
            ),
        )
    if not (sys.stdin and sys.stdin.isatty()):
        show_message("")
    return fold(line).lower()
