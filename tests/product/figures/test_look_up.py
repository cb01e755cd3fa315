"""Values of another source by a key: filters, parts, measures, rows, freezing, personal data."""

import random
import tempfile
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError
from kpicli.catalog.definition import define
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from support.command_line import process
from support.small_project import Project

SETTINGS = """[source.contracts]
title = "契約"
rhythm = "register"
key = ["policy", "started_on"]
in_force = ["started_on", "ended_on"]
until = "first_day_out"
[source.contracts.columns]
policy = { headers = "証券番号", type = "id", required = true }
started_on = { headers = "始期日", type = "date", required = true }
ended_on = { headers = "満期日", type = "date" }
product = { headers = "商品", type = "code", codes = "products" }
premium = { headers = "保険料", type = "number" }
owner = { headers = "契約者", type = "text", personal = true }
size = { type = "code", codes = "sizes", from = { bins = "premium", edges = [1000] } }
[source.calls]
title = "入電"
rhythm = "continuous"
key = "number"
[source.calls.columns]
number = { headers = "番号", type = "id", required = true }
on = { headers = "受付日", type = "date", required = true }
due = { headers = "期限", type = "date" }
policy = { headers = "証券番号", type = "id" }
premium = { type = "number", from = { look_up = "contracts", by = "policy", take = "premium" } }
owner = { type = "text", from = { look_up = "contracts", by = "policy", take = "owner" } }
[source.calls.columns.product]
type = "code"
codes = "products"
from = { look_up = "contracts", by = "policy", take = "product" }
[source.calls.columns.size]
type = "code"
codes = "sizes"
from = { look_up = "contracts", by = "policy", take = "size" }
[source.calls.columns.later]
type = "code"
codes = "products"
from = { look_up = "contracts", by = "policy", take = "product", on = "due" }
[codes.products.values]
"火災" = []
"自動車" = []
[codes.sizes.values]
"小" = []
"大" = []
[kpi.own]
title = "試し"
source = "calls"
"""
CONTRACTS = [
    "P1,2024/4/1,2025/4/1,火災,500,甲",
    "P1,2025/4/1,2026/4/1,自動車,1500,甲",  # renewed as another product
    "P2,2020/1/1,,火災,1000,乙",
    "P3,2020/1/1,,火災,10,丙",
    "P3,2025/5/1,,自動車,10,丙",  # from May on, two that differ
    "P4,不明な日,,火災,7,丁",  # when it began cannot be told
]
CALLS = [
    "1,2025/4/1,2025/4/1,P1",  # the first day of the second contract
    "2,2025/4/30,2025/3/31,P2",
    "3,2025/4/30,2025/5/1,P3",
    "4,2025/5/1,,P3",
    "5,2025/6/1,,P9",  # nowhere
    "6,2025/6/2,,",
    "7,2025/6/3,,P4",
]
HEADERS = {
    "contracts": "証券番号,始期日,満期日,商品,保険料,契約者",
    "calls": "番号,受付日,期限,証券番号",
}


def project(
    folder: Path,
    kpi: str,
    calls: Sequence[str] = CALLS,
    contracts: Sequence[str] = CONTRACTS,
) -> Project:
    """Return a project with calls, contracts and one KPI over the calls."""
    own = Project(folder).export("calls", calls, header=HEADERS["calls"])
    own.export("contracts", contracts, header=HEADERS["contracts"], covers=None)
    return own.toml(SETTINGS + kpi)


@pytest.mark.parametrize(
    ("where", "counted", "undetermined"),
    [
        ('{ product = "火災" }', 2, 4),  # calls 2, 3; 4 differs, 5 nowhere, 6 blank, 7 in doubt
        ('{ product = "自動車" }', 1, 4),  # call 1, on the day on which the first has ended
        ("{ product = { missing = true } }", 2, 2),  # 5 and 6
        ("{ premium = { at_least = 1000 } }", 2, 3),  # 1, 2; both P3 have 10, P4 is in doubt
        ('{ size = "大" }', 2, 3),
        ('{ later = "火災" }', 1, 5),  # 2 (P2 in 2025-03); 1 is 自動車; 3 differs; 4-7 have no day
    ],
)
def test_a_value_is_that_in_force_on_the_day(
    where: str, counted: int, undetermined: int, tmp_path: Path
) -> None:
    """Each call has the value of the contract in force on its day, if that can be told."""
    result = project(tmp_path, f'measure = "count"\nwhere = {where}').summarize("own")
    own = result.accounting
    assert (own.counted, own.undetermined) == (counted, undetermined)
    assert own.usable + own.faulty == len(CALLS)


def test_parts_and_groups_tell_what_was_found_nowhere(tmp_path: Path) -> None:
    """Blank parts count what has no contract; a remark says how many rows that are."""
    own = project(tmp_path, 'measure = "count"\nparts = { by = "product" }')
    result = own.summarize("own")
    assert result.items() == {"火災": 2, "自動車": 1, "未記入": 2}
    assert result.value().status is Status.PROVISIONAL
    assert "rows without a row in 契約 (contracts): 1; their product is blank" in result.remarks
    plain = project(tmp_path, 'measure = "count"')
    assert plain.summarize("own", by="product").groups() == {"火災": 2, "自動車": 1, "未記入": 2}


def test_amounts_are_added_and_shown_with_their_rows(tmp_path: Path) -> None:
    """`rows` lists the contracts behind a sum, and masks what is personal there."""
    own = project(tmp_path, 'measure = "sum"\nof = "premium"\nwhere = { owner = "丙" }')
    assert own.summarize("own").number() == 20
    shown = process("rows", "own", "--period", "2025H1", "-f", "csv", folder=tmp_path)
    assert shown.code == 5, shown.err  # three rows are in doubt
    lines = shown.text.splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["calls", "calls", "contracts"]
    assert "丙" not in shown.text
    said = process("explain", "own", "--period", "2025H1", folder=tmp_path)
    assert "列「premium」: 証券番号 が同じ「契約」の行の 保険料" in said.text
    assert "丙" not in said.text
    assert "contracts0.csv" in said.text


def test_a_source_is_read_only_where_it_is_needed(tmp_path: Path) -> None:
    """A KPI that takes nothing of the contracts has figures without them; one that does has not."""
    own = Project(tmp_path).export("calls", CALLS, header=HEADERS["calls"])
    own.toml(SETTINGS + 'measure = "count"')
    assert own.summarize("own").number() == 7
    own.tables = SETTINGS + 'measure = "count"\nwhere = { product = "火災" }'
    result = own.summarize("own")
    assert result.value().status is Status.NO_DATA
    assert "no export of contracts is listed under [exports] in kpicli.toml" in result.remarks
    assert sorted(map(str, own.load("calls").frame)) == [
        "@faulty",
        "@file",
        "@row",
        "due",
        "on",
        "policy",
    ]


def test_a_column_that_the_other_export_lacks_is_named(tmp_path: Path) -> None:
    """Without the column there is no figure, and the remark names the file."""
    own = Project(tmp_path).export("calls", CALLS, header=HEADERS["calls"])
    own.export("contracts", ["P1,2025/4/1"], header="証券番号,始期日", covers=None)
    own.toml(SETTINGS + 'measure = "count"\nwhere = { product = "火災" }')
    result = own.summarize("own")
    assert result.value().status is Status.NO_DATA
    assert any("'商品' is missing in contracts0.csv" in remark for remark in result.remarks)


def test_a_changed_contract_is_told_by_diff(tmp_path: Path) -> None:
    """A call is the same as when it was frozen, but its contract's product is another."""
    own = project(tmp_path, 'measure = "count"\nwhere = { product = "自動車" }')
    _ = own.config
    secret = str(tmp_path.parent / f"{tmp_path.name}_secret")
    frozen = process(
        "freeze", "--period", "2025H1", "--not-final", folder=tmp_path, KPICLI_SECRET_FILE=secret
    )
    assert frozen.code == 0, frozen.err
    file = tmp_path / "contracts0.csv"
    file.write_text(file.read_text("utf-8").replace("自動車,1500", "火災,1500"), encoding="utf-8")
    moved = process("diff", "2025H1", "-f", "json", folder=tmp_path, KPICLI_SECRET_FILE=secret)
    assert moved.code == 0, moved.err
    assert '"related"' in moved.text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('{ look_up = "contracts"', '{ look_up = "contract"', "no other source 'contract'"),
        ('by = "policy", take = "premium"', 'by = "polic", take = "premium"', "no column 'polic'"),
        ('take = "owner"', 'take = "ownr"', "contracts has no column 'ownr'"),
        ('"number", from = { look_up', '"text", from = { look_up', 'as in contracts: "number"'),
        (
            'codes = "sizes"\nfrom = { look_up',
            'codes = "products"\nfrom = { look_up',
            'codes = "sizes"',
        ),
        ('on = "due" }', 'on = "policy" }', "'policy' is no date column"),
        (
            'policy = { headers = "証券番号", type = "id" }',
            'policy = { headers = "証券番号", type = "text" }',
            "here it is text, in contracts id",
        ),
        (
            'from = { bins = "premium", edges = [1000] }',
            'from = { look_up = "calls", by = "policy", take = "size", on = "started_on" }',
            "made of itself",
        ),
    ],
)
def test_what_cannot_be_looked_up_is_refused(
    old: str, new: str, message: str, tmp_path: Path
) -> None:
    """A slip is an error that names the key and what there is."""
    own = project(tmp_path, 'measure = "count"')
    assert old in own.tables
    own.tables = own.tables.replace(old, new, 1)
    with pytest.raises(SettingsError) as error:
        own.summarize("own")
    assert message in str(error.value)


def test_words_name_the_other_source(tmp_path: Path) -> None:
    """The definition says where a value comes from, in both languages."""
    catalog = read_settings(
        project(tmp_path, 'measure = "count"\nwhere = { later = "火災" }').config
    ).catalog
    lines = define(catalog.kpi["own"], catalog)
    assert "列「later」: 証券番号 が同じ「契約」の行の 商品(期限 に有効な行)" in [
        t.ja for t in lines
    ]
    said = "product of the row of 契約 (contracts) with the same policy, in force on due"
    assert f"Column 'later': {said}" in [t.en for t in lines]


DAYS = st.dates(date(2025, 3, 1), date(2025, 10, 31))
KEYS = st.integers(1, 4)
LIVES = st.lists(
    st.tuples(KEYS, DAYS, st.none() | st.integers(0, 100), st.integers(0, 1)), max_size=12
)


def _end(start: date, days: int | None) -> str:
    return "" if days is None else str(start + timedelta(days=days))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(KEYS, DAYS), max_size=15), LIVES)
def test_looked_up_values_agree_with_a_search_by_hand(
    calls: list[tuple[int, date]], lives: list[tuple[int, date, int | None, int]]
) -> None:
    """Searched again row by row: the products of all contracts of that number on that day."""
    contracts = list(
        {(key, start): (key, start, days, p) for key, start, days, p in lives}.values()
    )
    names, counts = ("火災", "自動車"), Counter[object]()
    for key, day in calls:
        if date(2025, 4, 1) <= day <= date(2025, 9, 30):
            found = {
                names[product]
                for own, start, days, product in contracts
                if own == key
                and start <= day
                and (days is None or day < start + timedelta(days=days))
            }
            counts["doubt" if len(found) > 1 else next(iter(found), "未記入")] += 1
    with tempfile.TemporaryDirectory() as folder:
        own = project(
            Path(folder),
            'measure = "count"\nparts = { by = "product" }',
            [f"{n},{day},,P{key}" for n, (key, day) in enumerate(calls)],
            [
                f"P{key},{start},{_end(start, days)},{names[p]},1,甲"
                for key, start, days, p in contracts
            ],
        )
        result = own.summarize("own")
    assert result.accounting.undetermined == counts.pop("doubt", 0)
    if result.value().number is not None:
        assert {item: n for item, n in result.items().items() if n} == dict(counts)


def test_many_rows_are_looked_up_at_once(tmp_path: Path) -> None:
    """Thousands of rows of one key and thousands of days: each is the sum that is counted apart."""
    chance = random.Random(1)
    first = date(2025, 4, 1)
    contracts = [
        f"P{n % 7},{first - timedelta(days=400 + n)},,火災,{n % 7},甲" for n in range(4000)
    ]
    calls = [f"{n},{first + timedelta(days=chance.randrange(180))},,P{n % 9}" for n in range(6000)]
    result = project(tmp_path, 'measure = "sum"\nof = "premium"', calls, contracts).summarize("own")
    assert result.number() == sum(n % 9 for n in range(6000) if n % 9 < 7)
    rows = sum(1 for n in range(6000) if n % 9 >= 7)
    assert (
        f"rows without a row in 契約 (contracts): {rows}; their premium is blank" in result.remarks
    )


def test_other_engines_give_the_same_bytes(tmp_path: Path) -> None:
    """Values are looked up where the rows are joined, whoever has read them."""
    _ = project(tmp_path, 'measure = "count"\nparts = { by = "product" }').config
    asked = ("summarize", "--period", "2025H1", "-f", "json")
    local = process(*asked, folder=tmp_path)
    cluster = process(*asked, "--engine", "dask", folder=tmp_path)
    assert (local.code, cluster.code) == (5, 5)
    assert '"product"' in local.text
    assert cluster.text == local.text
