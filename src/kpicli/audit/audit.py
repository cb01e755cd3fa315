"""The audit of a file: every relation of its tables, those that fail, and what would mend them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from kpicli.audit.corrections import Correction, find_corrections
from kpicli.audit.files.read_tables import read_tables
from kpicli.audit.judging.find_relations import find_relations
from kpicli.audit.layout.blocks import find_blocks
from kpicli.audit.layout.lines import Block
from kpicli.audit.own_columns import KnownKpis, is_own, own_labels, own_relations
from kpicli.audit.relations import Kind, Relation, Verdict
from kpicli.audit.table import Spot, Table


class Finding(Struct, frozen=True):
    """A relation that does not plainly agree."""

    relation: Relation
    verdict: Verdict


class SheetAudit(Struct, frozen=True, dict=True):
    """What one table came to.

    `checked` counts the relations that could be decided, by kind; those left `open` by a blank are
    among the findings alone. `corrections` are all the changes of one cell that mend everything.
    """

    table: Table
    checked: Mapping[Kind, int]
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...]
    rows: Mapping[int, str]
    columns: Mapping[tuple[int, int], str]

    def of(self, verdict: Verdict) -> tuple[Finding, ...]:
        """Return the findings of one verdict."""
        return tuple(finding for finding in self.findings if finding.verdict == verdict)

    @cached_property
    def _times(self) -> Mapping[Spot, int]:
        wrong = (finding.relation for finding in self.of("wrong"))
        return Counter(spot for r in wrong for spot in {term.spot for term in r.terms})

    def named(self) -> tuple[Spot, ...]:
        """Return every number that stands in a relation that is wrong, those in most of them first.

        One of each such relation cannot be right.
        """
        return tuple(sorted(self._times, key=lambda spot: (-self._times[spot], spot)))

    def times(self, spot: Spot) -> int:
        """Return how many wrong relations a number stands in."""
        return self._times.get(spot, 0)

    def label(self, spot: Spot) -> str:
        """Return what row and column are called."""
        column = self.columns.get((spot.row, spot.column), "")
        return " / ".join(filter(None, (self.rows.get(spot.row, ""), column)))


class Audit(Struct, frozen=True):
    """A file's tables as audited."""

    file: str
    sheets: tuple[SheetAudit, ...]

    @property
    def checked(self) -> int:
        """Return how many relations were decided."""
        return sum(sum(sheet.checked.values()) for sheet in self.sheets)

    @property
    def wrong(self) -> int:
        """Return how many relations cannot be."""
        return sum(len(sheet.of("wrong")) for sheet in self.sheets)


def audit_file(path: Path, known_kpis: KnownKpis = dict) -> Audit:
    """Return the audit of a csv, tsv or xlsx file.

    `known_kpis` tells the known_kpis of KPIs where the table has kpicli's own columns. Raises
    `InputError` where the file cannot be read.
    """
    tables = read_tables(path)
    return Audit(str(path), tuple(audit_table(table, known_kpis) for table in tables))


def audit_table(table: Table, known_kpis: KnownKpis = dict) -> SheetAudit:
    """Return the audit of one table."""
    if is_own(table):
        relations = list(_distinct(own_relations(table, known_kpis)))
        rows = own_labels(table)
        names = enumerate(table.rows[0], 1)
        columns = {(row, column): name for column, name in names for row in rows}
    else:
        blocks = list(find_blocks(table))
        found = (relation for block in blocks for relation in find_relations(block))
        relations = list(_distinct(found))
        rows = {line.number: line.label for block in blocks for line in block.rows}
        columns = dict(_column_labels(blocks))
    checked: dict[Kind, int] = {}
    findings: list[Finding] = []
    for relation in relations:
        verdict = relation.verdict({})
        if verdict != "open":
            checked[relation.kind] = checked.get(relation.kind, 0) + 1
        if verdict != "agrees":
            findings.append(Finding(relation, verdict))
    return SheetAudit(table, checked, tuple(findings), find_corrections(relations), rows, columns)


def _column_labels(blocks: Iterable[Block]) -> Iterator[tuple[tuple[int, int], str]]:
    for block in blocks:
        for row in block.rows:
            for column in block.columns:
                yield (row.number, column.number + row.shift), column.label


def _distinct(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Yield each relation once, though two labels may promise it."""
    seen: set[tuple[Spot, frozenset[Spot]]] = set()
    for relation in relations:
        key = (relation.result.spot, frozenset(term.spot for term in relation.terms))
        if key not in seen:
            seen.add(key)
            yield relation
