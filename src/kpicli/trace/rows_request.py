"""Which figure is to be shown its rows, and that figure among those that there are."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from kpicli.base.errors import UnknownName, UsageError
from kpicli.base.wording import Text, listed
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.model.figures import LEVELS, Figure
from kpicli.model.periods import ComparisonKind, Period
from kpicli.output.page.words import item_words
from kpicli.settings.request import Request

Labels = Mapping[str, Mapping[str, str]]
"""The English of names, by the column that splits."""


class RowsRequest(Struct, frozen=True):
    """Which figure of a request for one KPI is to be shown its rows.

    `item` is a part, rule or memo, `group` one of the request's dimension. `of` asks for the same
    figure in the previous period or a year ago, `doubtful` for the rows in doubt, and for those
    that are not yet due, as well.
    """

    request: Request
    item: str | None = None
    group: str | None = None
    of: ComparisonKind | None = None
    doubtful: bool = False

    @property
    def period(self) -> Period:
        """Return the period whose rows are asked for."""
        period = self.request.period
        return period if self.of is None else period.compared_with(self.of)


def chosen(
    figures: Sequence[Figure], asked: RowsRequest, kpi: Kpi | ComposedKpi, labels: Labels
) -> Figure:
    """Return the figure asked for.

    Raises `UnknownName`, which says which there are, and `UsageError` where there is no total.
    """
    by = LEVELS.join(asked.request.dimensions) if asked.group is not None else None
    figures = [figure for figure in figures if figure.by == by]
    in_group = [f for f in figures if asked.group in _names(f.group, f.by, labels)]
    if not in_group:
        groups = [_name(f.group, f.by, labels) for f in figures]
        raise _unknown("--group", asked.group, groups)
    if asked.item is None:
        totals = [f for f in in_group if f.kind == "total"]
        if not totals:
            known = _listed(_name(f.item, f.part, labels) for f in in_group)
            raise UsageError(
                Text(
                    f"{kpi.id} には合計がありません(合算不可)",
                    f"{kpi.id} has no total over its parts",
                ),
                Text(
                    f"--item を付けてください: {known.ja}",
                    f"add --item: {known.en}",
                ),
            )
        return totals[0]
    for figure in in_group:
        own = _name(figure.item, figure.part, labels)
        if own is not None and asked.item in (figure.item, own.ja, own.en):
            return figure
    items = [_name(f.item, f.part, labels) for f in in_group]
    raise _unknown("--item", asked.item, items)


def _name(name: str | None, split: str | None, labels: Labels) -> Text | None:
    """Return what a group or item is called, by the column that splits; None without any."""
    if name is None:
        return None
    by = split or ""
    return Text(item_words(name, by, labels, "ja"), item_words(name, by, labels, "en"))


def _names(name: str | None, split: str | None, labels: Labels) -> tuple[str | None, ...]:
    """Return all that a group or item goes by: itself, and what either language calls it."""
    words = _name(name, split, labels)
    return (name,) if words is None else (name, words.ja, words.en)


def _listed(names: Iterable[Text | None]) -> Text:
    return listed(list(dict.fromkeys(name for name in names if name is not None)))


def _unknown(option: str, name: str | None, names: Iterable[Text | None]) -> UnknownName:
    known = _listed(names)
    return UnknownName(
        Text(f"{option} に「{name}」はありません", f"{option} knows no {name!r}"),
        Text(f"使えるもの: {known.ja or '-'}", f"there are: {known.en or '-'}"),
    )


def no_data(kpi: Kpi | ComposedKpi, period: Period) -> UsageError:
    """Return the error that a KPI has no data in a period."""
    return UsageError(
        Text(
            f"{kpi.id} は {period.name} のデータがありません",
            f"{kpi.id} has no data in {period.name}",
        ),
        Text("kpicli summarize で理由を見られます", "kpicli summarize tells why"),
    )
