"""The XML of a sheet as rows of cells, by the calls that a parser makes for its tags and texts.

No tree is built: that takes twice the time. What a path would find in it is found: of the elements
of a cell the first of each name counts, and of an element the text before its first child.
"""

from collections.abc import Callable, Mapping
from enum import IntEnum, auto
from typing import Final

from kpicli.loaders.workbook.manifest import MAIN


class XmlCell:
    """A cell as written: its attributes, the text of `v`, the texts in `is`, whether it has `f`."""

    __slots__ = ("attributes", "formula", "has_inline", "own_text", "run_texts", "value")

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.attributes = attributes
        self.value: list[str] | None = None
        self.own_text: list[str] | None = None
        self.run_texts: list[str] = []
        self.formula = self.has_inline = False

    @property
    def inline(self) -> str | None:
        """Return the text that stands in the cell, phonetic readings left out; None for none."""
        return "".join((*(self.own_text or ()), *self.run_texts)) if self.has_inline else None


class XmlRow:
    """A row as written: its attributes, and its cells in their order."""

    __slots__ = ("attributes", "cells")

    def __init__(self, attributes: Mapping[str, str]) -> None:
        self.attributes = attributes
        self.cells: list[XmlCell] = []


class _In(IntEnum):
    """The element whose content is being read."""

    OTHER = auto()
    ROW = auto()
    CELL = auto()
    VALUE = auto()
    FORMULA = auto()
    INLINE = auto()
    OWN_TEXT = auto()
    RUN = auto()
    READ_RUN = auto()
    RUN_TEXT = auto()
    MERGE = auto()


def _inside(**children: _In) -> dict[str, _In]:
    """Return what begins with a tag; rows and merged ranges are read wherever they stand."""
    own = {"row": _In.ROW, "mergeCell": _In.MERGE, **children}
    return {f"{MAIN[1:]}{name}": element for name, element in own.items()}


_OTHER, _ROW, _CELL, _VALUE = _In.OTHER, _In.ROW, _In.CELL, _In.VALUE
"""Looked up once: of Python 3.11 an Enum finds a member more slowly than a call here takes."""

_CHILDREN: Final = {
    **dict.fromkeys(_In, _inside()),
    _In.ROW: _inside(c=_In.CELL),
    _In.CELL: _inside(v=_In.VALUE, f=_In.FORMULA) | {f"{MAIN[1:]}is": _In.INLINE},
    _In.INLINE: _inside(t=_In.OWN_TEXT, r=_In.RUN),
    _In.RUN: _inside(t=_In.RUN_TEXT),
}


class SheetHandlers:
    """Handlers that give each row to `take` as it ends, and each merged range to `merge`.

    Of a row within a row (which no program writes) the inner one ends first.
    """

    def __init__(self, take: Callable[[XmlRow], None], merge: Callable[[str], None]) -> None:
        self._take, self._merge = take, merge
        self._element, self._outer = _OTHER, [_OTHER]
        self._row, self._rows = XmlRow({}), [XmlRow({})]
        self._cell, self._cells = XmlCell({}), [XmlCell({})]
        self._text: list[str] | None = None
        self.taken = False
        """Whether a row has ended since this was unset."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Begin an element; tags of a namespace come as `uri}name`."""
        outer = self._element
        element = _CHILDREN[outer].get(tag, _OTHER)
        self._text = None  # what follows a child is not its parent's text
        if element is _CELL:
            self._cell = XmlCell(attributes)
            self._row.cells.append(self._cell)
        elif element is _VALUE:
            if self._cell.value is None:
                self._cell.value = self._text = []
        elif element is _ROW:
            self._rows.append(self._row)
            self._cells.append(self._cell)
            self._row = XmlRow(attributes)
        elif element is not _OTHER:
            element, outer = self._start_rarer(element, outer, attributes)
        self._outer.append(outer)
        self._element = element

    def _start_rarer(
        self, element: _In, outer: _In, attributes: Mapping[str, str]
    ) -> tuple[_In, _In]:
        cell = self._cell
        if element is _In.FORMULA:
            cell.formula = True
        elif element is _In.INLINE:
            if cell.has_inline:
                return _OTHER, outer
            cell.has_inline = True
        elif element is _In.OWN_TEXT:
            if cell.own_text is None:
                cell.own_text = self._text = []
        elif element is _In.RUN_TEXT:
            self._text = cell.run_texts
            return element, _In.READ_RUN  # the first text of a run counts
        elif element is _In.MERGE:
            self._merge(attributes.get("ref", ""))
        return element, outer

    def end(self, _: str) -> None:
        """End the element that began last."""
        self._text = None
        if self._element is _ROW:
            row, self._row, self._cell = self._row, self._rows.pop(), self._cells.pop()
            self._take(row)
            self.taken = True
        self._element = self._outer.pop()

    def data(self, text: str) -> None:
        """Take in a part of a text."""
        if self._text is not None:
            self._text.append(text)
