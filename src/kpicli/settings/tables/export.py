"""An entry under `[exports]`: the files of a source, and how they are read."""

from datetime import date
from pathlib import PurePath
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from pydantic.json_schema import JsonSchemaValue

from kpicli.base.folders import in_zip
from kpicli.base.problems import invalid
from kpicli.catalog.declared import Names
from kpicli.catalog.sources.source import Source
from kpicli.catalog.texts import Before, or_text
from kpicli.settings.tables.shapes import Shaped
from kpicli.values.dates import YEARS

Width = Annotated[int, Field(ge=1, le=64)]
"""A number of digits."""


def _constant(raw: object) -> object:
    """Return a constant as the cell of a text file."""
    if isinstance(raw, (int, float)) and not isinstance(raw, bool):
        return str(raw)
    return raw.isoformat() if isinstance(raw, date) else raw


def _constant_written(text: JsonSchemaValue) -> JsonSchemaValue:
    return {"anyOf": [text, {"type": "number"}]}


Constant = Annotated[str, Before(_constant, _constant_written)]


class Export(Shaped):
    """One entry under `[exports]`: the files of a source and how to read them.

    `covers` is the span whose rows the files hold in full; without it the coverage is taken from
    the base dates. `{covers}` in the name of `files` or of a `sheet` stands for the span of each of
    them; a `sheet` may be several, or a pattern.
    `headers` adds spellings per column, `synonyms` per column and value.
    `holds` names the only values of a code column that the files hold: where parallel exports share
    out a source, each then answers for the coverage of its own values. `absent` names columns that
    the export does not know, required ones too: they are blank where no file has them, and where it
    repeats rows of another, its blanks there overwrite nothing. `constants` are the cells of
    columns that it does not have, each the same in all of its rows.
    `id_width` is the number of digits of ids, of those in the key or per column: ids of digits
    alone that Excel has robbed of leading zeros get them back.
    An export of a register was written on the day `as_of`; where rows that have ended stay in it
    (`keeps_ended`), it answers for the days before, too.
    `blanks` are words by which cells of any column say that there is nothing. `serials` is the year
    from which five digits in a date column count, for files that cannot say it themselves.
    `unpivot`, `fill_down` and `explode` make rows where a line is none (`shapes`).
    """

    files: Annotated[Names, Field(min_length=1)]
    covers: str | None = None
    encoding: str | None = None
    sheet: str | Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    synonyms: dict[str, dict[str, Names]] = {}
    holds: dict[str, Names] = {}
    absent: Names = ()
    constants: dict[str, Constant] = {}
    blanks: Names = ()
    serials: Literal[1900, 1904] | None = None
    id_width: Width | dict[str, Width] = {}
    as_of: date | None = None
    keeps_ended: bool = False

    @model_validator(mode="after")
    def _periods_stand_in_names(self) -> Self:
        for pattern in self.files:
            if "{covers}" in pattern and (
                pattern.count("{covers}") > 1
                or not any("{covers}" in PurePath(each).name for each in in_zip(pattern))
                or "://" in pattern
            ):
                raise invalid(
                    f"{{covers}} はファイル名の中に一度だけ書きます: {pattern}",
                    f"{{covers}} stands once, in the name of a file: {pattern}",
                    "files",
                )
        named = (*self.files, *(sheet for sheet in self.sheets if sheet is not None))
        if self.covers is not None and any("{covers}" in name for name in named):
            raise invalid(
                "含む期間は、ファイルやシートの名前が示しています",
                "the names of the files or sheets say what they cover",
                "covers",
            )
        return self

    @property
    def sheets(self) -> tuple[str | None, ...]:
        """Return the sheets to read; None: the one that fits."""
        return self.sheet if isinstance(self.sheet, tuple) else (self.sheet,)

    @property
    def state(self) -> tuple[date, date] | None:
        """Return the days for which an export of a register answers; None where nothing says."""
        if self.as_of is None:
            return None
        return (date(YEARS.start, 1, 1) if self.keeps_ended else self.as_of, self.as_of)

    def widths(self, source: Source) -> dict[str, int]:
        """Return the digits of ids per column; one number is that of the ids in the key."""
        if isinstance(self.id_width, dict):
            return self.id_width
        ids = (name for name in source.key if source.columns[name].type == "id")
        return dict.fromkeys(ids, self.id_width)


def _exports(raw: object) -> object:
    entries = raw if isinstance(raw, list) else [raw]
    return [{"files": entry} if isinstance(entry, str) else entry for entry in entries]


def _exports_written(entries: JsonSchemaValue) -> JsonSchemaValue:
    entry = or_text(entries["items"])
    return {"anyOf": [*entry["anyOf"], {"type": "array", "items": entry}]}


Exports = Annotated[tuple[Export, ...], Before(_exports, _exports_written)]
"""The entries of one source: a table, a path alone, or a list of both."""
