"""Figures put back together: KPI by KPI, in each the whole, then its groups."""

from msgspec import Struct

from kpicli.model.figures import Figure, KpiHead
from kpicli.model.periods import ComparisonKind, Period
from kpicli.model.summary import Summary


class Cluster(Struct, frozen=True):
    """The figures of one KPI that belong together: those of one group, or those outside any."""

    figures: tuple[Figure, ...]

    @property
    def first(self) -> Figure:
        """Return its first figure; all share period, dimension and group."""
        return self.figures[0]

    @property
    def total(self) -> Figure | None:
        """Return the total; None where only the parts are figures."""
        return next((figure for figure in self.figures if figure.kind == "total"), None)

    @property
    def lines(self) -> tuple[Figure, ...]:
        """Return all but the total (parts, rules and memos) in their order."""
        return tuple(figure for figure in self.figures if figure.kind != "total")


class KpiBlock(Struct, frozen=True):
    """One KPI: its figures outside any group (None where it has none) and those of each group."""

    head: KpiHead
    whole: Cluster | None
    groups: tuple[Cluster, ...]

    @property
    def split(self) -> bool:
        """Return whether it is shown in parts or groups."""
        return bool(self.groups) or (self.whole is not None and bool(self.whole.lines))


def kpi_blocks(summary: Summary) -> tuple[KpiBlock, ...]:
    """Return every KPI of the summary with its figures, in the summary's own order."""
    found: dict[str, dict[tuple[str | None, str | None], list[Figure]]] = {
        name: {} for name in summary.kpis
    }
    for figure in summary.figures:
        found[figure.kpi].setdefault((figure.by, figure.group), []).append(figure)
    return tuple(_block(head, found[name]) for name, head in summary.kpis.items())


def _block(head: KpiHead, clusters: dict[tuple[str | None, str | None], list[Figure]]) -> KpiBlock:
    whole = clusters.get((None, None))
    groups = [Cluster(tuple(figures)) for (by, _), figures in clusters.items() if by is not None]
    return KpiBlock(head, None if whole is None else Cluster(tuple(whole)), tuple(groups))


def by_principle(blocks: tuple[KpiBlock, ...]) -> dict[str, list[KpiBlock]]:
    """Return the blocks under the first principle of each ("" where a KPI has none).

    Principles and blocks come in the order in which they are first met.
    """
    sections: dict[str, list[KpiBlock]] = {}
    for block in blocks:
        first = block.head.principles[0] if block.head.principles else ""
        sections.setdefault(first, []).append(block)
    return sections


def compared_period(summary: Summary, kind: ComparisonKind) -> Period | None:
    """Return the period that figures of the summary's own period are compared with."""
    for figure in summary.figures:
        for comparison in figure.comparisons:
            if comparison.kind == kind and figure.period == summary.period:
                return comparison.period
    return None
