"""The request of a run: what is asked, in words or values, before the catalogue is asked."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text
from kpicli.model.figures import dimensions_of
from kpicli.model.periods import ComparisonKind, Period, is_span_kind
from kpicli.settings.arguments import check_type, parse_comparisons, parse_day, parse_names
from kpicli.settings.several_periods import parse_periods, split_words

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
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
            Text("kpis に指標が一つもありません", "kpis names no KPI"),
            Text("すべての指標なら kpis を省いてください", "leave kpis out to get all of them"),
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
