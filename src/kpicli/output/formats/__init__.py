"""The output formats: name to function, each imported only when it is used."""

from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType
from typing import cast

from kpicli.base.errors import UnknownName
from kpicli.base.wording import Text
from kpicli.output.interface import Options, Rendered, Renderer

__all__ = ["FORMATS", "SUFFIXES", "Options", "Rendered", "Renderer", "renderer"]

FORMATS: Mapping[str, str] = MappingProxyType(
    {
        "table": "kpicli.output.formats.table:render",
        "text": "kpicli.output.formats.text:render",
        "csv": "kpicli.output.formats.csv_format:render_csv",
        "tsv": "kpicli.output.formats.csv_format:render_tsv",
        "json": "kpicli.output.formats.json_format:render",
        "markdown": "kpicli.output.formats.markdown:render",
        "html": "kpicli.output.formats.html:render",
        "xlsx": "kpicli.output.formats.workbook:render",
    }
)
"""Every format's name and where its function is, as "module:function"."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        ".csv": "csv",
        ".tsv": "tsv",
        ".txt": "text",
        ".json": "json",
        ".md": "markdown",
        ".html": "html",
        ".htm": "html",
        ".xlsx": "xlsx",
    }
)
"""Which format a file's suffix (in lower case, with its dot) asks for."""


def renderer(name: str) -> Renderer:
    """Return the renderer of the format `name`, importing it.

    Raises UnknownName, whose hint lists the formats, where there is none of that name.
    """
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UnknownName(
            Text("その出力形式はありません: {name}", "there is no such format: {name}").filled(
                name=name
            ),
            Text("次から選んでください: {known}", "choose one of: {known}").filled(known=known),
        )
    module, function = FORMATS[name].split(":")
    return cast("Renderer", getattr(import_module(module), function))
