"""The output formats: one file each, which declares its `FORMAT`. No other list names them.

Answer, Options -> render -> <format> -> text, or bytes where it is binary

Whatever names the formats (help, suffixes, attachments) imports all of these files, so that none
imports what is slow to load before it renders.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from kpicli.base.errors import UnknownName
from kpicli.base.wording import Text
from kpicli.output.interface import Answer, Format, Options, Rendered

__all__ = ["FILE_FORMATS", "FORMATS", "SUFFIXES", "Format", "Options", "render"]


def _declared() -> Iterator[Format]:
    for module in iter_modules(__path__):
        declared: Format = import_module(f"{__name__}.{module.name}").FORMAT
        yield declared


def _order(each: Format) -> tuple[bool, bool, str]:
    return each.binary, not each.fits_width, each.name


FORMATS: Mapping[str, Format] = MappingProxyType(
    {each.name: each for each in sorted(_declared(), key=_order)}
)
"""Every format by its name: those laid out for a screen first, binary ones last."""

SUFFIXES: Mapping[str, str] = MappingProxyType(
    {suffix: each.name for each in FORMATS.values() for suffix in each.suffixes}
)
"""Which format a file's suffix (in lower case, with its dot) asks for."""


FILE_FORMATS = tuple(each.name for each in FORMATS.values() if each.suffixes)
"""The formats that files have; the others are for a screen alone."""


def render(name: str, answer: Answer, options: Options) -> Rendered:
    """Return the answer in the format `name`.

    Raises UnknownName, whose hint lists the formats, where there is none of that name.
    """
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UnknownName(
            Text(f"その出力形式はありません: {name}", f"there is no such format: {name}"),
            Text(f"次から選んでください: {known}", f"choose one of: {known}"),
        )
    return FORMATS[name].render(answer, options)
