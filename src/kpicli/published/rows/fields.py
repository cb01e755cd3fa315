"""The fields of a record that hold rows: read from lists of JSON, written as such or as numbers."""

from typing import TYPE_CHECKING, Annotated

from pydantic import (
    Field,
    PlainSerializer,
    SerializationInfo,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from kpicli.base.problems import invalid
from kpicli.base.wording import quantity
from kpicli.published.rows.columns import (
    CELLS_BYTES,
    KEY_BYTES,
    LETTERS,
    WHO_BYTES,
    FigureRows,
    SourceRows,
)

APART = "apart"
"""The context of a dump that has numbers of rows in place of the rows."""

Count = Annotated[int, Field(ge=0, le=2**63 - 1)]
"""A number of something, as columns of numbers can hold it."""


def _source_rows(raw: object, read: ValidatorFunctionWrapHandler) -> SourceRows:
    return raw if isinstance(raw, SourceRows) else SourceRows.of_list(read(raw))


def _figure_rows(
    raw: object, read: ValidatorFunctionWrapHandler, info: ValidationInfo
) -> FigureRows:
    columns = info.data.get("columns", ())
    if isinstance(raw, FigureRows):
        return raw
    rows = read(raw)
    for place, (_, _, values, *_rest) in enumerate(rows):
        if len(values) != len(columns):
            ja = f"{len(columns)} 列に値が {len(values)} あります"
            en = f"{quantity(len(values), 'value')} for"
            raise invalid(ja, f"{en} {len(columns)}", str(place))
    return FigureRows.of_list(rows, len(columns))


def _written_rows(rows: SourceRows | FigureRows, info: SerializationInfo) -> object:
    return len(rows) if info.context == APART else rows.listed()


def _written_states(states: str, info: SerializationInfo) -> object:
    if info.context != APART:
        return states
    return {letter: states.count(letter) for letter in LETTERS if letter in states}


States = Annotated[
    str, Field(pattern=f"^[{LETTERS}]*$"), PlainSerializer(_written_states, when_used="json")
]

if TYPE_CHECKING:
    RowsOfSource = SourceRows
    RowsOfFigures = FigureRows
else:
    _Key, _Cells, _Who = (
        Annotated[str, Field(pattern=rf"^[0-9a-f]{{{2 * size}}}$")]
        for size in (KEY_BYTES, CELLS_BYTES, WHO_BYTES)
    )
    RowsOfSource = Annotated[
        tuple[
            tuple[
                _Key,
                Count,
                _Cells,
            ],
            ...,
        ],
        WrapValidator(_source_rows),
        PlainSerializer(_written_rows),
    ]
    RowsOfFigures = Annotated[
        tuple[
            tuple[
                Count,
                tuple[Count, ...],
                tuple[str | None, ...],
                bool,
                _Who | None,
            ],
            ...,
        ],
        WrapValidator(_figure_rows),
        PlainSerializer(_written_rows),
    ]
