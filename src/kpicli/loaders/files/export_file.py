"""One file of an export, its bytes not read yet."""

from collections.abc import Mapping

from msgspec import Struct

from kpicli.loaders.files.content import Content


class ExportFile(Struct, frozen=True):
    """One file of an export, as the settings describe it.

    `path` is absolute (of a URL, what no other file has), `label` is the path or URL as given, for
    messages and for the Summary.
    `headers` adds header spellings for this file. `covers` is the period in its name, where the
    settings say that one stands there.
    """

    path: str
    label: str
    content: Content
    encoding: str | None = None
    sheet: str | None = None
    headers: Mapping[str, tuple[str, ...]] | None = None
    covers: str = ""
