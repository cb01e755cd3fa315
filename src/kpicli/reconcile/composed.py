"""What moved in KPIs that are made of others: the figures, and which component moved each."""

from collections.abc import Iterator, Mapping, Sequence

from kpicli.base.wording import Text, listed
from kpicli.catalog.catalog import Catalog
from kpicli.model.figures import ComponentValue, Figure
from kpicli.model.value import NOTHING as NO_VALUE
from kpicli.model.value import Value
from kpicli.published.entered import digits_of
from kpicli.published.frozen_values import FrozenComponent
from kpicli.published.record import FrozenKpi
from kpicli.reconcile.changes import Move, moved
from kpicli.reconcile.row_changes import Key

NO_COMPONENT_MOVED = Text("元の指標の値は同じです", "the values that it is made of are the same")
COUNTED_THEN = Text(
    "凍結したときは、ほかの指標から作る数値ではありませんでした",
    "when it was frozen it was not made of other KPIs",
)
BY_HAND = Text(
    "一方は入力値なので、元の指標はわかりません",
    "one of the two was entered by hand: nothing is known of its components",
)


def composed_moves(
    frozen: FrozenKpi, figures: Sequence[Figure], catalog: Catalog
) -> Iterator[Move]:
    """Yield the figures that moved, each with the components that did.

    An item that stands on one side only has no value on the other.
    """
    nothing = ((),) * len(frozen.figures)
    made_of = nothing if frozen.composition is None else frozen.composition.figures
    then = {f.key: (f.measured, of) for f, of in zip(frozen.figures, made_of, strict=True)}
    now: Mapping[Key, Figure] = {(f.kind, f.part, f.item): f for f in figures}
    for key in dict.fromkeys((*then, *now)):
        before, old = then.get(key, (NO_VALUE, ()))
        after, new = (now[key].value, now[key].components) if key in now else (NO_VALUE, ())
        if moved(before, after):
            why = COUNTED_THEN if frozen.composition is None else _why(old, new, catalog)
            yield Move(*key, before, after, why=why)


def _why(old: Sequence[FrozenComponent], new: Sequence[ComponentValue], catalog: Catalog) -> Text:
    """Return which components have another value than they had."""
    if not old or not new:
        return BY_HAND
    then = {(each.kpi, each.period.name): each.measured for each in old}
    now = {(each.kpi, each.period.name): each.value for each in new}
    texts = [
        _moved(key, then.get(key, NO_VALUE), now.get(key, NO_VALUE), catalog)
        for key in dict.fromkeys((*then, *now))
        if moved(then.get(key, NO_VALUE), now.get(key, NO_VALUE))
    ]
    return listed(texts, "、", "; ") if texts else NO_COMPONENT_MOVED


def _moved(key: tuple[str, str], before: Value, after: Value, catalog: Catalog) -> Text:
    name, period = key
    title = catalog.any_kpi(name).title if name in catalog.ids else Text(name, name)
    old, new = (digits_of(value) or "-" for value in (before, after))
    if old == new:
        return Text(
            f"「{title.ja}」({period}) は値が同じでも、確かさや分子・分母が変わった",
            f'"{title.en}" ({period}) has the same value, but not the same state or fraction',
        )
    return Text(
        f"「{title.ja}」({period}) が {old} から {new} に変わった",
        f'"{title.en}" ({period}) moved from {old} to {new}',
    )
