"""The kinds of measure, a file each: the declaration of a KPI of the kind, and its recount.

    kpicli.toml ─> <kind>.py ─> Kpi (fields, checks, words, flags) ─> calculators/measures/<kind>.py
                            └─> count(rows): records, `rows` and `diff` count anew by it

A kind is the one subclass of `Kpi` in a module of this folder; `measure: Literal["<kind>"]` gives
its name, and `calculators/measures/<kind>.py` calculates it. There is no other list of kinds.
"""

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Annotated, Union

from pydantic import Field

from kpicli.catalog.kpis.kpi import Kpi


def _declared_in(module: ModuleType) -> type[Kpi]:
    """Return the kind that a module declares; `TypeError` where it is not exactly one."""
    kinds = [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, Kpi) and each.__module__ == module.__name__
    ]
    if len(kinds) != 1:
        raise TypeError(f"{module.__name__} declares {len(kinds)} kinds of measure, not one")
    return kinds[0]


KINDS: Mapping[str, type[Kpi]] = MappingProxyType(
    {
        module.name: _declared_in(import_module(f"{__name__}.{module.name}"))
        for module in pkgutil.iter_modules(__path__)
    }
)
"""Every kind by the name that `measure` gives it, in alphabetical order."""

if TYPE_CHECKING:
    KpiField = Kpi
else:
    _any = Union[tuple(KINDS.values())]  # noqa: UP007 - `|` cannot join what a mapping holds
    KpiField = Annotated[_any, Field(discriminator="measure")]
"""A field that holds a KPI of any kind, told apart by `measure`."""
