"""The declaration of a column of files: its headers and type; and of a key, which names columns."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from kpicli.base.problems import invalid
from kpicli.catalog.declared import Definition, Names
from kpicli.catalog.texts import Before, TextField, or_text
from kpicli.values.fiscal import YearKind, end_of_months, range_between


def _as_key(value: object) -> object:
    return (value,) if isinstance(value, str) and value != "row" else value


Key = Annotated[
    Annotated[tuple[str, ...], Field(min_length=1)] | Literal["row"], Before(_as_key, or_text)
]
"""The name of one column, a list of names, or `"row"`."""

ColumnType = Literal["id", "text", "free_text", "date", "month", "year", "code", "number"]
_MONTHS_OPEN: Mapping[ColumnType, int] = {"date": 0, "month": 1, "year": 12}
"""The types that date a row."""


class Column(Definition):
    """One column of a source.

    `type` says how a cell is read: `id` (text kept to the letter, zeros too), `text`
    (folded), `free_text` (never grouped by, never shown), `date`, `month` or `year` (where no day
    is known), `code` (a value of the code table `codes`) or `number`. A `required` column must be
    in every export of its source; a column that is not required may be absent, and then a KPI that
    needs it has no data.
    `blanks` are words by which its cells say that there is nothing. `order` declares that dates
    may end in their year, and whether the month or the day comes first then; `year` what a year
    with nothing behind it (`2025`) is in a column of years. Numbers that are
    `labelled` may have what they are called behind them (`5:とても満足`). `title` is what
    definitions call it, where that is not its usual header, or in English its name here.
    """

    headers: Annotated[Names, Field(min_length=1)]
    type: ColumnType
    codes: str | None = None
    required: bool = False
    personal: bool = False
    blanks: Names = ()
    order: Literal["mdy", "dmy"] | None = None
    year: YearKind | None = None
    labelled: bool = False
    title: TextField | None = None

    @model_validator(mode="after")
    def _codes_belong_to_code_columns(self) -> Self:
        if (self.type == "code") != (self.codes is not None):
            raise invalid(
                '型が "code" の列はコード表を codes に書き、ほかの型の列は書きません',
                'a column of type "code" names its code table in `codes`, others do not',
            )
        return self

    @model_validator(mode="after")
    def _dates_alone_have_an_order(self) -> Self:
        if self.order is not None and self.type != "date":
            raise invalid(
                'order は型が "date" の列だけに書けます',
                'only a column of type "date" has an `order`',
            )
        if self.year is not None and self.type != "year":
            raise invalid(
                'year は型が "year" の列だけに書けます',
                'only a column of type "year" says what kind of `year` it holds',
            )
        if self.labelled and self.type != "number":
            raise invalid(
                'labelled は型が "number" の列だけに書けます。'
                "コード表なら `5:満足` の 5 を値にします",
                'only a column of type "number" is `labelled`; a code table lists 5 for `5:満足`',
            )
        return self

    @property
    def is_dating(self) -> bool:
        """Return whether its cells are days, months or years."""
        return self.type in _MONTHS_OPEN

    @property
    def months_open(self) -> int:
        """Return how many months its cells leave open: 1 or 12, 0 where they are days or no dates.

        A value is the first day of them.
        """
        return _MONTHS_OPEN.get(self.type, 0)

    def written(self, value: object) -> str:
        """Return a value that was read from its cells as text: a month is 2025-04.

        A year is named by its months, as it may be fiscal or not: 2024-04..2025-03.
        """
        if isinstance(value, Decimal):
            return format(value, "f")
        if not isinstance(value, date):
            return str(value)
        if self.type == "year":
            return range_between(value, end_of_months(value, 12)).name
        return value.strftime("%Y-%m" if self.type == "month" else "%Y-%m-%d")


def columns_apart(columns: Mapping[str, object]) -> dict[str, object]:
    """Return the columns of a source as they are written, the derived ones apart.

    A `copy` is a column of files, too, read once more under the headers of the other. The boxes of
    `options` are columns by the names of their headers.
    """
    own: dict[str, object] = {}
    derived: dict[str, object] = {}
    for name, spec in columns.items():
        made = spec.get("from") if isinstance(spec, dict) else None
        if not isinstance(spec, dict) or made is None:
            own[name] = spec
        elif isinstance(made, dict) and "copy" in made:
            own[name] = _copied(name, spec, made, columns)
        else:
            derived[name] = {"headers": (name,), **spec}
            boxes = made.get("options") if isinstance(made, dict) else None
            for header in boxes.values() if isinstance(boxes, dict) else ():
                own.setdefault(str(header), {"headers": (header,), "type": "text"})
    return {"columns": own, "derived": derived}


def _copied(
    name: str,
    spec: Mapping[str, object],
    made: Mapping[str, object],
    columns: Mapping[str, object],
) -> object:
    plain = {key: value for key, value in spec.items() if key != "from"}
    copied = columns.get(str(made["copy"]))
    if not isinstance(copied, dict) or "headers" not in copied or len(made) != 1:
        raise invalid(
            "copy には、ほかの列の名前だけを書きます",
            "`copy` names another column, and stands alone",
            f"columns.{name}.from",
        )
    return {"headers": copied["headers"], **plain}
