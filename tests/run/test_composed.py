"""The run of KPIs made of others: how values, doubts and states of components are combined."""

import tempfile
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kpicli
from kpicli.catalog.composed import COMPOSED, ComposedKpi
from kpicli.catalog.read import read_catalog
from kpicli.model.figures import ComponentValue
from kpicli.model.periods import Period
from kpicli.model.value import Status, Value
from kpicli.run.composed import combined, period_of
from kpicli.values.fiscal import APRIL
from support.composed_project import RATE, composed_project
from support.small_project import TODAY, Project

HALF = Period.parse("2025H1", today=TODAY)
KINDS: Mapping[str, ComposedKpi] = read_catalog(
    {
        "kpi": {
            measure: {"title": measure, "measure": measure, "figures": ["a", "b"], "unit": "点"}
            for measure in COMPOSED
        },
        "entered": {name: {"title": name, "unit": "点"} for name in ("a", "b")},
    }
).composed


def component(value: Value, scale: int = 0) -> ComponentValue:
    """Return the value of a component."""
    return ComponentValue("a", HALF, value, scale=scale)


numbers = st.integers(-1000, 1000) | st.decimals(-1000, 1000, places=3)
final = st.builds(Value, numbers, st.none(), st.none(), st.just(Status.OK), st.just(0))
doubtful = st.builds(
    Value,
    numbers,
    st.none(),
    st.none(),
    st.sampled_from([Status.PARTIAL, Status.PROVISIONAL]),
    st.integers(0, 9),
)
lacking = st.builds(
    Value,
    st.none(),
    st.none(),
    st.none(),
    st.sampled_from([Status.NO_DATA, Status.PROVISIONAL, Status.UNDEFINED]),
    st.integers(0, 9),
)


@given(st.sampled_from([*COMPOSED]), final | doubtful, final | doubtful)
def test_what_has_a_number_is_combined(kind: str, first: Value, second: Value) -> None:
    """The number is that of exact arithmetic; it is final where both are, with all doubts."""
    made = combined(KINDS[kind], [component(first), component(second)])
    assert made.faulty_rows == first.faulty_rows + second.faulty_rows
    one, two = Fraction(first.number or 0), Fraction(second.number or 0)
    if kind == "quotient" and two == 0:
        assert (made.number, made.status) == (None, Status.UNDEFINED)
        return
    exact = {"quotient": one / two if two else one, "difference": one - two, "total": one + two}
    if kind == "quotient":
        assert made.unrounded == exact[kind]
        assert abs(Fraction(made.number or 0) - exact[kind]) <= Fraction(1, 20)
    else:
        assert made.number == exact[kind]
    states = {first.status, second.status}
    assert (made.status is Status.OK) == (states == {Status.OK} and not made.faulty_rows)


@given(st.sampled_from([*COMPOSED]), lacking, final | doubtful | lacking, st.booleans())
def test_what_lacks_a_number_has_none(kind: str, first: Value, second: Value, turn: bool) -> None:
    """Nothing is guessed: without data it is without data, else it is undefined or in doubt."""
    pair = [component(first), component(second)]
    made = combined(KINDS[kind], pair[::-1] if turn else pair)
    assert made.number is None
    assert made.unrounded is None
    states = {value.status for value in (first, second) if value.number is None}
    assert made.status in states
    assert (made.status is Status.NO_DATA) == (Status.NO_DATA in states)


def test_a_scaled_component_counts_in_full() -> None:
    """3.4万 that is known in full is 34123, and 3.4万 that is not is 34000."""
    full = Value(Decimal("3.4"), None, None, Status.OK, 0, Fraction(34123, 10000))
    bare = Value(Decimal("3.4"), None, None, Status.OK, 0)
    one = component(Value(1, None, None, Status.OK, 0))
    assert combined(KINDS["total"], [component(full, 4), one]).number == 34124
    assert combined(KINDS["total"], [component(bare, 4), one]).number == 34001


@pytest.mark.parametrize(
    ("days", "name"),
    [
        ((date(2017, 2, 1), date(2017, 2, 28)), "2017-02"),
        ((date(2016, 4, 1), date(2016, 6, 30)), "2016Q1"),
        ((date(2016, 4, 1), date(2016, 9, 30)), "2016H1"),
        ((date(2016, 4, 1), date(2017, 3, 31)), "2016"),
        ((date(2016, 4, 1), date(2016, 5, 31)), "2016-04..2016-05"),
        ((date(2016, 4, 2), date(2016, 4, 30)), "2016-04-02..2016-04-30"),
    ],
)
def test_a_fixed_period_goes_by_its_usual_name(days: tuple[date, date], name: str) -> None:
    """So what was published or entered of that month, quarter, half or year is it."""
    assert period_of(days, APRIL).name == name


def test_composed_components(tmp_path: Path) -> None:
    """A quotient of a quotient and a total, by line and month: all from the same counts."""
    kpis = (
        RATE
        + """
[kpi.all]
title = "合計"
measure = "total"
figures = ["complaints", "in_force"]
[kpi.nested]
title = "入れ子"
measure = "quotient"
figures = ["rate", "all"]
unit = ""
decimals = 5
"""
    )
    rows = ["C1,2025-04-03,自動車,A店,1", "C2,2025-05-01,火災,A店,1"]
    policies = ["P1,2020-04-01,,自動車", "P2,2020-04-01,,自動車", "P3,2020-04-01,,火災"]
    result = composed_project(tmp_path, rows, policies, kpis).summarize("nested", by="month")
    assert str(result.number()) == "0.13333"  # 2/3 over 5
    assert {i: str(n) for i, n in result.items().items()} == {
        "自動車": "0.16667",  # 1/2 over 3
        "火災": "0.50000",  # 1/1 over 2
    }
    assert str(result.number(None, "2025-04")) == "0.08333"  # 1/3 over 4
    assert [line.of for line in result.summary.accounting] == ["complaints", "in_force"]


SPLIT = """
[kpi.complaints_by]
title = "苦情"
source = "complaint_log"
measure = "count"
parts = [{ by = "line" }, { by = "shop_code" }]
[kpi.loss_by]
title = "損害額"
source = "complaint_log"
measure = "sum"
of = "loss"
unit = "円"
parts = [{ by = "line" }, { by = "shop_code" }]
[kpi.mean_by]
title = "1件あたり"
measure = "quotient"
figures = ["loss_by", "complaints_by"]
decimals = 3
[kpi.both]
title = "件数と額"
measure = "total"
figures = ["loss_by", "complaints_by"]
unit = "点"
[codes.shops]
open = true
values = { "A店" = [] }
"""
cells = st.tuples(
    st.sampled_from(["自動車", "火災"]),
    st.sampled_from(["A店", "B店", "C店"]),
    st.integers(-99, 99),
)


def split_project(folder: Path, rows: list[tuple[str, str, int]]) -> Project:
    """Return a project whose KPIs are split by line and then by shop."""
    lines = [f"C{n},2025-04-01,{line},{shop},{loss}" for n, (line, shop, loss) in enumerate(rows)]
    own = composed_project(folder, lines, [], SPLIT)
    column = 'shop_code = { type = "code", codes = "shops", from = { copy = "shop" } }\n'
    own.tables = own.tables.replace("loss = { headers", f"{column}loss = {{ headers", 1)
    return own


@settings(max_examples=20, deadline=None)
@given(rows=st.lists(cells, max_size=12))
def test_parts_of_parts_are_those_of_the_components(rows: list[tuple[str, str, int]]) -> None:
    """A mean is the quotient of a sum and a count, in every part of a part; a total adds up."""
    with tempfile.TemporaryDirectory() as folder:
        own = split_project(Path(folder), rows)
        summary = kpicli.summarize("2025H1", config=own.config, today=TODAY)
    numbers = {(f.kpi, f.item): f.value.number for f in summary.figures}
    places = {f.item: f.items for f in summary.figures if f.kpi == "mean_by"}
    assert len([f for f in summary.figures if f.kpi == "mean_by"]) == len(places)
    for item, names in places.items():
        losses = [loss for *place, loss in rows if tuple(place[: len(names)]) == names]
        mean = Fraction(sum(losses), len(losses)) if losses else None
        shown = numbers["mean_by", item]
        assert (shown is None) == (mean is None)
        if mean is not None:
            assert abs(Fraction(shown or 0) - mean) <= Fraction(1, 2000)
        assert numbers["both", item] == sum(losses) + len(losses)
