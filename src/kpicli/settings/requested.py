"""The KPIs that a request asks for, and its dimensions, checked against the catalogue."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from kpicli.base.errors import UnknownName, UsageError
from kpicli.base.wording import Text, suggestion
from kpicli.model.figures import CROSSED
from kpicli.model.periods import SPAN_KINDS, is_span_kind
from kpicli.settings.request import Request
from kpicli.settings.shown import in_order, shown_kpis

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
    from kpicli.catalog.kpis.parts import Parts
    from kpicli.settings.settings import Settings


def requested_kpis(settings: "Settings", request: Request) -> "list[Kpi]":
    """Return the KPIs with rows that a request asks for, in the order of showing.

    Raises `UnknownName` for a KPI or dimension that does not exist, and `UsageError` for a
    personal dimension, or parts by a personal column, without leave.
    """
    catalog = settings.catalog
    named_kpis(catalog, request.kpis, catalog.ids)
    kpis = [catalog.kpi[name] for name in _asked(settings, request) if name in catalog.kpi]
    composed = requested_composed(settings, request)
    needed = [*kpis, *(kpi for each in composed for kpi in each.counted)]
    if needed:
        check_dimension(catalog, needed, request)
    if not request.show_personal:
        for kpi in kpis:
            _refuse_personal_parts(catalog, kpi, kpi.parts)
        for each in composed:
            for kpi in each.counted:
                _refuse_personal_parts(catalog, kpi, each.parts)
    return kpis


def requested_composed(settings: "Settings", request: Request) -> "list[ComposedKpi]":
    """Return the KPIs made of others that a request asks for, in the order of showing."""
    composed = settings.catalog.composed
    return [composed[name] for name in _asked(settings, request) if name in composed]


def needed_kpis(settings: "Settings", request: Request) -> "tuple[Kpi, ...]":
    """Return every KPI whose rows a request needs: those asked for, and those of composed ones.

    Raises as `requested_kpis`.
    """
    kpis = requested_kpis(settings, request)
    kpis += [kpi for each in requested_composed(settings, request) for kpi in each.counted]
    return tuple({kpi.id: kpi for kpi in kpis}.values())


def _asked(settings: "Settings", request: Request) -> tuple[str, ...]:
    return in_order(settings, request.kpis) if request.kpis else shown_kpis(settings)


def _refuse_personal_parts(catalog: "Catalog", kpi: "Kpi", parts: "Parts | None") -> None:
    columns = catalog.source[kpi.source].known
    split = () if parts is None else parts.columns
    by = next((columns[name] for name in split if columns[name].personal), None)
    if by is not None:
        raise UsageError(
            Text(
                f"「{kpi.title.ja}」({kpi.id}) の内訳は個人情報の列 ({by.headers[0]}) によります",
                f"the parts of {kpi.id} are by a personal column ({by.headers[0]})",
            ),
            Text(
                "設定の parts を外すか、--kpi でほかの指標を選んでください。summarize では "
                "--show-personal (Python では show_personal=True) で見られます",
                "leave its parts out of the settings, or choose other KPIs by --kpi; summarize "
                "shows them with --show-personal (in Python show_personal=True)",
            ),
        )


def requested_entered(settings: "Settings", request: Request) -> "list[EnteredKpi]":
    """Return the KPIs without exports that a request asks for, in the order of showing."""
    entered = settings.catalog.entered
    return [entered[name] for name in _asked(settings, request) if name in entered]


def named_kpis(
    catalog: "Catalog", names: Sequence[str], others: Collection[str] = ()
) -> "list[Kpi]":
    """Return the named KPIs in catalogue order, all where none is named; `others` may be named."""
    for name in names:
        if name not in catalog.kpi and name not in others:
            near = suggestion(name, [*catalog.kpi, *others])
            raise UnknownName(
                Text(f"指標「{name}」はありません", f"there is no KPI {name!r}"),
                Text(
                    f"{near.ja} (一覧: kpicli kpis)",
                    f"{near.en} (see kpicli kpis)",
                ),
            )
    return [kpi for name, kpi in catalog.kpi.items() if not names or name in names]


def named_kpi(catalog: "Catalog", names: Sequence[str]) -> "Kpi | ComposedKpi":
    """Return the one KPI that is named, whose value comes from exports; raises as `named_kpis`.

    Also raises `UnknownName` for one whose values are entered by hand: there are no rows of it.
    """
    (name,) = names
    if name in catalog.entered:
        raise UnknownName(
            Text(
                f"「{name}」は人が入力する数値で、根拠の行も数え方の定義もありません",
                f"{name!r} is entered by hand: it has no rows, and no definition to count by",
            ),
            Text(
                f"値は published フォルダーの csv にあります。kpicli summarize --kpi {name} "
                "が出典とともに示します",
                "its values are in the csv files of the folder `published`; "
                f"kpicli summarize --kpi {name} shows them with where they were taken from",
            ),
        )
    named_kpis(catalog, names, catalog.composed)
    return catalog.kpi.get(name) or catalog.composed[name]


def check_dimension(catalog: "Catalog", kpis: "Sequence[Kpi]", request: Request) -> None:
    """Raise for a dimension that no requested KPI has, and for a personal one without leave."""
    _check_crossed(request)
    for by in request.dimensions:
        if not is_span_kind(by):
            _check_column(catalog, kpis, by, show_personal=request.show_personal)


def _check_crossed(request: Request) -> None:
    """Raise `UsageError` for dimensions that cannot be crossed, or not beside other periods."""
    names = request.dimensions
    if len(names) < CROSSED:
        return
    spans = [name for name in names if is_span_kind(name)]
    if len(names) > CROSSED or len(set(names)) < len(names) or len(spans) > 1:
        raise UsageError(
            Text(f"「{request.by}」は掛け合わせられません", f"{request.by!r} cannot be crossed"),
            Text(
                "違う区分を二つまで、期間の単位は一つまでです。例: line,category や team,month",
                "name two different dimensions at most, one of them a span of time: "
                "line,category or team,month",
            ),
        )
    if request.compare or request.trend:
        raise UsageError(
            Text(
                "二つの区分の掛け合わせは、ほかの期間と並べられません",
                "two dimensions do not stand beside other periods",
            ),
            Text(
                "--compare と --trend を外すか、区分を一つにしてください",
                "leave --compare and --trend out, or name one dimension",
            ),
        )


def _check_column(
    catalog: "Catalog", kpis: "Sequence[Kpi]", by: str, *, show_personal: bool
) -> None:
    sources = [catalog.source[kpi.source] for kpi in kpis]
    columns = [s.known[by] for s in sources if by in s.known]
    usable = [column for column in columns if column.type in ("code", "text", "id")]
    if not usable:
        codes = (n for s in sources for n, c in s.known.items() if c.type == "code")
        known = ", ".join(dict.fromkeys((*SPAN_KINDS, *codes)))
        raise UnknownName(
            Text(f"「{by}」では分けられません", f"cannot group by {by!r}"),
            Text(
                f"使える分け方: {known}",
                f"there are: {known}",
            ),
        )
    if any(column.personal for column in usable) and not show_personal:
        raise UsageError(
            Text(f"「{by}」は個人情報の列です", f"{by!r} is a personal column"),
            Text(
                "個人別の数を見るには --show-personal を付けてください"
                "(Python では show_personal=True)",
                "add --show-personal (in Python show_personal=True) to see counts by person",
            ),
        )
