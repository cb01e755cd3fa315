"""Funds in two overlapping exports of random rows, with a KPI of every kind over them."""

from pathlib import Path
from random import Random

from support.small_project import Project

FUNDS = """[source.funds]
title = "投資信託"
rhythm = "continuous"
key = "fund"
[source.funds.columns]
fund = { headers = "番号", type = "id", required = true }
on = { headers = "基準日", type = "date", required = true }
due = { headers = "期日", type = "date" }
balance = { headers = "残高", type = "number" }
gain = { headers = "騰落率", type = "number" }
line = { headers = "種類", type = "code", codes = "fund_kinds" }
how = { headers = "方法", type = "code", codes = "ways" }
owner = { headers = "顧客", type = "text", personal = true }
[codes.fund_kinds.values]
"株式" = []
"債券" = []
[codes.ways]
several = "each"
[codes.ways.values]
"面談" = []
"電話" = []
[source.owners]
title = "顧客"
of = "funds"
per = ["on", "owner"]
[source.owners.columns]
held = { type = "number", from = { sum = "balance" } }
"""
KINDS = {
    "counted": 'measure = "count"\nparts = { by = "line" }',
    "by_way": 'measure = "count"\nparts = { by = "how", total = false }',
    "largest": 'measure = "mean"\nof = "gain"\nweight = "balance"\n'
    'top = { by = "balance", most = 20 }\nparts = { by = "line" }',
    "weighed": 'measure = "mean"\nof = "gain"\nweight = "balance"\nparts = { by = "line" }',
    "middle": 'measure = "median"\nof = "gain"\nparts = { by = "line" }',
    "added": 'measure = "sum"\nof = "gain"\nparts = { by = "line" }',
    "thousands": 'measure = "sum"\nof = "balance"\nscale = "千"\ndecimals = 1',
    "owners_counted": 'measure = "distinct"\nof = "owner"\nparts = { by = "line" }',
    "pairs": 'measure = "distinct"\nof = ["owner", "line"]',
    "share_of_rows": 'measure = "ratio"\nnumerator = { line = "株式" }',
    "share_of_owners": 'measure = "ratio"\nof = "owner"\nnumerator = { line = "株式" }',
    "share_of_money": 'measure = "ratio"\nweight = "balance"\nnumerator = { line = "株式" }',
    "days": 'measure = "dates"\nof = "on"\nwith = ["line"]',
    "months": 'measure = "dates"\nof = "on"\nshown_as = "month"',
    "any": 'measure = "dates"\nof = "on"\nshown_as = "yes_no"',
    "not_stocks": 'measure = "count"\nexclude = { line = ["株式"] }',
}
HEADER = "番号,基準日,期日,残高,騰落率,種類,方法,顧客"


def funds(folder: Path, seed: int) -> Project:
    """Return a project with a KPI of every kind over two overlapping exports of random rows."""
    random = Random(seed)

    def row(number: int) -> str:
        day = f"2025-{random.randrange(3, 11):02}-{random.randrange(1, 29):02}"
        return ",".join(
            (
                f"F{number}",
                day,
                random.choice(["", "2025-09-01"]),
                random.choice(["100", "2500.5", "0", "12345678.25", "", "-3"]),
                random.choice(["1.5", "-2.25", "0.125", "3", "?", ""]),
                random.choice(["株式", "債券", "", "現物"]),
                random.choice(["面談", "電話", "面談;電話", ""]),
                random.choice(["C1", "C2", "C3", "C4", ""]),
            )
        )

    rows = [row(number) for number in range(60)]
    own = Project(folder).toml(FUNDS)
    own.export("funds", rows, header=HEADER, covers="2025-01..2025-12")
    own.export("funds", [*rows[:9], "合計,,,60,,,,", ""], header=HEADER, covers="2025-01..2025-12")
    for name, words in KINDS.items():
        own.toml(f'[kpi.{name}]\ntitle = "試し"\nsource = "funds"\n{words}')
    own.toml('[kpi.of_owners]\ntitle = "試し"\nsource = "owners"\nmeasure = "sum"\nof = "held"')
    return own
