"""Wide and grouped tables give what a long one gives, and every cell is accounted for."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kpicli.base.errors import InputError, SettingsError
from kpicli.loaders.rows.dataset import Dataset
from kpicli.model.value import Status
from support.command_line import Run
from support.small_project import Project, accounted, places
from support.wide_tables import TABLES, UNPIVOT, book, monthly, text

DAYS = ("2025/4/1", "2025/5/1", "2025/6/1", "2025/7/1")
LATER = date(2026, 5, 1)
LONG = ["area", "shop", "on", "count"]
SHOPS = ("本店", "支店", "東店", "00123", "1")

Cells = Sequence[Sequence[int | None]]
Tables = st.lists(
    st.lists(st.none() | st.integers(-5, 5000), min_size=4, max_size=4), min_size=1, max_size=5
)


def of_groups(lines: int) -> st.SearchStrategy[list[int]]:
    """Return the numbers of groups, one for each line."""
    return st.lists(st.integers(1, 3), min_size=lines, max_size=lines)


def wide_rows(cells: Cells, groups: Sequence[int], *, alone: bool) -> list[list[object]]:
    """Return the lines of a grouped table: an area once, its shops, a subtotal, at last a total.

    The name of an area stands in its first line, or `alone` in a line above.
    """
    rows: list[list[object]] = [["地区", "店舗", *DAYS, "合計"]]
    for place, (row, group) in enumerate(zip(cells, groups, strict=True)):
        new = place == 0 or groups[place - 1] != group
        if new and place:
            rows.append(["", "小計", *[1] * 5])
        if new and alone:
            rows.append([f"地区{group}", *[""] * 6])
        area = f"地区{group}" if new and not alone else ""
        rows.append([area, SHOPS[place], *row, sum(n or 0 for n in row)])
    return [*rows, ["総合計", "", *[9] * 5]]


def grouped_rows(cells: Cells, groups: Sequence[int], *, alone: bool) -> list[list[object]]:
    """Return the filled cells a line each, the area in the first line of its own, or alone."""
    rows: list[list[object]] = [["地区", "店舗", "日付", "件数"]]
    last = None
    for line in long_rows(cells, groups):
        area, *rest = line.split(",")
        if area != last and last is not None:
            rows.append([f"{last} 計", "", "", len(rows)])
        if area != last and alone:
            rows.append([area, "", "", ""])
        rows.append([area if area != last and not alone else "", *rest])
        last = area
    return [*rows, ["※速報", "", "", ""]]


def long_rows(cells: Cells, groups: Sequence[int]) -> list[str]:
    """Return a line per filled cell."""
    return [
        f"地区{group},{SHOPS[place]},{day},{cell}"
        for place, (row, group) in enumerate(zip(cells, groups, strict=True))
        for day, cell in zip(DAYS, row, strict=True)
        if cell is not None
    ]


def cell_at(data: Dataset, number: int, rows: Sequence[Sequence[object]]) -> bool:
    """Return whether area, shop, header and count of a row stand where its places say."""
    seen = []
    for column in LONG:
        place = data.place(number, column)
        assert place.row is not None
        cells = rows[place.row - 1]
        seen.append(str(cells[rows[0].index(place.column)]) == data.raw([number], [column])[0][0])
    return all(seen)


def as_lines(rows: Sequence[Sequence[object]]) -> list[str]:
    """Return rows as lines of a CSV."""
    return [",".join("" if cell is None else str(cell) for cell in row) for row in rows]


Columns = st.sampled_from(['"20*"', '"2025/*/1"', "[{}]".format(", ".join(f'"{d}"' for d in DAYS))])


@given(Tables, st.data(), st.sampled_from(["utf-8", "cp932", "xlsx"]), Columns, st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_wide_table_is_the_long_one(
    cells: Cells, data: st.DataObject, form: str, columns: str, alone: bool
) -> None:
    """Rows, figures and parts are those of the long table, of a CSV and of a workbook."""
    groups = sorted(data.draw(of_groups(len(cells))))
    rows = wide_rows(cells, groups, alone=alone)
    options = f'{UNPIVOT}, fill_down = ["地区"]'.replace('"20*"', columns)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        content = book(rows) if form == "xlsx" else text(*as_lines(rows), encoding=form)
        wide = monthly(
            Project(Path(one)), "月次.xlsx" if form == "xlsx" else "月次.csv", content, options
        )
        header = "地区,店舗,日付,件数"
        long = monthly(
            Project(Path(other)), "月次.csv", text(header, *long_rows(cells, groups)), ""
        )
        wide_data, long_data = wide.load("monthly"), long.load("monthly")
        frames = [own.frame[LONG].astype(str).values.tolist() for own in (wide_data, long_data)]
        assert frames[0] == frames[1]
        kinds = {fault.kind.code for fault in wide_data.faults}
        assert kinds <= {"D332", "D333"}
        assert all(cell_at(wide_data, number, rows) for number in range(len(wide_data)))
        filled = sum(cell is not None for row in cells for cell in row)
        aside = len(rows) - 1 - len(cells)
        assert accounted(wide_data).get("usable", 0) == filled
        assert accounted(wide_data)["read"] == 4 * len(cells) + aside
        assert wide.summarize("n").summary.figures == long.summarize("n").summary.figures
        number = wide.summarize("n").number()
        assert number is None or number == sum(c for row in cells for c in row if c is not None)


@given(Tables, st.data(), st.booleans(), st.sampled_from(["utf-8", "xlsx"]))
@settings(max_examples=30, deadline=None)
def test_a_grouped_table_is_the_flat_one(
    cells: Cells, data: st.DataObject, alone: bool, form: str
) -> None:
    """Lines below the name of a group are its own, wherever that stands, and totals are none."""
    groups = sorted(data.draw(of_groups(len(cells))))
    rows = grouped_rows(cells, groups, alone=alone)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        content = book(rows) if form == "xlsx" else text(*as_lines(rows))
        file = "記録.xlsx" if form == "xlsx" else "記録.csv"
        grouped = monthly(Project(Path(one)), file, content, 'fill_down = ["地区"]')
        lines = long_rows(cells, groups)
        flat = monthly(Project(Path(other)), "記録.csv", text("地区,店舗,日付,件数", *lines), "")
        frames = [
            own.load("monthly").frame[LONG].astype(str).values.tolist() for own in (grouped, flat)
        ]
        assert frames[0] == frames[1]
        assert {fault.kind.code for fault in grouped.load("monthly").faults} <= {"D315", "D333"}
        assert accounted(grouped.load("monthly"))["read"] == len(rows) - 1


WIDE = text(
    "地区,店舗,2025/4/1,2025/5/1,2025/6/1",
    '東,"本\n店",1,,x',
    ",支店,4,5,－",
    "東計,,5,5,",
)


def test_rows_and_faults_name_the_true_cell(tmp_path: Path, run_in: Run) -> None:
    """A fault names the row, the line and the header of its cell; `rows` shows both keys."""
    options = f'{UNPIVOT}, fill_down = ["area"], blanks = ["－"]'
    own = monthly(Project(tmp_path), "月次.csv", WIDE, options)
    data = own.load("monthly")
    assert places(data, "D105") == [("月次.csv", 2, "2025/6/1")]
    assert places(data, "D332") == [("月次.csv", 2, "2025/5/1")]
    told = {f.kind.code: f.count for f in data.faults}
    assert told == {"D105": 1, "D332": 2, "D333": 1}
    assert [(data.place(r).row, data.place(r).line, data.place(r).column) for r in range(4)] == [
        (2, 2, "2025/4/1"),
        (2, 2, "2025/6/1"),
        (3, 4, "2025/4/1"),
        (3, 4, "2025/5/1"),
    ]
    asked = ("n", "--period", "2025H1", "--item", "支店", "--format", "json")
    rows = json.loads(run_in(own.config.parent, "rows", *asked).text)["rows"]
    assert [(r["row"], r["line"], r["area"], r["on"], r["count"]) for r in rows] == [
        (3, 4, "東", "2025/4/1", "4"),
        (3, 4, "東", "2025/5/1", "5"),
    ]


def test_a_filled_cell_that_cannot_be_read(tmp_path: Path) -> None:
    """It is one fault, at its own place, of all the rows that take it: none of them counts."""
    closed = '[codes.areas.values]\n"東" = []\n"西" = []\n'
    own = monthly(
        Project(tmp_path),
        "月次.csv",
        text(
            "地区,店舗,日付,件数",
            "東,A,2025/4/1,1",
            "酉,B,2025/4/1,2",
            ",C,2025/4/1,3",
            "西,D,2025/4/1,4",
        ),
        'fill_down = ["地区"]',
    )
    own.tables = (
        own.tables.replace(
            'area = { headers = "地区", type = "code", codes = "names" }',
            'area = { headers = "地区", type = "code", codes = "areas" }',
        )
        + closed
    )
    data = own.load("monthly")
    assert [(f.kind.code, f.place.row, f.place.column, f.count) for f in data.faults] == [
        ("D102", 3, "地区", 2)
    ]
    assert accounted(data) == {"read": 4, "usable": 2, "faulty": 2}
    value = own.summarize("n").value()
    assert (value.number, value.faulty_rows) == (5, 2)


def test_a_header_that_cannot_be_read(tmp_path: Path) -> None:
    """A column that is no day is one fault at its header: all of its rows are in doubt."""
    content = text("表,,", "地区,店舗,2025/4/1,20XX", "東,A,1,2", "東,B,3,4")
    data = monthly(Project(tmp_path), "月次.csv", content).load("monthly")
    assert [
        (f.kind.code, f.place.row, f.place.line, f.place.column, f.count) for f in data.faults
    ] == [("D101", 2, None, "20XX", 2)]
    assert accounted(data) == {"read": 5, "usable": 2, "not_data": 1, "faulty": 2}


def test_merged_cells_of_a_workbook(tmp_path: Path) -> None:
    """A merged key is filled down without a warning, beside headers that are days and merged."""
    rows: list[list[object]] = [
        ["地区", "店舗", "件数", None],
        [None, None, datetime.fromisoformat("2025-04-01"), datetime.fromisoformat("2025-05-01")],
        ["東", "本店", 1, 2],
        [None, "支店", "12件", 4],
        [None, "小計", 13, 6],
    ]
    content = book(rows, merged=["A1:A2", "B1:B2", "C1:D1", "A3:A5"])
    options = 'unpivot = { columns = "*月", name = "on", value = "count" }, fill_down = ["地区"]'
    own = monthly(Project(tmp_path), "月次.xlsx", content, options)
    data = own.load("monthly")
    assert [(f.kind.code, f.count) for f in data.faults] == [("D333", 1)]
    assert own.summarize("n").items() == {"支店": 16, "本店": 3}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_months(tmp_path: Path, form: str) -> None:
    """Headers of two rows, months of a year above and months without one: each by its own road."""
    months = TABLES.replace(
        'on = { headers = "日付", type = "date"', 'on = { headers = "月", type = "month"'
    )
    for number, (above, below, options) in enumerate(
        [
            ("地区,店舗,2025年,,2026年", ",,4月,5月,3月", ""),
            ("地区,店舗,令和7年度,,", ",,4月,5月,3月", ""),
            ("月次の件数,,,,", "地区,店舗,4月,5月,3月", ', covers = "2025年度"'),
        ]
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        own = Project(folder).toml("catalogue = []").toml(months)
        lines = [above, below, "東,本店,1,2,3", ",支店,4,,6"]
        merged = ["A1:A2", "B1:B2", "C1:D1"] if number == 0 else ["A1:A2", "B1:B2", "C1:E1"]
        rows = [[cell or None for cell in line.split(",")] for line in lines]
        content = book(rows, merged=merged if number < 2 else [])
        (folder / f"月次.{form}").write_bytes(content if form == "xlsx" else text(*lines))
        unpivot = 'unpivot = { columns = "*月", name = "on", value = "count" }'
        own.exports["monthly"] = [
            f'{{ files = "月次.{form}", {unpivot}, fill_down = ["地区"]{options} }}'
        ]
        by_month = own.summarize("n", "2025", by="month", today=LATER).groups()
        filled = {month: by_month[month] for month in ("2025-04", "2025-05", "2026-03")}
        assert filled == {"2025-04": 5, "2025-05": 2, "2026-03": 9}
        assert sum(int(n or 0) for n in by_month.values()) == 16


def test_a_month_that_nothing_dates(tmp_path: Path) -> None:
    """Without a year anywhere a month is a fault of its header, and no figure is made of it."""
    own = Project(tmp_path).toml("catalogue = []")
    own.toml(TABLES.replace('headers = "日付", type = "date"', 'headers = "月", type = "month"'))
    (tmp_path / "月次.csv").write_bytes(text("地区,店舗,4月", "東,本店,1", "東,支店,2"))
    unpivot = 'unpivot = { columns = "*月", name = "on", value = "count" }'
    own.exports["monthly"] = [f'{{ files = "月次.csv", {unpivot} }}']
    faults = own.load("monthly").faults
    assert [(f.kind.name, f.place.row, f.place.column, f.count) for f in faults] == [
        ("D101.no_year", 1, "4月", 2)
    ]


def test_a_sheet_for_each_year(tmp_path: Path) -> None:
    """`sheet = "{covers}"` says which year the months of each sheet are of."""
    made = Workbook()
    for sheet, title, count in (
        (made.worksheets[0], "2024年度", 1),
        (made.create_sheet(), "2025年度", 5),
    ):
        sheet.title = title
        sheet.append(["地区", "店舗", "4月", "3月"])
        sheet.append(["東", "本店", count, count + 1])
    made.save(tmp_path / "月次.xlsx")
    own = Project(tmp_path).toml("catalogue = []")
    own.toml(TABLES.replace('headers = "日付", type = "date"', 'headers = "月", type = "month"'))
    unpivot = 'unpivot = { columns = "*月", name = "on", value = "count" }'
    own.exports["monthly"] = [f'{{ files = "月次.xlsx", sheet = "{{covers}}", {unpivot} }}']
    numbers = {
        p: own.summarize("n", p, today=LATER).number()
        for p in ("2024-04", "2025-03", "2025-04", "2026-03")
    }
    assert numbers == {"2024-04": 1, "2025-03": 2, "2025-04": 5, "2026-03": 6}


def test_a_matrix_of_ticks(tmp_path: Path) -> None:
    """○ and × by staff and training: a text makes the name, a code the value."""
    own = Project(tmp_path)
    (tmp_path / "受講.csv").write_bytes(
        text(
            "受講日,職員番号,研修[保険業法],研修[個人情報],備考",
            "2025/4/1,S001,○,×,",
            "2025/4/1,S002,○,,済",
        )
    )
    own.exports["attended"] = [
        '{ files = "受講.csv", covers = "2025-04", '
        'unpivot = { columns = "研修[{name}]", name = "theme", value = "mark" } }'
    ]
    own.toml("""[source.attended]
title = "受講"
rhythm = "sparse"
key = ["staff", "theme"]
[source.attended.columns]
on = { headers = "受講日", type = "date", required = true }
staff = { headers = "職員番号", type = "id", personal = true, required = true }
theme = { headers = "研修", type = "code", codes = "themes" }
mark = { headers = "受講", type = "code", codes = "marks" }
[codes.themes]
open = true
[codes.marks.values]
"受講" = ["○"]
"未受講" = ["×"]
[kpi.attended]
title = "受講率"
source = "attended"
measure = "ratio"
numerator = { mark = "受講" }
parts = { by = "theme" }
""")
    result = own.summarize("attended", "2025-04")
    values = {item: result.value(item) for item in ("保険業法", "個人情報")}
    assert {k: (v.numerator, v.denominator) for k, v in values.items()} == {
        "保険業法": (2, 2),
        "個人情報": (0, 1),
    }


def test_overlapping_tables(tmp_path: Path) -> None:
    """The same cell in two exports is one row, and the later export counts where they differ."""
    own = monthly(Project(tmp_path), "4月.csv", text("地区,店舗,2025/4/1,2025/5/1", "東,A,1,2"))
    own = monthly(own, "5月.csv", text("地区,店舗,2025/4/1,2025/5/1,2025/6/1", "東,A,1,5,7"))
    own.exports["monthly"] = [
        e.replace('covers = "2025-04..2025-09", ', "") for e in own.exports["monthly"]
    ]
    data = own.load("monthly")
    assert accounted(data) == {"read": 5, "usable": 3, "duplicate": 1, "superseded": 1}
    assert own.summarize("n").number() == 13


def test_a_table_whose_only_key_is_filled(tmp_path: Path) -> None:
    """Lines of one group are told apart by nothing but what is made: each of its cells is a row."""
    lines = ("店舗,2025/4/1,2025/5/1", "本店,1,", ",,2", "計,1,2", "支店,4,5", ",,", "総計,5,7")
    own = monthly(Project(tmp_path), "月次.csv", text(*lines), f'{UNPIVOT}, fill_down = "店舗"')
    own.tables = own.tables.replace('key = ["area", "shop", "on"]', 'key = ["shop", "on"]')
    data = own.load("monthly")
    assert accounted(data) == {"read": 9, "usable": 4, "not_data": 5}
    assert own.summarize("n").items() == {"支店": 9, "本店": 3}


def test_what_may_be_forgotten_or_counted_twice(tmp_path: Path) -> None:
    """A column like those that are unpivoted, and names that end like a total's, are warnings."""
    unpivot = UNPIVOT.replace('"20*"', '["20*/1", "*計"]')
    header = "No.,地区,店舗,2025/4/1,2025/5/1,2025/6/1分,合計,年計"
    lines = (header, "1,東,A,1,2,3,6,6", "2,東,全店計,1,2,3,6,6")
    data = monthly(Project(tmp_path), "月次.csv", text(*lines), unpivot).load("monthly")
    told = [(f.kind.code, f.place.row, f.place.column, f.count, f.detail) for f in data.faults]
    assert told[:4] == [
        ("D338", 1, "年計", 1, "年計"),
        ("D334", None, None, 1, "合計"),
        ("D339", None, None, 1, "2025/6/1分"),
        ("D338", 3, "2025/4/1", 1, ""),
    ]


@pytest.mark.parametrize("columns", ['["2025/4/1", "2025/5/1"]', '["2025/5/1", "*4/1"]', '"20*"'])
def test_columns_by_name(tmp_path: Path, columns: str) -> None:
    """Headers one by one, patterns, and both together name the same columns, none of them lost."""
    content = text("2025/4/1,店舗,2025/5/1,地区", "1,A,2,東", "4,B,8,東")
    own = monthly(Project(tmp_path), "月次.csv", content, UNPIVOT.replace('"20*"', columns))
    assert own.load("monthly").faults == ()
    assert own.summarize("n").items() == {"A": 3, "B": 12}


def test_a_name_alone_in_its_line(tmp_path: Path) -> None:
    """The name of a group above its lines is theirs, though a line of one cell is often a note."""
    lines = ("東,,,", ",A,2025/4/1,1", "※西は速報,,,", "西,,,", ",B,2025/4/2,2", "西計,,,2")
    content = text("地区,店舗,日付,件数", *lines)
    data = monthly(Project(tmp_path), "月次.csv", content, 'fill_down = "地区"').load("monthly")
    assert data.frame["area"].astype(str).tolist() == ["東", "西"]
    told = [(f.kind.code, f.place.row, f.count) for f in data.faults]
    assert told == [("D315", 4, 1), ("D333", 2, 3)]
    assert accounted(data) == {"read": 6, "usable": 2, "not_data": 4}


def test_a_line_that_says_that_nothing_happened(tmp_path: Path) -> None:
    """該当なし is no name of a group: it covers its month, or all that a wide table covers."""
    lines = ("東,A,2025/4/1,1", "該当なし,,2025/5/1,", ",B,2025/6/1,2")
    own = monthly(
        Project(tmp_path), "月次.csv", text("地区,店舗,日付,件数", *lines), "fill_down = 'area'"
    )
    own.tables = own.tables.replace('rhythm = "continuous"', 'rhythm = "sparse"')
    own.exports["monthly"] = [
        own.exports["monthly"][0].replace('covers = "2025-04..2025-09", ', "")
    ]
    data = own.load("monthly")
    assert data.frame["area"].astype(str).tolist() == ["東", "東"]
    assert accounted(data) == {"read": 3, "usable": 2, "not_data": 1}
    assert own.summarize("n", "2025-05").number() == 0
    empty = text("地区,店舗,2025/4/1,2025/5/1", "該当なし,,,")
    wide = monthly(Project(tmp_path), "空.csv", empty, f"{UNPIVOT}, fill_down = 'area'")
    assert accounted(wide.load("monthly")) == {"read": 1, "not_data": 1}
    assert wide.summarize("n", "2025-05").number() == 0


def test_a_group_never_takes_the_name_of_another(tmp_path: Path) -> None:
    """A blank shop in the first line of an area is no shop of the area above: it stays blank."""
    lines = ("東,本店,2025/4/1,1", ",,2025/4/2,2", "西,,2025/4/3,4", ",西店,2025/4/4,8")
    content = text("地区,店舗,日付,件数", *lines)
    own = monthly(Project(tmp_path), "月次.csv", content, 'fill_down = ["店舗", "地区"]')
    faults = own.load("monthly").faults
    assert [(f.kind.code, f.place.row, f.place.column) for f in faults] == [("D201", 4, "店舗")]
    value = own.summarize("n").value()
    assert (value.number, value.faulty_rows) == (11, 1)


def test_what_is_wrong_is_said(tmp_path: Path) -> None:
    """No column fits: the message names the pattern and the headers, without any of the values."""
    own = monthly(Project(tmp_path), "月次.csv", text("地区,店舗,4月", "東,A,1"))
    with pytest.raises(InputError) as caught:
        own.load("monthly")
    assert caught.value.message.ja == (
        "月次.csv: unpivot の columns「20*」に合う列がありません。見出しの行: 地区、店舗、4月"
    )
    twice = monthly(Project(tmp_path), "月次.csv", text("地区,店舗,2025/4/1,2025/4/1", "東,A,1,2"))
    with pytest.raises(InputError, match="stands there more than once"):
        twice.load("monthly")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            'unpivot = { columns = "*", name = "month", value = "count" }',
            "unpivot.name: monthly has no column 'month'",
        ),
        (
            'unpivot = { columns = "*", name = "on", value = "on" }',
            "unpivot.name, unpivot.value are columns of their own",
        ),
        (
            'unpivot = { columns = "{name}{name}", name = "on", value = "count" }',
            "one {name} at most",
        ),
        ('unpivot = { columns = [], name = "on", value = "count" }', "columns"),
        ('unpivot = { columns = "*", name = "on" }', "value"),
        ('fill_down = ["地域"]', "fill_down: no column '地域' (did you mean '地区'?)"),
        (f'{UNPIVOT}, fill_down = ["on"]', "'on' is made, and stands in no column"),
    ],
)
def test_settings_that_are_refused(tmp_path: Path, options: str, told: str) -> None:
    """A slip is named by its key, with the nearest name."""
    own = monthly(Project(tmp_path), "月次.csv", text("地区,店舗,2025/4/1"), options)
    with pytest.raises(SettingsError) as caught:
        own.load("monthly")
    assert told in str(caught.value)


def test_numbers_of_a_wide_table_add_up(tmp_path: Path) -> None:
    """Groups, comparison and status go as of any source: a month without a cell is a zero."""
    own = monthly(
        Project(tmp_path), "月次.csv", WIDE, f'{UNPIVOT}, fill_down = ["地区"], blanks = ["－"]'
    )
    by_month = own.summarize("n", by="month").groups()
    assert by_month["2025-05"] == 5
    june = own.summarize("n", "2025-06").value()
    assert (june.number, june.faulty_rows, june.status) == (None, 1, Status.PROVISIONAL)
    assert own.summarize("n", "2025-04").number() == Decimal(5)
