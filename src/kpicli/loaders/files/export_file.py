"""One file of an export, its bytes not read yet."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.loaders.files.content import Content

if TYPE_CHECKING:
    from kpicli.settings.tables.shapes import Shape


class ExportFile(Struct, frozen=True):
    """One file of an export, as the settings describe it.

    `path` is absolute (of a URL, what no other file has), `label` is the path or URL as given, for
    messages and for the Summary.
    `headers` adds header spellings for this file. `covers` is the period in its name, where the
    settings say that one stands there. Where a line of it is not a row, its `shape` says what is.
    `constants` are cells of columns that it lacks.
    """

    path: str
    label: str
    content: Content
    encoding: str | None = None
    sheet: str | None = None
    headers: Mapping[str, tuple[str, ...]] | None = None
    covers: str = ""
    shape: "Shape | None" = None
    constants: Mapping[str, str] = {}

    def is_read_as(self, other: "ExportFile") -> bool:
        """Return whether rows of one are those of the other, where the content is the same.

        They are not where another sheet is read, or where constants give a column another value.
        """
        ours, theirs = self.constants, other.constants
        return self.sheet == other.sheet and all(
            theirs.get(name, cell) == cell for name, cell in ours.items()
        )
