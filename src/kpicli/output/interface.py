"""What every output format is: a function from a Summary to text or bytes."""

from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from kpicli.base.wording import Language

if TYPE_CHECKING:
    from kpicli.model.figures import Summary

Rendered = str | bytes
"""What a format hands back: text, which the command line encodes, or finished bytes (xlsx)."""


class Options(Struct, frozen=True):
    """How to render, whatever the format.

    `width` is the number of terminal cells a line may take (None: the format's own default; csv,
    tsv, json, markdown and xlsx have no width). `color` permits escape sequences; only `table`
    writes any. `show_values` lets `json` show the cell a fault speaks of.
    """

    language: Language = "ja"
    width: int | None = None
    color: bool = False
    show_values: bool = False


class Renderer(Protocol):
    """A pure function: it counts, sorts and rounds nothing, and reads nothing but its arguments."""

    def __call__(self, summary: "Summary", options: Options) -> Rendered:
        """Return `summary` in the format; text ends with a newline."""
        ...
