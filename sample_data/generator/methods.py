"""Writing 対応方法: words, synonyms, bare circled numerals, and several of them in a cell."""

from collections.abc import Sequence

from generator.chance import Chance

NUMERALS = {"親族同席": "①", "複数人募集": "②", "複数回募集": "③", "電話確認": "④"}
"""What the numerals mean until 2025-09-30, in their order."""
SHORT: dict[str, Sequence[str]] = {
    "複数人募集": ("複数人",),
    "複数回募集": ("複数回",),
    "電話確認": ("電話",),
    "書面確認": ("書面",),
}
JOINTS = ("・", "、", "/", "+", ";", "\n")


def one_method(chance: Chance, method: str) -> str:
    """Return one method in one of its spellings; all mean the same until 2025-09-30."""
    ways = [method, method, *SHORT.get(method, ())]
    numeral = NUMERALS.get(method)
    if numeral:
        ways += [numeral, numeral, f"{numeral}{method}"]
    return chance.pick(ways)


def several_methods(chance: Chance, first: str, second: str) -> str:
    """Return a cell with two methods, in either order; `first` is the one that counts."""
    pair = [first, second] if chance.below(2) == 0 else [second, first]
    numerals = "".join(NUMERALS[method] for method in pair)
    if chance.below(3) == 0:
        return numerals
    return chance.pick(JOINTS).join(one_method(chance, method) for method in pair)
