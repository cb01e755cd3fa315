"""The request of a run, checked against the catalogue before anything is read."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import UnknownName, UsageError
from kpicli.base.wording import Text, suggestion
from kpicli.model.figures import CROSSED, dimensions_of
from kpicli.model.periods import SPAN_KINDS, ComparisonKind, Period, is_span_kind
from kpicli.settings.arguments import check_type, parse_comparisons, parse_day, parse_names
from kpicli.settings.several_periods import parse_periods, split_words
from kpicli.settings.shown import in_order, shown_kpis

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.composed import ComposedKpi
    from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
    from kpicli.catalog.kpis.parts import Parts
    from kpicli.settings.settings import Settings


class Request(Struct, frozen=True):
    """The typed request of a run, from the command line, Python, report or mail.

    No `kpis` means all that are shown.
    """

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
    trend: tuple[Period, ...] = ()
    """The periods whose figures stand beside each other, the oldest first, the own one last."""

    def of_period(self, period: Period) -> "Request":
        """Return the request for another period; as many periods lead up to it as to this one."""
        trend = period.last(len(self.trend)) if self.trend else ()
        return replace(self, period=period, trend=trend)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Return by what figures are grouped: nothing, one dimension, or two that are crossed."""
        return dimensions_of(self.by)

    @property
    def published_periods(self) -> tuple[Period, ...]:
        """Return the periods of which it matters what was published, each once."""
        return tuple(dict.fromkeys((*self.compared_periods, *self.trend)))

    @property
    def compared_periods(self) -> tuple[Period, ...]:
        """Return the other periods that the request's own, or spans of it, are compared with."""
        own = [self.period]
        if is_span_kind(self.by):
            own += self.period.split(self.by)
        return tuple(period.compared_with(kind) for period in own for kind in self.compare)


class WrittenRequest(Struct, frozen=True):
    """A request in the words of the command line; its fields are those of `Request`.

    The same words, under the same settings, on the same day, are the same request: so an earlier
    answer can be looked for before the settings are read. `period` is one word, or several; `trend`
    is how many periods stand beside each other.
    """

    period: str | tuple[str, ...]
    kpis: tuple[str, ...] = ()
    by: str | None = None
    compare: tuple[str, ...] = ()
    as_of: str | None = None
    show_personal: bool = False
    recompute: bool = False
    allow_definition_change: bool = False
    trend: str | None = None

    def read(self, settings: "Settings", today: date) -> Request:
        """Return the request that the words mean.

        Raises `PeriodError`, and `UsageError` for a comparison or a day that is none. Names of KPIs
        and dimensions are not looked up: `requested_kpis` does.
        """
        period, trend = parse_periods(self.period, self.trend, "--trend", settings.fiscal, today)
        return Request(
            period=period,
            kpis=self.kpis,
            by=named_dimensions(self.by, settings.catalog),
            compare=parse_comparisons(self.compare, "--compare"),
            as_of=parse_day(self.as_of, "--as-of", settings.zone),
            show_personal=self.show_personal,
            recompute=self.recompute,
            allow_definition_change=self.allow_definition_change,
            trend=trend,
        )


_SPANS_IN_JAPANESE = {
    word: kind
    for kind, words in {
        "month": ("月", "月別", "月次"),
        "quarter": ("四半期", "四半期別"),
        "half": ("半期", "半期別"),
        "year": ("年度", "年度別"),
    }.items()
    for word in words
}


def named_dimensions(by: str | None, catalog: "Catalog") -> str | None:
    """Return dimensions by their ids, also where words or headers name them (月, 商品区分).

    A word that several columns have for a header, or none, stays as it is: it is refused later.
    """
    if by is None:
        return None
    return ",".join(_named_dimension(each.strip(), catalog) for each in by.split(","))


def _named_dimension(word: str, catalog: "Catalog") -> str:
    if word in _SPANS_IN_JAPANESE:
        return _SPANS_IN_JAPANESE[word]
    known = [source.known for source in catalog.source.values()]
    if is_span_kind(word) or any(word in columns for columns in known):
        return word
    ids = {
        name
        for columns in known
        for name, column in columns.items()
        if word in column.headers or (column.title is not None and word == column.title.ja)
    }
    return ids.pop() if len(ids) == 1 else word


def parse_request(
    settings: "Settings",
    today: date,
    *,
    period: str | Period | Iterable[str | Period],
    trend: int | None,
    kpis: str | Iterable[str] | None,
    by: str | None,
    compare: str | Iterable[str] | None,
    as_of: str | date | None,
    show_personal: bool,
    recompute: bool,
    allow_definition_change: bool,
) -> Request:
    """Return the request that arguments of Python make; errors call them by their names.

    Whether the KPIs and the dimension exist is asked of the catalogue later, when it runs.
    """
    flags = {
        "show_personal": show_personal,
        "recompute": recompute,
        "allow_definition_change": allow_definition_change,
    }
    for argument, flag in flags.items():
        check_type(argument, flag, bool, "True or False")
    check_type("by", by, str | None, "the name of one dimension, such as 'month'")
    names = parse_names(kpis, "kpis")
    if kpis is not None and not names:
        raise UsageError(
            Text("kpis に KPI が一つもありません", "kpis names no KPI"),
            Text("すべての KPI なら kpis を省いてください", "leave kpis out to get all of them"),
        )
    words = split_words(period) if isinstance(period, str) else period
    own, periods = parse_periods(words, trend, "trend", settings.fiscal, today)
    return Request(
        period=own,
        kpis=names,
        by=named_dimensions(by, settings.catalog),
        compare=parse_comparisons(compare, "compare"),
        as_of=parse_day(as_of, "as_of", settings.zone),
        trend=periods,
        **flags,
    )


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
                "設定の parts を外すか、--kpi でほかの KPI を選んでください。summarize では "
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
                Text(f"KPI「{name}」はありません", f"there is no KPI {name!r}"),
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
