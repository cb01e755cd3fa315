"""A table of a report, laid out: cells with their tones and badges, rows, columns."""

from msgspec import Struct

from kpicli.base.wording import Language
from kpicli.model.judgements import TargetStatus
from kpicli.report import labels


class Badge(Struct, frozen=True):
    """How a target stands: its sign and word, and the status by which it is coloured."""

    word: str
    status: TargetStatus


class Cell(Struct, frozen=True):
    """A cell: its text, whether the change in it is `good` or `bad`, and badges behind the text."""

    text: str = ""
    tone: str = ""
    badges: tuple[Badge, ...] = ()

    @property
    def shown(self) -> str:
        """Return all of it as one text."""
        return " ".join(filter(None, (self.text, *(badge.word for badge in self.badges))))


class Column(Struct, frozen=True):
    """A column beside the names: what it holds, its heading, and whether it holds numbers."""

    key: str
    name: str
    number: bool = True


class Row(Struct, frozen=True):
    """A line: how deep it stands, its name, the number of its footnote (0 for none), its cells."""

    depth: int
    name: str
    cells: tuple[Cell, ...]
    note: int = 0
    doubtful: bool = False


class Table(Struct, frozen=True):
    """A table; `kind` is that of the directive that it is laid out for.

    The caption names it to those who do not see what stands around it; a remark is for everybody.
    """

    kind: str
    caption: str
    item: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    remark: str = ""


def badge(status: TargetStatus, language: Language) -> Badge:
    """Return the badge of a target: `○ 達成`, `× 未達`, `… 途中`."""
    return Badge(labels.BADGES[status].in_language(language), status)
