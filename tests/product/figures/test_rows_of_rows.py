"""Sources of sources: rows with the same cells are one, with what they have together."""

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
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

SETTINGS = """[source.holdings]
title = "残高明細"
rhythm = "snapshot"
within = "5 days"
key = ["on", "customer", "fund"]
[source.holdings.columns]
on = { headers = "基準日", type = "date", required = true }
customer = { headers = "顧客番号", type = "id", personal = true }
fund = { headers = "銘柄", type = "id", required = true }
gain = { headers = "損益", type = "number" }
cost = { headers = "元本", type = "number" }
holder = { headers = "口座区分", type = "code", codes = "holders" }
[source.investors]
title = "顧客"
of = "holdings"
per = ["on", "customer"]
[source.investors.columns]
gained = { type = "number", from = { sum = "gain" } }
invested = { type = "number", from = { sum = "cost" } }
funds = { type = "number", from = { count = "row" } }
known = { type = "number", from = { count = "gain" } }
worst = { type = "number", from = { min = "gain" } }
best = { type = "number", from = { max = "gain" } }
holder = { type = "code", codes = "holders", from = { first = "holder" } }
latest = { type = "code", codes = "holders", from = { last = "holder" } }
rate = { type = "number", from = { divide = ["gained", "invested"] } }
band = { type = "code", codes = "bands", from = { bins = "rate", edges = [-0.5, 0, 0.1] } }
[codes.holders.values]
"個人" = []
"法人" = []
[codes.bands.values]
"-50%未満" = []
"-50%以上0%未満" = []
"0%以上10%未満" = []
"10%以上" = []
[kpi.own]
title = "試し"
source = "investors"
unit = "名"
"""
HEADER = "基準日,顧客番号,銘柄,損益,元本,口座区分"
ROWS = [
    "2025/9/30,C00001,F1,50,1000,個人",
    "2025/9/30,C00001,F2,-50,500,個人",  # together 0: an edge is in the bin above
    "2025/9/30,C00002,F1,-0.5,1,個人",  # -50 % exactly
    "2025/9/30,C00003,F1,20,100,法人",
    "2025/9/30,C00003,F2,-90,100,個人",  # two holders that differ; -35 %
    "2025/8/31,C00004,F1,1,1,個人",  # another day
    "2025/9/30,C00005,F1,,100,個人",  # a blank gain
    "2025/9/30,C00006,F1,百,100,個人",  # one that cannot be read
    "2025/9/30,C00006,F2,1,100,個人",
]


def project(folder: Path, kpi: str, rows: Sequence[str] = ROWS) -> Project:
    """Return a project with holdings and one KPI over those who hold them."""
    own = Project(folder).export("holdings", rows, header=HEADER, covers=None)
    return own.toml(SETTINGS + kpi)


def test_customers_are_counted_by_what_they_gained(tmp_path: Path) -> None:
    """Each customer is one row, in the bin of the sum of all funds; the rest is in doubt."""
    own = project(tmp_path, 'measure = "count"\nparts = { by = "band" }')
    result = own.summarize("own")
    assert result.items() == {
        "-50%未満": None,  # whoever cannot be read may be here
        "-50%以上0%未満": 2,
        "0%以上10%未満": 1,
        "10%以上": None,
        "未記入": 1,
    }
    assert result.value().status is Status.PROVISIONAL
    made, behind = result.summary.accounting[0], result.summary.sources
    assert (made.usable, made.counted, made.out_of_period, made.undetermined) == (6, 4, 1, 1)
    assert [(each.id, each.accounting.read) for each in behind] == [
        ("holdings", len(ROWS)),
        ("investors", 6),
    ]
    files = [(file.source, file.path) for file in result.summary.files]
    assert files == [("holdings", "holdings0.csv"), ("investors", "holdings0.csv")]


@pytest.mark.parametrize(
    ("where", "counted", "undetermined"),
    [
        ("{ gained = { at_least = 0 } }", 1, 2),  # 1; 5 is blank, 6 cannot be read
        ("{ rate = -0.5 }", 1, 2),
        ("{ funds = 2 }", 3, 0),
        ("{ known = 0 }", 1, 1),
        ("{ worst = { below = 0 } }", 3, 2),
        ("{ best = { above = 0 } }", 2, 2),
        ('{ holder = "個人" }', 4, 1),
        ('{ latest = { not = "個人" } }', 0, 1),
        ("{ gained = { missing = true } }", 1, 1),
    ],
)
def test_a_column_is_what_the_rows_have_together(
    where: str, counted: int, undetermined: int, tmp_path: Path
) -> None:
    """Sums, counts, extremes, the first and the last; blank and unreadable cells are told apart."""
    result = project(tmp_path, f'measure = "count"\nwhere = {where}').summarize("own")
    assert (result.accounting.counted, result.accounting.undetermined) == (counted, undetermined)


def test_a_row_without_its_customer_is_in_doubt(tmp_path: Path) -> None:
    """Nobody knows whose it is: it is a row of its own, and the figure is not final."""
    rows = ["2025/9/30,C00001,F1,1,1,個人", "2025/9/30,,F2,1,1,個人", "2025/9/30,,F3,1,1,個人"]
    result = project(tmp_path, 'measure = "count"', rows).summarize("own")
    assert (result.number(), result.value().faulty_rows) == (1, 2)
    assert result.accounting.faulty == 2


def test_rows_go_down_to_the_files(tmp_path: Path) -> None:
    """`rows` shows the customers, then the lines of the file, none with a customer's number."""
    _ = project(tmp_path, 'measure = "count"\nwhere = { gained = { at_least = 0 } }').config
    shown = process("rows", "own", "--period", "2025H1", "-f", "csv", folder=tmp_path)
    lines = [line.split(",") for line in shown.text.splitlines()[1:]]
    assert [(line[0], line[3], line[5]) for line in lines] == [
        ("investors", "2", "counted"),
        ("holdings", "2", "behind"),
        ("holdings", "3", "behind"),
    ]
    assert "C0000" not in shown.text
    said = process("explain", "own", "--period", "2025H1", folder=tmp_path)
    assert "行: 「残高明細」の行を 基準日・顧客番号 ごとにまとめたもの" in said.text
    assert "列「gained」: 損益 の合計" in said.text


def test_every_command_knows_the_made_rows(tmp_path: Path) -> None:
    """The table, asked for twice, the explanation, and the check, which is of the files alone."""
    rows = ROWS[:5]
    _ = project(tmp_path, 'measure = "count"\nparts = { by = "band" }', rows).config
    asked = ("summarize", "--period", "2025H1", "--by", "holder", "-f", "csv")
    first, again = process(*asked, folder=tmp_path), process(*asked, folder=tmp_path)
    assert (first.code, again.text) == (5, first.text)  # one has two holders
    told = process("explain", "own", "--period", "2025H1", "-f", "json", folder=tmp_path)
    assert told.code == 0, told.err
    assert told.text.count('"investors"') > 0
    check = process("check", "-f", "json", folder=tmp_path)
    assert check.code == 0, check.err
    assert '"investors"' not in check.text


def test_a_column_that_the_export_lacks_is_named(tmp_path: Path) -> None:
    """Without the column of the file there is no figure; a KPI that does not ask for it has one."""
    rows = ["2025/9/30,C00001,F1"]
    own = Project(tmp_path).export("holdings", rows, header="基準日,顧客番号,銘柄", covers=None)
    own.toml(SETTINGS + 'measure = "count"\nwhere = { gained = 1 }')
    result = own.summarize("own")
    assert result.value().status is Status.NO_DATA
    assert result.remarks == ["the column '損益' is missing in holdings0.csv"]
    own.tables = SETTINGS + 'measure = "count"'
    assert own.summarize("own").number() == 1


def test_without_the_other_export_nothing_is_counted(tmp_path: Path) -> None:
    """The remark names the source whose files are wanted."""
    own = Project(tmp_path).toml(SETTINGS + 'measure = "count"')
    own.export("voices", [])
    assert own.summarize("own").remarks[0].startswith("no export of holdings is listed")


def test_freeze_and_diff_know_the_made_rows(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A changed gain moves a customer from one bin to another."""
    rows = [row for row in ROWS if "C00005" not in row and "C00006" not in row]
    own = project(tmp_path, 'measure = "count"\nwhere = { gained = { at_least = 0 } }', rows)
    _ = own.config
    secret = str(tmp_path_factory.mktemp("own") / "secret")
    frozen = process("freeze", "--period", "2025H1", folder=tmp_path, KPICLI_SECRET_FILE=secret)
    assert frozen.code == 0, frozen.err
    file = tmp_path / "holdings0.csv"
    file.write_text(file.read_text("utf-8").replace("F2,-90", "F2,-10"), encoding="utf-8")
    moved = process("diff", "2025H1", folder=tmp_path, KPICLI_SECRET_FILE=secret)
    assert moved.code == 0, moved.err
    assert ",investors,holdings0.csv,5," in moved.text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('of = "holdings"', 'of = "holding"', "source.investors.of: no source of files 'holding'"),
        ('per = ["on", "customer"]', 'per = ["on", "custom"]', "has no column 'custom'"),
        ('per = ["on", "customer"]', 'per = "customer"', "needs a date column"),
        ('{ sum = "gain" }', '{ sum = "gains" }', "holdings has no column 'gains'"),
        ('{ sum = "gain" }', '{ sum = "holder" }', "'holder' of holdings is of type 'code'"),
        ('{ type = "number", from = { sum', '{ type = "text", from = { sum', 'makes it a "number"'),
        ('of = "holdings"\nper = ["on", "customer"]', 'key = "a"\nrhythm = "sparse"', ""),
        ("[source.investors]", "[exports.investors]\n[source.investors]", ""),
    ],
)
def test_what_cannot_be_made_is_refused(old: str, new: str, message: str, tmp_path: Path) -> None:
    """A slip is an error that names the key."""
    own = project(tmp_path, 'measure = "count"')
    assert old in own.tables
    own.tables = own.tables.replace(old, new, 1)
    with pytest.raises(SettingsError) as error:
        own.summarize("own")
    assert message in str(error.value)


def test_words_are_in_both_languages(tmp_path: Path) -> None:
    """The definition names the rows behind and what is made of them."""
    kpi = 'measure = "count"\nwhere = { funds = 2, best = 1, holder = "個人" }'
    catalog = read_settings(project(tmp_path, kpi).config).catalog
    lines = [line.en for line in define(catalog.kpi["own"], catalog)]
    assert "Rows: those of 残高明細 (holdings) with the same on and customer are one" in lines
    assert "Column 'funds': the number of rows" in lines
    assert "Column 'best': the greatest gain" in lines


CELLS = st.decimals(-99, 99, places=2) | st.none()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), CELLS), min_size=1, max_size=20))
def test_sums_agree_with_sums_by_hand(cells: list[tuple[int, Decimal | None]]) -> None:
    """Added again with a dictionary: a customer with a blank cell has no sum."""
    sums = defaultdict[int, list[Decimal | None]](list)
    for who, gain in cells:
        sums[who].append(gain)
    whole = {w: sum(filter(None, g), Decimal(0)) for w, g in sums.items() if None not in g}
    with tempfile.TemporaryDirectory() as folder:
        own = project(
            Path(folder),
            'measure = "sum"\nof = "gained"',
            [
                f"2025/9/30,C0000{w},F{n},{'' if g is None else g},1,個人"
                for n, (w, g) in enumerate(cells)
            ],
        )
        result = own.summarize("own")
    assert result.accounting.usable == len(sums)
    assert result.accounting.undetermined == len(sums) - len(whole)
    if whole:
        assert result.number() == sum(whole.values(), Decimal(0))
