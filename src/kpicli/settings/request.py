"""What a run is asked for, checked against the catalogue before anything is read."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from kpicli.base.errors import UnknownName, UsageError
from kpicli.base.suggestions import suggestion
from kpicli.base.wording import Text
from kpicli.model.periods import ComparisonKind, Period

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.kpis import EnteredKpi, Kpi


class Request(Struct, frozen=True):
    """What is asked for. No `kpis` means all of them, in catalogue order."""

    period: Period
    kpis: tuple[str, ...] = ()
    by: str | None = None
    compare: tuple[ComparisonKind, ...] = ()
    as_of: date | None = None
    show_personal: bool = False
    recompute: bool = False
    """Compare with what the exports say now, not with what was published."""
    allow_definition_change: bool = False
    """Compare with a published figure of another version of the definition too."""


def wanted_kpis(catalog: "Catalog", request: Request) -> "list[Kpi]":
    """Return the KPIs that a request asks for, in catalogue order.

    Raises `UnknownName` for a KPI or dimension that does not exist, and `UsageError` for a
    personal dimension without leave.
    """
    kpis = chosen_kpis(catalog, request.kpis, catalog.entered)
    if kpis:
        check_dimension(catalog, kpis, request)
    return kpis


def wanted_entered(catalog: "Catalog", request: Request) -> "list[EnteredKpi]":
    """Return the KPIs without exports that a request asks for, in catalogue order."""
    asked = request.kpis
    return [kpi for name, kpi in catalog.entered.items() if not asked or name in asked]


def chosen_kpis(
    catalog: "Catalog", names: Sequence[str], others: Collection[str] = ()
) -> "list[Kpi]":
    """Return the named KPIs in catalogue order, all where none is named; `others` may be named."""
    for name in names:
        if name not in catalog.kpi and name not in others:
            near = suggestion(name, [*catalog.kpi, *others])
            raise UnknownName(
                Text(f"KPI「{name}」はありません", f"there is no KPI {name!r}"),
                Text(
                    f"{near.ja} (一覧: kpicli kpis)",
                    f"{near.en} (see kpicli kpis)",
                ),
            )
    return [kpi for name, kpi in catalog.kpi.items() if not names or name in names]


def check_dimension(catalog: "Catalog", kpis: "Sequence[Kpi]", request: Request) -> None:
    """Refuse a dimension that no asked KPI has, and a personal one without leave."""
    if request.by is None or request.by == "month":
        return
    sources = [catalog.source[kpi.source] for kpi in kpis]
    columns = [s.columns[request.by] for s in sources if request.by in s.columns]
    usable = [column for column in columns if column.type in ("code", "text", "id")]
    if not usable:
        known = {n: None for s in sources for n, c in s.columns.items() if c.type == "code"}
        raise UnknownName(
            Text(f"「{request.by}」では分けられません", f"cannot group by {request.by!r}"),
            Text(
                f"使える分け方: month, {', '.join(known)}",
                f"there are: month, {', '.join(known)}",
            ),
        )
    if any(column.personal for column in usable) and not request.show_personal:
        raise UsageError(
            Text(f"「{request.by}」は個人情報の列です", f"{request.by!r} is a personal column"),
            Text(
                "個人別の数を見るには --show-personal を付けてください",
                "add --show-personal to see counts by person",
            ),
        )
