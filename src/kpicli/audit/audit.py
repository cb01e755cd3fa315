"""The audit of a file: every relation of its tables, those that fail, and what would mend them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from kpicli.audit.corrections import Correction, find_corrections
from kpicli.audit.coverage import Names, RowNames, Unchecked, find_unchecked
from kpicli.audit.files.read_tables import read_tables
from kpicli.audit.judging.find_relations import find_relations
from kpicli.audit.layout.blocks import find_blocks
from kpicli.audit.layout.lines import Block
from kpicli.audit.own_columns import KnownKpis, is_own, own_labels, own_relations
from kpicli.audit.relations import Kind, Relation, Verdict
from kpicli.audit.table import Spot, Table

_LONGEST = 60
"""How many characters of a label are shown."""


class Finding(Struct, frozen=True):
    """A relation that does not plainly agree."""

    relation: Relation
    verdict: Verdict


class SheetAudit(Struct, frozen=True, dict=True):
    """What one table came to.

    `checked` counts the relations that could be decided, by kind; those left `open` by a blank are
    among the findings alone. `corrections` are all the changes of one cell that mend everything.
    `unchecked` is what stands in no relation at all.
    """

    table: Table
    checked: Mapping[Kind, int]
    findings: tuple[Finding, ...]
    corrections: tuple[Correction, ...]
    names: Names
    unchecked: Unchecked = Unchecked()

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
        for named in self.names.get(spot.row, ()):
            if spot.column in named.columns:
                return " / ".join(filter(None, (named.label, named.columns[spot.column])))
        return ""


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
    """Return the audit of a file: csv, tsv, xlsx, parquet, html or Markdown.

    `known_kpis` tells what is known of KPIs where the table has kpicli's own columns. Raises
    `InputError` where the file cannot be read.
    """
    tables = read_tables(path)
    return Audit(str(path), tuple(audit_table(table, known_kpis) for table in tables))


def audit_table(table: Table, known_kpis: KnownKpis = dict) -> SheetAudit:
    """Return the audit of one table."""
    if is_own(table):
        relations = list(_distinct(own_relations(table, known_kpis)))
        columns = dict(enumerate(table.rows[0], 1))
        names: Names = {n: (RowNames(text, columns),) for n, text in own_labels(table).items()}
    else:
        blocks = find_blocks(table)
        asserted = (relation for block in blocks for relation in find_relations(block))
        relations = list(_distinct(asserted))
        names = _names(blocks)
    checked: dict[Kind, int] = {}
    findings: list[Finding] = []
    for relation in relations:
        verdict = relation.verdict({})
        if verdict != "open":
            checked[relation.kind] = checked.get(relation.kind, 0) + 1
        if verdict != "agrees":
            findings.append(Finding(relation, verdict))
    return SheetAudit(
        table,
        checked,
        tuple(findings),
        find_corrections(relations),
        names,
        find_unchecked(table, names, relations),
    )


def _names(blocks: Iterable[Block]) -> Names:
    names: dict[int, tuple[RowNames, ...]] = {}
    for block in blocks:
        columns: dict[int, dict[int, str]] = {}
        for row in block.rows:
            if row.shift not in columns:
                labels = ((c.number + row.shift, _short(c.label)) for c in block.columns)
                columns[row.shift] = dict(labels)
            before = names.get(row.number, ())
            names[row.number] = (*before, RowNames(_short(row.label), columns[row.shift]))
    return names


def _short(label: str) -> str:
    """Return a label in one line; a long one is a paragraph that stands over the table."""
    label = " ".join(label.split())
    return label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…"


def _distinct(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Yield each relation once, though two labels may promise it."""
    seen: set[tuple[Spot, frozenset[Spot]]] = set()
    for relation in relations:
        key = (relation.result.spot, frozenset(term.spot for term in relation.terms))
        if key not in seen:
            seen.add(key)
            yield relation
