"""What an answer and an output format are."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.wording import Language, Text

if TYPE_CHECKING:
    from kpicli.output.data.front import Front
    from kpicli.output.data.records import Records, Sheet
    from kpicli.output.page.document import Document

Json = str | int | bool | None | list["Json"] | dict[str, "Json"]
"""What an object in json is made of; numbers that are no integers are text, to the last digit."""

Rendered = str | bytes
"""What a format hands back: text, which is encoded where it is written, or finished bytes."""


class Options(Struct, frozen=True):
    """How to render, whatever the format.

    `width` is the number of terminal cells a line may take (None: the format's own default; most
    formats have no width). `color` permits escape sequences; only `table` writes any. `show_values`
    lets the cell that a fault speaks of be shown. `wide` sets the groups of figures side by side in
    records.
    """

    language: Language = "ja"
    width: int | None = None
    color: bool = False
    show_values: bool = False
    wide: bool = False


class Answer(Struct, frozen=True):
    """What a command answers, in the three shapes that formats are made of.

    `records` are rows under named and typed columns, `document` what a person reads, `content` the
    object that json holds. Each is made when a format asks for it, and all strings are raw: who
    writes them makes them safe. `sheets` follow the records in a workbook; `day` is the date that
    the workbook bears, None where the answer belongs to no day.
    """

    title: Text
    records: "Callable[[Options], Records]"
    document: "Callable[[Options], Document]"
    content: "Callable[[Options], Mapping[str, Json]]"
    schema_version: int = 1
    """Raised when a key or column changes its meaning or goes; a new one does not raise it."""
    sheets: "Callable[[Options], Sequence[Sheet | Front]]" = lambda _: ()
    front: "Callable[[Options], Front] | None" = None
    """What people read first in a workbook; without it the records stand there."""
    table: "Callable[[Options], Records] | None" = None
    """The records as the table of a workbook; by default as they are everywhere."""
    day: date | None = None


class Format(Struct, frozen=True):
    """One output format, as its file in `formats/` declares it.

    `render` computes, sorts and rounds nothing, and reads nothing but its arguments; it returns
    text that ends with a newline, or bytes where the format is `binary`.
    """

    name: str
    media_type: str
    render: Callable[[Answer, Options], Rendered]
    suffixes: tuple[str, ...] = ()
    """Suffixes of its files, in lower case with their dot; the one that files get stands first."""
    binary: bool = False
    byte_order_mark: bool = False
    """Whether a file begins with a byte-order mark, by which Excel knows UTF-8."""
    holds_remarks: bool = False
    """Whether the remarks on a KPI stand beside its figures."""
    fits_width: bool = False
    has_color: bool = False

    def as_file(self, rendered: Rendered) -> bytes:
        """Return what a file of this format holds: text in UTF-8."""
        if isinstance(rendered, bytes):
            return rendered
        return rendered.encode("utf-8-sig" if self.byte_order_mark else "utf-8")
