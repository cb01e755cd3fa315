"""Which entered values can be at all: counts, rates, parts; and what is said of all others."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from kpicli.base.errors import InputError
from kpicli.base.wording import Text, suggestion
from kpicli.catalog.kpis.kpi import EnteredKpi, Kpi
from kpicli.model.figures import UNFILLED
from kpicli.model.periods import Period
from kpicli.model.value import Value
from kpicli.values.numbers import exact_sum

if TYPE_CHECKING:
    from kpicli.catalog.catalog import Catalog
    from kpicli.catalog.composed import ComposedKpi

    AnyKpi = Kpi | ComposedKpi | EnteredKpi


COLUMNS = (
    "period", "kpi", "item", "value", "numerator", "denominator", "source", "entered_on", "note",
)  # fmt: skip
"""The header of such a file, in any order; columns that may stay blank may be missing."""

_JAPANESE = {"header": "見出し", "file": "ファイル", "encoding": "文字コード"}
"""What is no column of the file, and is not called by its key."""

HUNDRED = 100

_TRUE_VALUE = Text("出典のとおりの値に直してください", "write the value that the source has")


def wrong(place: Text, key: str, found: Text, hint: Text | None = None) -> InputError:
    """Return the error that a column (`key`) at a place is wrong.

    Without `hint` the reader is told which columns there are.
    """
    return InputError(
        Text(
            f"入力値 {place.ja} の{_JAPANESE.get(key, f' {key} ')}が正しくありません: {found.ja}",
            f"entered values, {place.en}, {key}: {found.en}",
        ),
        hint
        or Text(
            f"列: {', '.join(COLUMNS)}(docs/publishing.md)",
            f"columns: {', '.join(COLUMNS)} (docs/publishing.md)",
        ),
    )


def is_count(kpi: "AnyKpi") -> bool:
    """Return whether the KPI counts things, so that its values are whole and never negative."""
    return isinstance(kpi, Kpi) and not (kpi.percentage or kpi.amounts or kpi.scale)


def check_size(kpi: "AnyKpi", value: Decimal, place: Text) -> None:
    """Raise `InputError` for a count below 0 and a rate outside 0 to 100."""
    if is_count(kpi) and value < 0:
        found = Text("件数は 0 より小さくなりません", "a count is never negative")
        raise wrong(place, "value", found, _TRUE_VALUE)
    if kpi.percentage and not 0 <= value <= HUNDRED:
        found = Text("比率は 0 から 100 までです", "a rate is a percentage from 0 to 100")
        hint = _TRUE_VALUE
        if isinstance(kpi, EnteredKpi):
            hint = Text(
                f"{_TRUE_VALUE.ja}。100 を超えうる率なら [entered.{kpi.id}] の ratio を外し、"
                'unit = "%" としてください',
                f"{_TRUE_VALUE.en}; for a rate that can pass 100, take `ratio` out of "
                f'[entered.{kpi.id}] and write unit = "%"',
            )
        raise wrong(place, "value", found, hint)


def check_fraction(numerator: int, denominator: int, place: Text) -> None:
    """Raise `InputError` for a fraction that is no part of a whole."""
    if denominator == 0:
        found = Text("分母が 0 では比率になりません", "there is no rate of nothing")
        hint = Text("比率のない期間の行は消してください", "take out the line of such a period")
        raise wrong(place, "denominator", found, hint)
    if numerator > denominator:
        found = Text("分子が分母より大きくなっています", "it is larger than the denominator")
        raise wrong(place, "numerator", found, _TRUE_VALUE)


def check_item(
    catalog: "Catalog", kpi: "Kpi | ComposedKpi", item: str, period: Period, place: Text
) -> None:
    """Raise `InputError` for a part that the KPI cannot have; an open list takes any name."""
    known = known_items(catalog, kpi, period)
    if known is None or item in known or (item == UNFILLED and not _by_month(kpi)):
        return
    near = suggestion(item, known)
    found = Text(f"{kpi.id} にその内訳はありません", f"{kpi.id} has no such part")
    raise wrong(place, "item", found, near)


def known_items(
    catalog: "Catalog", kpi: "Kpi | ComposedKpi", period: Period
) -> tuple[str, ...] | None:
    """Return the names of all parts of a KPI, rows with a blank cell aside; None for an open list.

    They are those of its closed code table, which a KPI may show though it does not name them; or
    the months. A composed KPI has those of all its components.
    """
    if kpi.parts is None:
        return ()
    if _by_month(kpi):
        return tuple(month.name for month in period.months())
    if kpi.parts.by is None:
        return ()
    if not isinstance(kpi, Kpi):
        split = [each.kpi for each in kpi.components if not isinstance(each.kpi, EnteredKpi)]
        lists = [known_items(catalog, each, period) for each in split]
        closed = [items for items in lists if items is not None]
        every = tuple(dict.fromkeys(item for items in closed for item in items))
        return every if len(closed) == len(lists) else None
    table = catalog.codes_of(catalog.source[kpi.source], kpi.parts.by)
    if table is None or table.open:
        return None
    values = (*kpi.parts.values, *(v for v in table.values if v not in table.excluded))
    return tuple(dict.fromkeys(values))


def _by_month(kpi: "Kpi | ComposedKpi") -> bool:
    return kpi.parts is not None and kpi.parts.by == "month"


def check_sum(
    catalog: "Catalog",
    kpi: Kpi,
    period: Period,
    total: tuple[Value, Text],
    parts: Sequence[tuple[str, Value, Text]],
) -> None:
    """Raise `InputError`, at the total, where the parts entered beside it cannot make it up.

    All of an additive KPI's parts come to the total; some of what is counted come to no more.
    """
    if not kpi.additive or not parts:
        return
    value, place = total
    known = known_items(catalog, kpi, period)
    whole = known is not None and {*known} <= {item for item, _, _ in parts}
    added, number = _added(part for _, part, _ in parts), _added([value])
    if (added != number) if whole else (is_count(kpi) and added > number):
        ja = ", ".join(where.ja for _, _, where in parts)
        en = ", ".join(where.en for _, _, where in parts)
        found = Text(f"内訳の和({ja})と合いません", f"its parts do not add up to it ({en})")
        hint = Text(
            f"合計か内訳を出典のとおりに直してください(区分が空欄の分は item を {UNFILLED} とする)",
            "write total and parts as the source has them (what has a blank category is the item "
            f"{UNFILLED})",
        )
        raise wrong(place, "value", found, hint)


def _added(values: Iterable[Value]) -> Decimal:
    return exact_sum((Decimal(v.number), 1) for v in values if v.number is not None)
