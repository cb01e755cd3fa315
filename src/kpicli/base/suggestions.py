"""Names that do not exist, and the nearest that do."""

from collections.abc import Iterable, Sequence

from kpicli.base.wording import Text

_STEM, _STEM_OF_KANJI = 4, 2
"""So many letters of a name may stand for the whole (`elderly` for `elderly_cases`)."""


def nearest(name: str, names: Iterable[str]) -> str:
    """Return ` (did you mean …?)` with the likeliest of `names`, or what there is."""
    return f" ({suggestion(name, names).en})"


def suggestion(name: str, names: Iterable[str]) -> Text:
    """Return the likeliest of `names` as a question, or what there is."""
    names = list(names)
    near = nearest_of(name, names)
    if near is not None:
        return Text(f"「{near}」のことですか", f"did you mean {near!r}?")
    listed = ", ".join(names)
    return Text(f"使えるもの: {listed}", f"there are: {listed}")


def nearest_of(name: str, names: Sequence[str]) -> str | None:
    """Return the one of `names` that is near enough to be a slip of `name`; None where none is.

    Near are one slip in three letters, and one at least: `mode` is no `mean`, nor is `max`. So is
    a name of which one is the beginning of the other.
    """
    slips = max(1, len(name) // 3)
    distances = [(_distance(name, other, slips), other) for other in names]
    near = min((own for own in distances if own[0] <= slips), default=None, key=lambda own: own[0])
    if near is not None:
        return near[1]
    return min((own for own in names if _is_begun(name, own)), key=len, default=None)


def _is_begun(name: str, other: str) -> bool:
    stem = min(name, other, key=len)
    long = len(stem) >= (_STEM if stem.isascii() else _STEM_OF_KANJI)
    return long and (name.startswith(other) or other.startswith(name))


def _distance(name: str, other: str, most: int) -> int:
    """Return how many letters have to be added, taken out, replaced or swapped with the next.

    Beyond `most` the number is only known to be higher.
    """
    if abs(len(name) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(name, 1):
        current = [row]
        for column, its in enumerate(other, 1):
            steps = [above[column] + 1, current[-1] + 1, above[column - 1] + (letter != its)]
            swapped = row > 1 and column > 1 and (letter, name[row - 2]) == (other[column - 2], its)
            current.append(min(*steps, before[column - 2] + 1) if swapped else min(steps))
        before, above = above, current
    return above[-1]
