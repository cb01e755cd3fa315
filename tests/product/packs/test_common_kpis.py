"""The common KPIs of investment trusts and foreign-currency insurance, counted by hand."""

import random
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from support.packs import SEEDS, Number, Row, counted, share

EDGES = (-50, -30, -10, 0, 10, 30, 50)
BANDS = (
    *("-50%未満", "-50%以上-30%未満", "-30%以上-10%未満", "-10%以上0%未満"),
    *("0%以上10%未満", "10%以上30%未満", "30%以上50%未満", "50%以上"),
)
DAYS = (date(2025, 3, 31), date(2025, 8, 29), date(2025, 9, 30))


@pytest.mark.parametrize("seed", SEEDS)
def test_common_kpis_are_counted(seed: int, tmp_path: Path) -> None:
    """On the last day, each customer in one of eight bands; of products the 20 largest."""
    chance = random.Random(seed)
    exports: dict[str, list[Row]] = {}
    expected: dict[tuple[str, str | None], Number] = {}
    for product, invested in (("fund", "投資元本"), ("fx", "既払込保険料")):
        customers: list[Row] = [
            {
                "基準日": day,
                "顧客番号": f"C{n:05}",
                invested: 1000,
                "運用損益": chance.choice((*(edge * 10 for edge in EDGES), -501, -1, 77, 499)),
            }
            for day in DAYS
            for n in range(80)
        ]
        products: list[Row] = [
            {
                "基準日": day,
                "銘柄コード": f"F{n:03}",
                "残高": 10 * chance.randint(1, 90) + n % 10,
                "コスト": chance.randint(0, 4),
                "リターン": chance.randint(-9, 20),
                "リスク": chance.randint(0, 25),
            }
            for day in DAYS
            for n in range(30)
        ]
        exports |= {f"{product}_customers": customers, f"{product}_products": products}
        last = [row for row in customers if row["基準日"] == DAYS[-1]]
        expected[f"{product}_customers_by_gain", None] = len(last)
        for row in last:
            gain = int(str(row["運用損益"]))
            band = BANDS[sum(10 * gain >= 100 * edge for edge in EDGES)]
            key = (f"{product}_customers_by_gain", band)
            expected[key] = int(str(expected.get(key, 0))) + 1
        expected[f"{product}_customers_in_profit", None] = share(
            last, lambda row: int(str(row["運用損益"])) >= 0
        )
        listed = [row for row in products if row["基準日"] == DAYS[-1]]
        least = sorted(int(str(row["残高"])) for row in listed)[-20]
        listed = [row for row in listed if int(str(row["残高"])) >= least]  # ties are all in
        for name, header in (("cost", "コスト"), ("return", "リターン"), ("risk", "リスク")):
            if (product, name) != ("fx", "risk"):
                weighed = sum(int(str(r[header])) * int(str(r["残高"])) for r in listed)
                balance = sum(int(str(row["残高"])) for row in listed)
                expected[f"{product}_{name}", None] = Fraction(weighed, balance)
    assert counted(tmp_path, "common_kpis", exports) == expected
