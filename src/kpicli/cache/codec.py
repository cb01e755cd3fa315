"""A summary, and what is kept with it, as plain JSON values and back.

A frozen value becomes the list of its fields in their order, a kind of fault its name; a decimal,
a fraction and a date their text. The way back follows the declared types, so that whatever does not
fit them is refused. The cell that a fault was found in is never written down.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Struct

from kpicli.base.errors import InternalError
from kpicli.base.faults import KINDS, Fault, FaultKind
from kpicli.output.interface import Json

Reader = Callable[[Any], Any]
T = TypeVar("T")
_MISFITS = (TypeError, ValueError, LookupError, InternalError, ArithmeticError)


def encoded(value: object) -> Json:
    """Return a summary, or another value of the same plain values, as JSON values.

    The cells of faults are left out. `TypeError` for a value of any other type.
    """
    return _encoded(value)


def decoded(kind: type[T], content: object) -> T:
    """Return the value of a type that JSON values hold; `ValueError` where they hold none."""
    declared: Any = kind
    try:
        value: T = _reader(declared)(content)
    except _MISFITS as error:
        raise ValueError(f"no {kind.__name__}: {error}") from None
    return value


def _encoded(value: Any) -> Json:  # noqa: ANN401 - whatever a summary holds
    match value:
        case FaultKind():
            return value.name
        case StrEnum():
            return value.value
        case None | bool() | int() | str():
            return value
        case Decimal() | Fraction():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return [_encoded(item) for item in value]
        case Mapping():
            return {str(name): _encoded(item) for name, item in value.items()}
    kind: Any = type(value)
    cell = ("value",) if kind is Fault else ()
    return [None if name in cell else _encoded(getattr(value, name)) for name in _names(kind)]


@cache
def _names(kind: Any) -> tuple[str, ...]:  # noqa: ANN401 - any type
    if not issubclass(kind, Struct):
        raise TypeError(f"a {kind.__name__} has no plain form")
    names: tuple[str, ...] = kind.__struct_fields__
    return names


@cache
def _reader(kind: Any) -> Reader:  # noqa: ANN401 - a type, or what typing makes of several
    """Return the function that turns a JSON value into a value of the type, or raises."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _any_of([_reader(member) for member in get_args(kind)])
    if origin is Literal:
        return _one_of({name: name for name in get_args(kind)})
    if origin is tuple:
        return _tuple_of(get_args(kind))
    if origin is not None and issubclass(origin, Mapping):
        return _mapping_of(_reader(get_args(kind)[1]))
    if kind in (str, int, bool, NoneType):
        return _exactly(kind)
    if kind is FaultKind:
        return _one_of(KINDS)
    if kind in (Decimal, Fraction):
        return _text_as(kind)
    if kind is date:
        return _text_as(date.fromisoformat)
    if issubclass(kind, StrEnum):
        return _one_of({member.value: member for member in kind})
    return _fields_of(kind)


def _exactly(kind: type) -> Reader:
    def read(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
        if type(value) is not kind:
            raise TypeError(f"no {kind.__name__}")
        return value

    return read


def _one_of(known: Mapping[str, object]) -> Reader:
    return lambda value: known[value]


def _text_as(parse: Callable[[str], object]) -> Reader:
    return lambda value: parse(_text(value))


def _any_of(choices: Sequence[Reader]) -> Reader:
    def read(value: Any) -> Any:  # noqa: ANN401 - likewise
        for choice in choices:
            try:
                return choice(value)
            except _MISFITS:
                continue
        raise TypeError("of none of the types")

    return read


def _tuple_of(members: tuple[Any, ...]) -> Reader:
    if members[1:] == (...,):
        each = _reader(members[0])
        return lambda value: tuple(each(item) for item in _list(value))
    readers = [_reader(member) for member in members]
    return lambda value: tuple(read(item) for read, item in zip(readers, _list(value), strict=True))


def _mapping_of(each: Reader) -> Reader:
    table = _exactly(dict)
    return lambda value: {name: each(item) for name, item in table(value).items()}


def _fields_of(kind: Any) -> Reader:  # noqa: ANN401 - a Struct
    hints = get_type_hints(kind)
    readers = [_reader(hints[name]) for name in _names(kind)]
    return lambda value: kind(
        *(read(item) for read, item in zip(readers, _list(value), strict=True))
    )


_text, _list = _exactly(str), _exactly(list)
