"""How the tables of an export are shaped, where a line is not a row: as the settings declare it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from msgspec import Struct
from pydantic import Field

from kpicli.base.wording import nearest
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.sources import Source
from kpicli.values.folding import header_key


class Unpivot(Definition):
    """`unpivot`: a row for each filled cell of several columns, such as those of months.

    `columns` are headers, `*` standing for any text, or `{name}` for the text that is the name;
    `name` and `value` are the columns of the source that the header and the cell make.
    """

    columns: Annotated[Names, Field(min_length=1)]
    name: str
    value: str


class Shape(Struct, frozen=True):
    """What makes rows of the lines of a file; columns go by the source's names.

    `filled` are the columns whose blank cells take the value above.
    """

    unpivot: Unpivot | None = None
    filled: tuple[str, ...] = ()

    @property
    def made(self) -> tuple[str, ...]:
        """Return the columns that stand in no header."""
        return () if self.unpivot is None else (self.unpivot.name, self.unpivot.value)


def shape_of(
    source: Source,
    headers: Mapping[str, Sequence[str]],
    unpivot: Unpivot | None,
    fill_down: Sequence[str],
) -> Shape | None:
    """Return the shape that an entry declares, None where a line is a row.

    `headers` are the entry's own spellings; `shape_problems` has found nothing wrong.
    """
    if unpivot is None and not fill_down:
        return None
    filled = (name for header in fill_down for name in _named(source, headers, header))
    return Shape(unpivot, tuple(filled))


def shape_problems(
    path: str,
    source: Source,
    headers: Mapping[str, Sequence[str]],
    unpivot: Unpivot | None,
    fill_down: Sequence[str],
) -> Iterator[str]:
    """Yield what is wrong with the shape of an entry at `path`."""
    made: list[str] = []
    if unpivot is not None:
        made = [unpivot.name, unpivot.value]
        if unpivot.name == unpivot.value:
            yield f"{path}.unpivot: `name` and `value` are two columns"
        for word, name in (("name", unpivot.name), ("value", unpivot.value)):
            if name not in source.columns:
                near = nearest(name, source.columns)
                yield f"{path}.unpivot.{word}: no column {name!r}{near}"
        for pattern in unpivot.columns:
            if pattern.count("{name}") > 1 or not pattern.strip():
                yield f"{path}.unpivot.columns: a header with one {{name}} at most, no {pattern!r}"
    known = [spelling for column in source.columns.values() for spelling in column.headers]
    for header in fill_down:
        names = _named(source, headers, header)
        if not names:
            yield f"{path}.fill_down: no column {header!r}{nearest(header, known)}"
        elif set(names) & set(made):
            yield f"{path}.fill_down: {header!r} is made by unpivot, and stands in no column"


def _named(source: Source, headers: Mapping[str, Sequence[str]], header: str) -> tuple[str, ...]:
    """Return the columns of a name or of a header, one of the entry's own spellings too."""
    if header in source.columns:
        return (header,)
    key = header_key(header)
    own = (name for name, spelled in headers.items() if key in map(header_key, spelled))
    return tuple(dict.fromkeys((*source.spellings.get(key, ()), *own)))
