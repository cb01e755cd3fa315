"""Numbers as people and systems write them in Japan, and words for their total, unguessed."""

import re
from decimal import Context, Decimal
from typing import Final, Literal

from msgspec import Struct

from kpicli.values.folding import LOOSELY, fold

NumberProblem = Literal["", "commas", "digits", "exponent", "long", "range", "unit"]
"""Why a text is no number; "" where nothing in particular can be said."""

MOST_DIGITS: Final = 28
"""So many digits a number may have, those behind the point included."""

_KEPT_DIGITS, _FLOAT_DIGITS, _SHORT = 15, 17, 12
"""A float is sure of 15 digits and prints 17 at most; a number of 12 has no need of the rest."""
_KEEPING = Context(prec=_KEPT_DIGITS)

_SCALES = {"千": 3, "万": 4, "百万": 6, "千万": 7, "億": 8, "兆": 12}
_SIGN = r"(?:[-+▲△] ?)?"
_DIGITS = r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
_COUNTED = "件|名|人|回|点|歳|才|日|枚|社|口"
_AMOUNT = (
    rf"(?:[¥\\] ?{_SIGN}{_DIGITS}(?: ?円)?"  # cp932 has the yen sign in the place of the backslash
    rf"|{_DIGITS} ?(?:%|(?:{'|'.join(sorted(_SCALES, key=len, reverse=True))})?"
    rf" ?(?:円|(?:{_COUNTED})目?)?))"
)
_PLAIN = re.compile(r"-?[0-9]{1,28}(?:\.[0-9]+)?", re.ASCII)
# Other numbers are rare enough to be compiled for when the first comes; `re` keeps the patterns.
_NUMBER = rf"{_SIGN}{_AMOUNT}|\({_AMOUNT}\)|第 ?[0-9]+ ?(?:{_COUNTED})目?"
_VALUE = r"[0-9][0-9,]*(?:\.[0-9]+)?"  # of a text that is known to be a number
_SCALE = "百万|千万|[千万億兆]"
# Signs that folding spells with digits: ⑶, ⒊, ㏠ (1日), ㍘ (0点), mathematical and segmented ones.
_SPELT_DIGITS = (
    "[²³¹⁰-₉①-⒛⓪㉈-㉏㉑-㉟㊱-㊿㋀-㋋㍘-㍰㏠-㏾"
    "\U0001d7ce-\U0001d7ff\U0001f100-\U0001f10a\U0001fbf0-\U0001fbf9]"
)
_PROBLEMS: tuple[tuple[NumberProblem, str], ...] = (
    ("exponent", r"[+-]?[0-9]+(?:\.[0-9]*)?E[+-]?[0-9]+"),
    ("range", r".*[0-9][^0-9,.]{0,8}[-~][^0-9]{0,8}[0-9].*|.*[0-9][^0-9]{0,8}~.*"),
    ("commas", r"[+-]?(?=[0-9.]*,)[0-9,.]+"),
    ("unit", rf"{_SIGN}[¥$\\]?{_DIGITS}.*"),
)
"""For each problem the form of the folded texts that have it; the first that fits is told."""


class UnreadableNumber(ValueError):
    """The text is no number that can be read without guessing; `problem` says why."""

    def __init__(self, problem: NumberProblem) -> None:
        super().__init__(f"no number: {problem or 'of no known form'}")
        self.problem = problem


class ReadNumber(Struct, frozen=True):
    """A number; `unit` is what makes one digit of it stand for more or less than it says.

    That is `%`, or the 千, 万, 百万, 千万, 億 or 兆 that `value` is multiplied by already; else "".
    """

    value: Decimal
    unit: str = ""


def parse_number(text: str) -> ReadNumber:
    """Return the number that `text` holds.

    Reads `1234`, `1,234.5` and their kin in any width; `-3`, `▲3`, `△3` and `(3)` are negative; `¥`
    may stand before, 円, 件, 名, 人, 回, 点, 歳, 日, 枚, 社 or 口 behind (`12,300円`, `1回目`,
    `第1回`). 千, 万, 百万, 千万, 億 and 兆 are multiplied in (`12千円`, `1.5億円`). `85%` is 85.

    Raises `UnreadableNumber` for all else: ranges, exponents of a text (a spreadsheet has rounded
    the number when it saved the file), commas not in threes, more than 28 digits, other units. The
    noise of binary arithmetic behind the 15th digit is dropped (`330.00000000000004` is 330), but
    for numbers with commas.
    """
    if _PLAIN.fullmatch(text) and len(text) <= MOST_DIGITS:
        return ReadNumber(_without_noise(text).normalize())
    folded = fold(text)
    if re.search(_SPELT_DIGITS, text):
        raise UnreadableNumber("digits")
    if not re.fullmatch(_NUMBER, folded):
        raise UnreadableNumber(_problem(folded))
    grouped = "".join(re.findall(_VALUE, folded))
    written = grouped.replace(",", "")
    if len(written.replace(".", "")) > MOST_DIGITS:
        raise UnreadableNumber("long")
    # What has commas was written for people, with the digits that were meant.
    value = _without_noise(written) if grouped == written else Decimal(written)
    if folded.lstrip("¥\\ ").startswith(("-", "▲", "△", "(")):
        value = -value
    scale = re.search(_SCALE, folded)
    if scale is not None:
        return ReadNumber(value.scaleb(_SCALES[scale[0]]).normalize(), scale[0])
    return ReadNumber(value.normalize(), "%" if "%" in folded else "")


def _without_noise(written: str) -> Decimal:
    """Return a number without the noise that a program's binary arithmetic leaves at its end.

    `330.00000000000004` is what a program writes that has added 110.00000000000001 three times: of
    the 16 or 17 digits of a float those beyond 15 are not the amount. A number that needs its
    digits keeps them all: `0.1234567890123456` does not become short without its last.
    """
    value = Decimal(written)
    if len(written) > _KEPT_DIGITS and "." in written:
        digits, kept = value.as_tuple().digits, _KEEPING.create_decimal(value).normalize()
        if len(digits) <= _FLOAT_DIGITS and len(kept.as_tuple().digits) <= _SHORT:
            return kept
    return value


def _problem(folded: str) -> NumberProblem:
    forms = ((problem, re.compile(form, LOOSELY)) for problem, form in _PROBLEMS)
    return next((problem for problem, form in forms if form.fullmatch(folded)), "")


COUNT = re.compile(r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.0+)?\s*[件名行回]?")
"""A folded number of rows, as a total row gives it."""

_TOTAL = r"(?:総?合計|小計|総計|集計|計|(?:grand|sub)?total):?(?:[0-9][0-9,]*[件名行回]?)?"
TOTAL_BEGINS = "合小総集計tTgGsS"  # of a million ids most need no look at the pattern
_BEGINS = ("合計", "総", "小計", "集計", "計", "total", "grand", "sub")
_SUBTOTAL = (" 集計", " 小計")  # Excel's own subtotals: `S001 集計`


def is_total(text: str) -> bool:
    """Return whether a folded cell says total: 合計, 合 計, 集計, `合計:60件`, `S001 集計`."""
    if text[:1] in TOTAL_BEGINS:
        word = text.replace(" ", "").lower()
        if word.startswith(_BEGINS) and re.fullmatch(_TOTAL, word):
            return True
    return text.endswith(_SUBTOTAL)
