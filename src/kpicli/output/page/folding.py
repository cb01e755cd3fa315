"""Text laid out in terminal cells: folded and padded by East Asian width, never cut."""

from msgspec import Struct
from rich.cells import cell_len, chop_cells

_OPENING = frozenset("(（「『【〈《")
_CLOSING = frozenset("、。，．,.)]）］」』】〉》・ー")


class Room(Struct, frozen=True):
    """What a column wants (`natural`) and what it can be squeezed to (`least`), in cells."""

    natural: int
    least: int


def fold(text: str, width: int, *, fill: bool = False) -> list[str]:
    """Return `text` as lines of at most `width` cells (2 at least), broken at spaces.

    Inside a word it breaks only where the word alone is wider, or (with `fill`, for Japanese
    prose) wider than half a line and not of narrow characters alone, as English words are. Only
    the spaces at breaks go.
    """
    width = max(width, 2)
    line, *words = text.split(" ")
    *lines, line = chopped(line, width)
    for word in words:
        longer = f"{line} {word}"
        if cell_len(longer) <= width or (fill and _may_fill(word, width)):
            *whole, line = chopped(longer, width)
        else:
            lines.append(line)
            *whole, line = chopped(word, width)
        lines.extend(whole)
    return [*lines, line]


def _may_fill(word: str, width: int) -> bool:
    return len(word) < cell_len(word) > width // 2


def fold_line(line: str, width: int) -> list[str]:
    """Return a line folded into `width` cells; what follows stands two deeper than its indent."""
    indent = " " * (len(line) - len(line.lstrip(" ")))
    first, *rest = fold(line.lstrip(" "), width - len(indent) - 2, fill=True)
    return [f"{indent}{first}", *(f"{indent}  {part}" for part in rest)]


def chopped(word: str, width: int) -> list[str]:
    """Return `word` in pieces of at most `width` cells (2 at least), one at least.

    A closing mark does not begin a piece and an opening one does not end it, as far as moving one
    or two characters down can help.
    """
    pieces = []
    while cell_len(word) > width:
        end = len(chop_cells(word, width)[0])
        good = (at for at in (end, end - 1, end - 2) if at > 0 and _may_break(word, at))
        end = next(good, end)
        pieces.append(word[:end])
        word = word[end:]
    return [*pieces, word]


def _may_break(word: str, at: int) -> bool:
    return word[at] not in _CLOSING and word[at - 1] not in _OPENING


def longest_word(text: str) -> int:
    """Return the width of the widest word in `text`."""
    return max(cell_len(word) for word in text.split(" "))


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Return `text` filled with spaces to `width` cells, on its left where it stands `right`."""
    fill = " " * (width - cell_len(text))
    return fill + text if right else text + fill


def fit(rooms: list[Room], width: int) -> list[int] | None:
    """Return a width for each column so that their sum is at most `width`.

    The first columns give way first. None where even the least widths are too many.
    """
    widths = [room.natural for room in rooms]
    for index, room in enumerate(rooms):
        excess = sum(widths) - width
        if excess > 0:
            widths[index] = max(room.least, widths[index] - excess)
    return widths if sum(widths) <= width else None
