"""What a row adds: by it each kind of KPI is counted again, by a query and by hand."""

from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

import kpicli
from kpicli.trace.accounted_amounts import Exact
from support.counted_again import assert_counted_again
from support.funds_project import KINDS, funds
from support.small_project import TODAY


@pytest.mark.parametrize("seed", range(4))
def test_every_kind(seed: int, tmp_path: Path) -> None:
    """Weights, medians, dates, units, tops, rows made of rows: among faults and repeated rows."""
    own = funds(tmp_path, seed)
    summary = kpicli.summarize("2025H1", config=own.config, today=TODAY)
    assert assert_counted_again(summary, own.config, TODAY, tmp_path) >= len(KINDS)


def test_products() -> None:
    """The product of two columns is exact, and blank where one of both is."""
    one = Exact(np.array([0, 1, -1, 1]), [Decimal("0.1"), Decimal(3)])
    other = Exact(np.array([0, 0, 0, -1]), [Decimal("12345678901234567890.123")])
    made = one.times(other)
    assert [made.values[code] if code >= 0 else None for code in made.codes.tolist()] == [
        Decimal("1234567890123456789.0123"),
        Decimal("37037036703703703670.369"),
        None,
        None,
    ]
    assert len(one.times(Exact.nothing(4)).values) == 0
