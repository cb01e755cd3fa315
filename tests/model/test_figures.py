"""Row accounting as values that cannot be made where their sums do not agree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.errors import InternalError
from kpicli.model.figures import KpiAccounting, SourceAccounting

COUNT = st.integers(min_value=0, max_value=10**9)
OFF = st.integers(min_value=-5, max_value=5).filter(bool)


@given(st.tuples(COUNT, COUNT, COUNT, COUNT, COUNT), OFF)
def test_a_source_accounts_for_every_row(parts: tuple[int, ...], off: int) -> None:
    """`read` is exactly the sum of the places that rows went to; a row more or less is refused."""
    assert SourceAccounting(sum(parts), *parts).read == sum(parts)
    with pytest.raises(InternalError, match="are accounted for"):
        SourceAccounting(sum(parts) + off, *parts)


@given(
    st.tuples(COUNT, COUNT, COUNT, COUNT),
    st.lists(COUNT, max_size=3),
    COUNT,
    st.floats(0, 1),
    OFF,
)
def test_a_kpi_accounts_for_every_row(
    places: tuple[int, int, int, int],
    excluded: list[int],
    undetermined: int,
    share: float,
    off: int,
) -> None:
    """Usable and faulty rows together are those that were placed, each exclusion included."""
    rows = sum(places) + sum(excluded) + undetermined
    faulty = min(rows, int(rows * share))
    named = tuple((f"rule {number}", each) for number, each in enumerate(excluded))

    counted, not_selected, no_date, out_of_period = places

    def made(usable: int) -> KpiAccounting:
        return KpiAccounting(
            kpi="voices",
            source="voices",
            usable=usable,
            faulty=faulty,
            counted=counted,
            not_selected=not_selected,
            no_date=no_date,
            out_of_period=out_of_period,
            excluded=named,
            undetermined=undetermined,
        )

    assert made(rows - faulty).excluded == named
    with pytest.raises(InternalError, match=r"voices: of .* are accounted for"):
        made(rows - faulty + off)
