"""How the tables of an export are shaped, where a line is not a row: as the settings declare it."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from msgspec import Struct
from pydantic import Field

from kpicli.base.problems import Problem, misnamed, problem
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.problems import no_column
from kpicli.catalog.sources.source import Source
from kpicli.values.folding import header_key

SomeNames = Annotated[Names, Field(min_length=1)]


class Unpivot(Definition):
    """`unpivot`: a row for each filled cell of several columns, such as those of months.

    `columns` are headers, `*` standing for any text, or `{name}` for the text that is the name;
    `name` and `value` are the columns of the source that the header and the cell make.
    """

    columns: SomeNames
    name: str
    value: str


class Explode(Definition):
    """`explode`: a row for each line of a table in a record, as kintone writes them.

    `parent` are the columns of the record, which stand in its first line alone; `line` is the
    column of the source that the number of the line in its record makes.
    """

    parent: SomeNames
    line: str | None = None


class Shape(Struct, frozen=True):
    """What makes rows of the lines of a file; columns go by the source's names.

    `filled` are the columns whose blank cells take the value above, `parents` those whose blank
    cells take that of the record's first line; None where no line belongs to a record.
    """

    unpivot: Unpivot | None = None
    filled: tuple[str, ...] = ()
    parents: tuple[str, ...] | None = None
    line: str | None = None

    @property
    def made(self) -> tuple[str, ...]:
        """Return the columns that stand in no header."""
        made = () if self.unpivot is None else (self.unpivot.name, self.unpivot.value)
        return made if self.line is None else (self.line, *made)

    @property
    def taken(self) -> tuple[str, ...]:
        """Return the columns whose blank cells take a value from above."""
        return (*self.filled, *(self.parents or ()))


class Shaped(Definition):
    """The part of an entry that says what a row of its files is; `headers` are its spellings."""

    headers: dict[str, Names] = Field(default_factory=dict)
    unpivot: Unpivot | None = None
    fill_down: Names = ()
    explode: Explode | None = None

    def shape(self, source: Source) -> Shape | None:
        """Return what makes rows of lines, None where each line is a row.

        `shape_problems` has found nothing wrong.
        """
        if self.unpivot is None and not self.fill_down and self.explode is None:
            return None
        filled = self._columns(source, self.fill_down)
        if self.explode is None:
            return Shape(self.unpivot, filled)
        parents = self._columns(source, self.explode.parent)
        return Shape(self.unpivot, filled, parents, self.explode.line)

    def shape_problems(self, source: Source, path: str) -> Iterator[Problem]:
        """Yield what is wrong with the shape of an entry at `path`."""
        made = dict(self._made())
        for key, name in made.items():
            if name not in source.columns:
                yield no_column(f"{path}.{key}", source.id, name, source.columns)
        if len(set(made.values())) < len(made):
            listed = ", ".join(made)
            ja, en = f"{listed} には別々の列を書いてください", f"{listed} are columns of their own"
            yield problem(path, ja, en)
        for pattern in () if self.unpivot is None else self.unpivot.columns:
            if pattern.count("{name}") > 1 or not pattern.strip():
                yield problem(
                    f"{path}.unpivot.columns",
                    f"{{name}} を多くても一つ含む見出しを書いてください({pattern!r} は違います)",
                    f"a header with one {{name}} at most, no {pattern!r}",
                )
        parents = () if self.explode is None else self.explode.parent
        for key, headers in (("fill_down", self.fill_down), ("explode.parent", parents)):
            yield from self._unknown(source, headers, f"{path}.{key}", made.values())
        both = set(self._columns(source, self.fill_down)) & set(self._columns(source, parents))
        for name in sorted(both):
            ja, en = f"「{name}」はすでに親の列です", f"{name!r} is a parent already"
            yield problem(f"{path}.fill_down", ja, en)

    def _made(self) -> Iterator[tuple[str, str]]:
        if self.unpivot is not None:
            yield "unpivot.name", self.unpivot.name
            yield "unpivot.value", self.unpivot.value
        if self.explode is not None and self.explode.line is not None:
            yield "explode.line", self.explode.line

    def _unknown(
        self, source: Source, headers: Sequence[str], path: str, made: Iterable[str]
    ) -> Iterator[Problem]:
        known = [spelling for column in source.columns.values() for spelling in column.headers]
        for header in headers:
            names = self._named(source, header)
            if not names:
                ja, en = f"「{header}」という列はありません", f"no column {header!r}"
                yield misnamed(path, ja, en, header, known)
            elif set(names) & set(made):
                yield problem(
                    path,
                    f"「{header}」は作る列で、ファイルの列としてはありません",
                    f"{header!r} is made, and stands in no column of the files",
                )

    def _columns(self, source: Source, headers: Sequence[str]) -> tuple[str, ...]:
        names = (name for header in headers for name in self._named(source, header))
        return tuple(dict.fromkeys(names))

    def _named(self, source: Source, header: str) -> tuple[str, ...]:
        """Return the columns of a name or of a header, one of the entry's own spellings too."""
        if header in source.columns:
            return (header,)
        key = header_key(header)
        own = (name for name, spelled in self.headers.items() if key in map(header_key, spelled))
        return tuple(dict.fromkeys((*source.spellings.get(key, ()), *own)))
