"""Values that KPIs ask for and no row has: nothing says that the rows were there to be counted."""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.sources.code_tables import CodeTable
from kpicli.values.folding import fold

if TYPE_CHECKING:
    from kpicli.intake.exports.entry import Spellings
    from kpicli.intake.matching.feed import Feed


class Unheld(Struct, frozen=True):
    """Values of a code column of a source by which `kpis` select their rows, and which none has."""

    source: str
    column: str
    missing: tuple[str, ...]
    kpis: tuple[str, ...]


def unheld_values(
    catalog: Catalog,
    kpis: Iterable[Kpi],
    feeds: "Iterable[Feed]",
    synonyms: "Mapping[tuple[str, str], Spellings]",
) -> tuple[Unheld, ...]:
    """Return the columns whose rows have none of the values by which a KPI selects its own.

    Each once, with all such values. Columns are left out whose values are not known, or may not be
    shown.
    """
    fed: dict[str, list[Feed]] = {}
    for feed in feeds:
        fed.setdefault(feed.source.id, []).append(feed)
    wanted: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for kpi in kpis:
        for column, value in _selected(catalog, kpi):
            wanted.setdefault((kpi.source, column), []).append((value, kpi.id))
    unheld: list[Unheld] = []
    for (source, column), asked in wanted.items():
        held = _held(fed.get(source, []), column, synonyms.get((source, column), {}))
        missing = dict.fromkeys(value for value, _ in asked if value not in held)
        if held and missing:
            names = dict.fromkeys(name for value, name in asked if value in missing)
            unheld.append(Unheld(source, column, tuple(missing), tuple(names)))
    return tuple(unheld)


def _selected(catalog: Catalog, kpi: Kpi) -> Iterator[tuple[str, str]]:
    """Yield the code columns by one value of which a KPI selects its rows, with that value.

    Of several values another may be there, and of several alternatives another may fit.
    """
    if len(kpi.where.alternatives) != 1 or kpi.source not in catalog.source:
        return
    source = catalog.source[kpi.source]
    for test in kpi.where.tests:
        table = catalog.codes_of(source, test.column) if test.column in source.columns else None
        if table is not None and test.operator == "in" and len(test.operands) == 1:
            yield test.column, _canonical(table, str(test.operands[0]))


def _canonical(table: CodeTable, value: str) -> str:
    return table.canonical(value) or fold(value)


def _held(feeds: "Iterable[Feed]", name: str, said: "Spellings") -> frozenset[str]:
    """Return the values that a column has in all tables of its source; none if that is unknown."""
    words = {word: value for value, own in said.items() for word in own}
    held: set[str] = set()
    for feed in feeds:
        match, reader = feed.match(name), feed.declared.readers.get(name)
        table = feed.declared.table(name)
        if match is None or reader is None or table is None or not match.column.values:
            return frozenset()
        private = table.open and not match.column.showable.issuperset(match.column.values)
        if match.column.kind == "several" or private:
            return frozenset()
        numerals = table.numerals[0] if table.numerals else None
        readings = [
            reader.read(word, numerals) for word in match.column.values if word not in words
        ]
        if any(reading.problem is not None for reading in readings):
            return frozenset()  # what is not read may be the value, and puts its figures in doubt
        held.update(reading.value for reading in readings if reading.value is not None)
        held.update(words[word] for word in match.column.values if word in words)
    return frozenset(held)
