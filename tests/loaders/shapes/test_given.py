"""Columns that no file of an export has: the same in all of its rows, or blank."""

import json
from pathlib import Path

import pytest

from kpicli.base.errors import InputError, SettingsError
from kpicli.loaders.engines.local import SingleThread, Threads
from kpicli.loaders.engines.processes import Processes
from kpicli.settings.settings import read_settings
from support.command_line import process
from support.engines import ENGINES, loaded, small
from support.messy_export import seen
from support.small_project import Project
from support.wide_tables import book

TABLES = """[source.sales]
title = "契約"
rhythm = "continuous"
key = ["number", "product"]
[source.sales.columns]
number = { headers = "番号", type = "text", required = true }
on = { headers = "契約日", type = "date", required = true }
product = { headers = "商品", type = "code", codes = "products", required = true }
score = { headers = "点数", type = "number" }
first = { headers = "初回", type = "date", required = true }
[codes.products]
values = { "iDeCo" = ["確定拠出"], "NISA" = [] }
[kpi.sales]
title = "契約"
source = "sales"
measure = "count"
parts = { by = "product" }
[kpi.points]
title = "点数"
source = "sales"
measure = "sum"
of = "score"
[kpi.ideco]
title = "確定拠出"
source = "sales"
measure = "count"
where = { product = "iDeCo" }
[kpi.nisa]
title = "NISA"
source = "sales"
measure = "count"
where = { product = "NISA" }
[kpi.without_first]
title = "初回がない契約"
source = "sales"
measure = "count"
where = { first = { missing = true } }
"""
ROWS = ["1,2025-04-01", "2,2025-05-07", "3,2025-09-30"]
"""Three rows of one product, in April, May and September."""
GIVEN = 'absent = ["first"], constants = { product = "確定拠出", score = 2.5 }'


def project(folder: Path, *entries: str, **files: bytes | str) -> Project:
    """Return a project with these entries of the source and these files, a CSV where it is text."""
    for name, content in files.items():
        if isinstance(content, str):
            (folder / f"{name}.csv").write_text(content, encoding="utf-8")
        else:
            (folder / f"{name}.xlsx").write_bytes(content)
    made = Project(folder, exports={"sales": list(entries)})
    return made.toml("catalogue = []").toml(TABLES)


def csv(header: str, *rows: str) -> str:
    """Return lines of a CSV file."""
    return "".join(f"{line}\n" for line in (header, *rows))


PLAIN = csv("番号,契約日", *ROWS)
OTHER = csv("番号,契約日,商品,点数,初回", "1,2025-04-02,NISA,10,2025-04-03")


SOLD = '{ files = "sold.csv", covers = "2025上", '
ENTRY = SOLD + GIVEN + " }"


def test_constants_and_blanks_make_whole_rows(tmp_path: Path) -> None:
    """Three contracts of one product by its synonym, 2.5 points each; none has a first date.

    Beside them another export with all of the columns has one of NISA with 10: 3 x 2.5 + 10.
    """
    made = project(
        tmp_path, ENTRY, '{ files = "other.csv", covers = "2025上" }', sold=PLAIN, other=OTHER
    )
    sales = made.summarize("sales", by="month")
    assert sales.items() == {"iDeCo": 3, "NISA": 1}
    assert sales.groups() == {**dict.fromkeys(MONTHS, 0), "2025-04": 2, "2025-05": 1, "2025-09": 1}
    assert made.summarize("points").number() == 17.5
    assert made.summarize("without_first").number() == 3
    accounting = sales.accounting
    assert (accounting.counted, accounting.undetermined) == (4, 0)
    assert not sales.remarks


MONTHS = [f"2025-0{month}" for month in range(4, 10)]


def test_a_column_that_is_there_is_not_given(tmp_path: Path) -> None:
    """Of an absent column some file may know more: there it is read. A constant must be alone."""
    known = csv("番号,契約日,初回", "1,2025-04-01,2025-04-01", "2,2025-04-02,")
    made = project(tmp_path, ENTRY, sold=known)
    assert made.summarize("without_first").number() == 1
    twice = csv("番号,契約日,初回,初回", "1,2025-04-01,2025-04-01,")
    made = project(tmp_path, ENTRY, sold=twice)
    blocked = made.summarize("without_first")
    assert blocked.number() is None
    assert "twice" in blocked.remarks[0]
    made = project(tmp_path, ENTRY, sold=csv("番号,契約日,商品", "1,2025-04-01,NISA"))
    with pytest.raises(InputError) as told:
        made.load("sales")
    assert str(told.value) == (
        "sold.csv: the column '商品' is there, but constants also says what product is"
    )
    assert told.value.hint is not None
    assert "take product out of the constants of sales" in told.value.hint.en


def test_each_export_answers_for_its_own_product(tmp_path: Path) -> None:
    """A constant code confines an export as `holds` does: a forgotten one gives no zero."""
    made = project(
        tmp_path,
        ENTRY,
        '{ files = "next.csv", covers = "2025-10", absent = ["first"],'
        ' constants = { product = "NISA" } }',
        sold=PLAIN,
        next=csv("番号,契約日", "1,2025-10-03"),
    )
    kpis = ("sales", "ideco", "nisa")
    assert [made.summarize(kpi).number() for kpi in kpis] == [None, 3, None]
    assert [made.summarize(kpi, "2025-10").number() for kpi in kpis] == [None, None, 1]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("end", ["\n", "\r"])
def test_every_engine(
    tmp_path: Path, engine: type[SingleThread | Threads | Processes], end: str
) -> None:
    """Whoever reads it, in however many spans, the rows are those of a file with all columns."""
    rows = [f"{n},2025-0{4 + n % 6}-0{1 + n % 9}" for n in range(900)]
    made = project(tmp_path, ENTRY)
    (tmp_path / "sold.csv").write_bytes(csv("番号,契約日", *rows).replace("\n", end).encode())
    one = loaded(made.config)["sales"]
    assert seen(loaded(made.config, small(engine))["sales"]) == seen(one)
    (tmp_path / "whole").mkdir()
    filled = csv("番号,契約日,商品,点数,初回", *(f"{row},iDeCo,2.5," for row in rows))
    whole = project(tmp_path / "whole", SOLD.rstrip(", ") + " }", sold=filled).load("sales")
    names = [*whole.source.columns]
    assert one.frame[names].astype(str).equals(whole.frame[names].astype(str))


def test_lines_that_are_no_data_stay_none(tmp_path: Path) -> None:
    """A constant fills no empty line, total or note: of six lines two are contracts."""
    lines = ("1,2025-04-01", ",", "2,2025-05-07", "合計,", ",", "※速報,")
    made = project(tmp_path, ENTRY, sold=csv("番号,契約日", *lines))
    assert len(made.load("sales")) == 2
    dated = SOLD + 'absent = ["first"], constants = { on = 2025-04-30, product = "NISA" } }'
    dateless = ("1", "", "2", "合計", "", "※速報")
    made = project(tmp_path, dated, sold=csv("番号", *dateless))
    assert made.summarize("sales", by="month").groups()["2025-04"] == 2
    assert made.summarize("sales").accounting.counted == 2


BLOCKS: list[list[object]] = [
    ["店舗", "4月 件数", "5月 件数", "4月 金額", "5月 金額"],
    ["本店", 3, 1, 300, 100],
    ["支店", 2, 0, 250, 0],
]
WIDE = """[source.monthly]
title = "月次"
rhythm = "continuous"
key = ["shop", "month", "kind"]
[source.monthly.columns]
shop = { headers = "店舗", type = "text", required = true }
month = { headers = "月", type = "month", required = true }
kind = { headers = "種類", type = "code", codes = "kinds", required = true }
value = { headers = "値", type = "number" }
[codes.kinds]
values = { "件数" = [], "金額" = [] }
"""
OF_KIND = """[kpi.{id}]
title = "{kind}"
source = "monthly"
measure = "sum"
of = "value"
where = {{ kind = "{kind}" }}
"""


def test_two_blocks_of_one_file(tmp_path: Path) -> None:
    """Two entries read 件数 and 金額 of one sheet: 3 + 1 + 2 + 0 of 300 + 100 + 250 + 0."""
    (tmp_path / "月次.xlsx").write_bytes(book(BLOCKS))
    entries = [
        f'{{ files = "月次.xlsx", covers = "2025-04..2025-05", constants = {{ kind = "{kind}" }}, '
        f'unpivot = {{ columns = "{{name}} {kind}", name = "month", value = "value" }} }}'
        for kind in ("件数", "金額")
    ]
    made = Project(tmp_path, exports={"monthly": entries}).toml("catalogue = []").toml(WIDE)
    made.toml(OF_KIND.format(id="n", kind="件数")).toml(OF_KIND.format(id="yen", kind="金額"))
    for kpi, total, april in (("n", 6, 5), ("yen", 650, 550)):
        result = made.summarize(kpi, "2025-04..2025-05", by="month")
        assert result.number() == total
        assert result.groups()["2025-04"] == april
    dataset = made.load("monthly")
    assert not [fault for fault in dataset.faults if fault.kind.level != "note"]
    again = Project(tmp_path, exports={"monthly": [entries[0], entries[0]]}, top="catalogue = []")
    again.toml(WIDE).toml(OF_KIND.format(id="n", kind="件数"))
    assert "D310" in {fault.kind.code for fault in again.load("monthly").faults}
    assert again.summarize("n", "2025-04..2025-05").number() == 6


def test_equal_lines_of_two_products_are_two_rows(tmp_path: Path) -> None:
    """Files of one content are read once, unless a constant makes other rows of them."""
    lines = csv("番号,契約日", *(f"{n},2025-04-01" for n in range(40)))
    other = SOLD.replace("sold", "sold2") + GIVEN.replace("確定拠出", "NISA") + " }"
    made = project(tmp_path, ENTRY, other, sold=lines, sold2=lines)
    assert made.summarize("sales").items() == {"iDeCo": 40, "NISA": 40}
    same = project(tmp_path, ENTRY, ENTRY.replace("sold", "sold2"), sold=lines, sold2=lines)
    assert same.summarize("sales").items() == {"iDeCo": 40, "NISA": 0}


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ('constants = { prodct = "NISA" }', "did you mean 'product'?"),
        ('constants = { product = "NISAA" }', "did you mean 'NISA'?"),
        ('constants = { product = "NISA" }, absent = ["product"]', "stands under absent, too"),
        (
            'constants = { product = "NISA" }, headers = { product = ["品"] }',
            "stands under headers, too",
        ),
        ('constants = { product = "NISA" }, holds = { product = "iDeCo" }', "it is 'NISA' alone"),
        ('constants = { product = "NISA", number = "1" }', "no column of the key"),
        (
            'constants = { product = "NISA", on = 2025-04-01 }, absent = ["number", "first"]',
            "no required column is left",
        ),
        ("constants = { product = true }", "product"),
        (
            "constants = { score = 1 }, "
            'unpivot = { columns = "*月", name = "on", value = "score" }',
            "made of the tables",
        ),
    ],
)
def test_what_cannot_be_given(tmp_path: Path, options: str, problem: str) -> None:
    """The error names the key and says what is wrong with it, before any file is read."""
    with pytest.raises(SettingsError) as told:
        read_settings(project(tmp_path, SOLD + options + " }").config)
    assert problem in str(told.value)
    assert "exports.sales" in str(told.value)


@pytest.mark.parametrize(
    ("constants", "problem"),
    [
        ('{ on = "2025-13-01" }', "'2025-13-01' cannot be read as"),
        ('{ score = "many" }', "'many' cannot be read as"),
        ('{ score = " " }', "score is blank"),
    ],
)
def test_a_constant_is_read_as_its_column(tmp_path: Path, constants: str, problem: str) -> None:
    """What the column's own reading refuses, or takes for a blank, is no constant."""
    made = project(tmp_path, f"{SOLD}constants = {constants} }}", sold=PLAIN)
    with pytest.raises(InputError) as told:
        made.load("sales")
    assert problem in str(told.value)


def test_rows_say_that_a_cell_is_a_constant(tmp_path: Path) -> None:
    """The cell stands in no file: its record has what was read alone; check and explain go on."""
    made = project(tmp_path, ENTRY, sold=PLAIN)
    config = str(made.config)
    asked = ("rows", "sales", "-p", "2025H1", "-f")
    done = process("--config", config, "--lang", "en", *asked, "table")
    assert done.text.count("確定拠出 => iDeCo (constant)") == 3
    done = process("--config", config, *asked, "json")
    rows = json.loads(done.out)["rows"]
    assert [(row["product"], row["product_read"]) for row in rows] == [(None, "iDeCo")] * 3
    for command in (["check"], ["explain", "sales", "-p", "2025H1"]):
        done = process("--config", config, *command)
        assert "Traceback" not in done.err
        assert done.code == 0, done.err + done.text
