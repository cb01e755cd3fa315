"""Cross tables: every cell by an independent recount, the same in every format."""

import csv
import io
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.model.figures import Figure
from kpicli.output.formats.markdown import FORMAT as MARKDOWN
from kpicli.output.formats.table import FORMAT as TABLE
from kpicli.output.formats.text import FORMAT as TEXT
from kpicli.output.interface import Options
from kpicli.output.summary.answer import summary_answer
from kpicli.output.summary.cross import cross_table
from support.command_line import Run, process
from support.root import ROOT
from support.small_project import Project

CATEGORIES = ("感謝", "不満", "要望", "その他")
MONTHS = ("4月", "5月", "6月", "7月", "8月", "9月")
Voice = tuple[int, str, str, str]
"""Month, line, category and team of a voice."""

VOICES = st.lists(
    st.tuples(
        st.integers(4, 9),
        st.sampled_from(("生保", "損保", "")),
        st.sampled_from((*CATEGORIES, "")),
        st.sampled_from(("一課", "二課")),
    ),
    max_size=30,
)


def project(folder: Path, voices: Sequence[Voice], kpi: str = "") -> Project:
    """Return a project of some voices."""
    rows = [
        f"V{n},2025/{month}/3,{line},{category},{team},"
        for n, (month, line, category, team) in enumerate(voices)
    ]
    return Project(folder).export("voices", rows).toml(kpi or "[kpi]")


def names_of(voices: Sequence[Voice]) -> list[str]:
    """Return the parts that are shown."""
    return [*CATEGORIES, *(["未記入"] if any(not each[2] for each in voices) else [])]


def recounted(voices: Sequence[Voice]) -> list[list[str]]:
    """Return the rows of the table of parts by months, by the standard library alone."""
    cells = Counter((category or "未記入", month) for month, _, category, _ in voices)
    by_month = Counter(month for month, *_ in voices)
    rows = [["お客様の声 (原則7も)", *(str(by_month[m]) for m in range(4, 10)), str(len(voices))]]
    for name in names_of(voices):
        numbers = [cells[name, month] for month in range(4, 10)]
        rows.append([name, *map(str, numbers), str(sum(numbers))])
    return rows


def lines_of(text: str) -> list[list[str]]:
    """Return the cells of lines in columns, two spaces apart."""
    return [re.split(r" {2,}", line.strip()) for line in text.splitlines() if line.strip()]


@settings(max_examples=25)
@given(voices=VOICES)
def test_every_format_draws_the_recounted_cells(voices: list[Voice]) -> None:
    """Parts by months, a row and a column of totals: in a terminal, as text, as Markdown."""
    expected = recounted(voices)
    with tempfile.TemporaryDirectory() as folder:
        summary = project(Path(folder), voices).summarize("voices", by="month").summary
    answer = summary_answer(summary)
    head = ["項目 (件)", *MONTHS, "計"]
    for form, width in ((TABLE, 80), (TABLE, 120), (TEXT, 80), (TEXT, 120)):
        text = form.render(answer, Options(width=width))
        assert isinstance(text, str)
        lines = lines_of(text)
        first = lines.index(head)
        table = [line for line in lines[first + 1 :] if len(line) == len(head)]
        assert table[: len(expected)] == expected, form.name
        assert lines.count(head) == 1
    page = MARKDOWN.render(answer, Options())
    assert isinstance(page, str)
    rows = [
        [c.strip("・ ") for c in line[1:-1].split("|")] for line in page.splitlines() if "|" in line
    ]
    assert rows[0] == head
    assert rows[2 : 2 + len(expected)] == expected


@settings(max_examples=25)
@given(voices=VOICES, by=st.sampled_from(["month", "quarter", "line", "team"]))
def test_totals_are_sums_where_they_add_up(voices: list[Voice], by: str) -> None:
    """Each row adds up to its last cell, each column to its first, whatever the groups are."""
    with tempfile.TemporaryDirectory() as folder:
        summary = project(Path(folder), voices).summarize("voices", by=by).summary
    table = cross_table(summary, "ja")
    if table is None:
        assert not any(figure.by for figure in summary.figures)
        return
    assert table.total
    numbers = [[0 if f is None else f.value.number for f in row.figures] for row in table.rows]
    for row in numbers:
        assert sum(n or 0 for n in row[:-1]) == row[-1]
    for column in zip(*numbers, strict=True):
        assert sum(n or 0 for n in column[1:]) == column[0]
    assert numbers[0][-1] == len(voices)


SOME: list[Voice] = [
    (4, "生保", "感謝", "一課"),
    (4, "損保", "不満", "一課"),
    (5, "損保", "不満", "二課"),
    (9, "", "不満", "二課"),
]


def test_programs_get_the_same_cells(tmp_path: Path, run_kpicli: Run) -> None:
    """Wide csv and tsv, the sheet of a workbook, and the page hold what the tidy csv says."""
    assert project(tmp_path, SOME).config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "voices", "--by", "month")
    tidy = list(csv.DictReader(io.StringIO(run_kpicli({}, *asked, "-f", "csv").text)))
    known = {(row["item"], row["group"]): row["value"] for row in tidy}
    months = [f"2025-0{month}" for month in range(4, 10)]
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        wide = run_kpicli({}, *asked, "-f", form, "--wide")
        assert wide.code == 0
        rows = list(csv.reader(io.StringIO(wide.text), delimiter=delimiter))
        assert rows[0] == ["kpi", "title", "part", "item", "unit", *months, "total", "status"]
        assert [row[3] for row in rows[1:]] == ["", *CATEGORIES]
        for row in rows[1:]:
            assert row[5:12] == [known[row[3], group] for group in (*months, "")]
            assert row[12] == ""
    assert run_kpicli({}, *asked, "-o", "kpi.xlsx").code == 0
    book = openpyxl.load_workbook(tmp_path / "kpi.xlsx")
    sheet = [list(row) for row in book["クロス集計"].values]
    assert sheet[2] == ["項目", "単位", "4月", "5月", "6月", "7月", "8月", "9月", "計"]
    assert sheet[3][0] == "原則2"
    assert [[str(c) for c in row[2:9]] for row in sheet[4:]] == [r[5:12] for r in rows[1:]]
    page = run_kpicli({}, *asked, "-f", "html").text
    cells = re.findall(r'<tr class="fd-depth[01]">(.*?)</tr>', page, re.S)
    drawn = [
        [
            unescape(re.sub(r"<[^>]*>", "", c)).strip()
            for c in re.findall(r"<t[hd].*?</t[hd]>", r, re.S)
        ]
        for r in cells
    ]
    assert drawn[:5] == recounted(SOME)
    assert run_kpicli({}, "audit", "kpi.xlsx").code == 0


def test_what_does_not_add_up_has_no_total(tmp_path: Path, run_kpicli: Run) -> None:
    """Teams of months may be the same: the half has two, and that is no sum."""
    kpi = '[kpi.teams]\ntitle = "課"\nsource = "voices"\nmeasure = "distinct"\nof = "team"\n'
    kpi += 'unit = "課"\nparts = { by = "category" }\n'
    assert project(tmp_path, SOME, kpi).config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "teams", "--by", "month")
    lines = lines_of(run_kpicli({}, *asked, "-f", "text").text)
    assert ["項目 (課)", *MONTHS, "全体"] in lines
    assert ["課 (合算不可)", "1", "1", "0", "0", "0", "1", "2"] in lines
    assert ["不満", "1", "1", "0", "0", "0", "1", "2"] in lines
    wide = run_kpicli({}, *asked, "-f", "csv", "--wide").text
    assert ",2025-09,whole,status" in wide
    assert "計" not in run_kpicli({}, *asked, "-f", "table").text.partition("行の内訳")[0]


def test_ratios_stocks_and_overlaps_have_no_total(tmp_path: Path) -> None:
    """A rate of rates, a stock of months, and cells that count twice are told as a whole."""
    ratio = '[kpi.rate]\ntitle = "率"\nsource = "voices"\nmeasure = "ratio"\n'
    ratio += 'numerator = { category = "不満" }\n'
    summary = project(tmp_path, SOME, ratio).summarize("rate", by="month").summary
    table = cross_table(summary, "ja")
    assert table is not None
    assert not table.total
    text = MARKDOWN.render(summary_answer(summary), Options())
    assert isinstance(text, str)
    rows = [line for line in text.splitlines() if line.startswith("| 率")]
    none = " | ".join(["0/0 算出不可"] * 3)
    assert rows == [f"| 率 (合算不可) | 1/2 50.0% | 1/1 100.0% | {none} | 1/1 100.0% | 3/4 75.0% |"]


def test_doubt_is_told_in_the_cell_and_beside_the_numbers(tmp_path: Path, run_kpicli: Run) -> None:
    """A row whose group cannot be read is in doubt in each, and the whole is no total."""
    rows = ["V1,2025/4/1,生保,感謝,一課,", "V2,2025/5/40,損保,感謝,一課,"]
    assert Project(tmp_path).export("voices", rows).config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "voices", "--by", "month")
    text = run_kpicli({}, *asked, "-f", "markdown").text
    assert "| お客様の声 (原則7も) | 1 要確認(1件) | - 要確認(1件) |" in text
    (total,) = [
        row
        for row in csv.DictReader(io.StringIO(run_kpicli({}, *asked, "-f", "csv", "--wide").text))
        if not row["item"]
    ]
    assert (total["2025-04"], total["2025-05"]) == ("1", "")
    assert "2025-04: 要確認(1件); 2025-05: 要確認(1件)" in total["status"]


def test_twelve_months_come_in_two_tables_where_one_is_too_wide(tmp_path: Path) -> None:
    """Nothing is cut: each column stands once, each table has the names."""
    voices = [(month, "生保", "感謝", "一課") for month in range(4, 10) for _ in range(1_000)]
    summary = project(tmp_path, voices).summarize("voices", "2025", by="month").summary
    for width in (40, 80, 120):
        text = TABLE.render(summary_answer(summary), Options(width=width))
        assert isinstance(text, str)
        heads = [line for line in lines_of(text) if line[0] == "項目 (件)"]
        assert [name for line in heads for name in line[1:]] == [
            *(f"{month}月" for month in (*range(4, 13), *range(1, 4))),
            "全体" if "全体" in text else "計",
        ]
        assert sum(line[0] == "感謝" for line in lines_of(text)) == len(heads)
    assert len(heads) == 1


def test_many_groups_or_comparisons_stay_lines(tmp_path: Path, run_kpicli: Run) -> None:
    """There groups stand on a level of their own, parts below it, those of the whole as well."""
    voices = [(4, "生保", "感謝", f"{number}課") for number in range(13)]
    assert project(tmp_path, voices).config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "voices", "-f", "text")
    text = run_kpicli({}, *asked, "--by", "team").text
    assert re.search(r"^お客様の声.*\n    感謝 ", text, re.M)
    assert re.search(r"^  0課 .*\n    感謝 ", text, re.M)
    compared = run_kpicli({}, *asked, "--by", "month", "--compare", "previous").text
    assert re.search(r"^  2025-04 .*\n(.*\n)?    感謝 ", compared, re.M) or "2025年4月" in compared
    groups = {len(line) - len(line.lstrip()) for line in text.splitlines() if "課 " in line}
    parts = {len(line) - len(line.lstrip()) for line in text.splitlines() if "感謝 " in line}
    assert (groups, parts) == ({2}, {4})
    wide = run_kpicli(
        {}, "summarize", "-p", "2025H1", "-k", "voices", "--by", "team", "-f", "tsv", "--wide"
    )
    assert len(wide.text.splitlines()[0].split("\t")) == 5 + 13 + 2


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--wide",), "--by"),
        (("--wide", "--by", "month", "-f", "json"), "csv と tsv"),
        (("--wide", "--by", "month", "--compare", "previous"), "--compare"),
        (("--wide", "--by", "month", "--trend", "2"), "--trend"),
        (("--wide", "--trend", "2", "--compare", "previous"), "--compare"),
        (("--wide", "--by", "improved_on"), "improved_on"),
    ],
)
def test_wide_says_where_it_cannot_be(
    args: tuple[str, ...], words: str, tmp_path: Path, run_kpicli: Run
) -> None:
    """Each refusal says what to add or leave out."""
    assert project(tmp_path, SOME).config.exists()
    done = run_kpicli({}, "summarize", "-p", "2025H1", "-k", "voices", *args)
    assert done.code == 2
    assert words in done.err
    assert not done.out


def test_targets_and_shares_stand_in_the_cells(tmp_path: Path, run_kpicli: Run) -> None:
    """A judged month says how it stands; the bound is a column of its own."""
    kpi = '[kpi.own]\ntitle = "声"\nsource = "voices"\nmeasure = "count"\n'
    kpi += 'parts = { by = "line", share = true }\ntargets = [{ at_least = 1, per = "month" }]\n'
    assert project(tmp_path, SOME, kpi).config.exists()
    text = run_kpicli(
        {}, "summarize", "-p", "2025H1", "-k", "own", "--by", "month", "-f", "markdown"
    ).text
    assert (
        "| 声 | 2 達成 | 1 達成 | 0 未達 | 0 未達 | 0 未達 | 1 達成 | 4 | 月に1件以上 未達" in text
    )
    assert "| ・生保 | 1 (50.0%) | 0 (0.0%) |" in text


def test_the_table_of_the_docs_is_real(run_kpicli: Run) -> None:
    """The table in docs/command-line.md is that of the sample, line by line."""
    text = (ROOT / "docs/command-line.md").read_text(encoding="utf-8")
    shown = next(b for b in re.findall(r"```text\n(.*?)```", text, re.S) if "4月" in b)
    asked = ("summarize", "-p", "2025H1", "-k", "voices", "--by", "month", "-f", "text")
    assert f"[原則2]\n{shown}" in run_kpicli(None, *asked).text


@settings(max_examples=30)
@given(
    voices=VOICES,
    by=st.sampled_from(["line,category", "category,line", "line,month", "month,team", "team,line"]),
)
def test_two_dimensions_agree_with_a_recount(voices: list[Voice], by: str) -> None:
    """Every cell is the rows with both values, every total those with one, the last one all."""
    places = {"month": 0, "line": 1, "category": 2, "team": 3}
    first, second = (places[name] for name in by.split(","))
    with tempfile.TemporaryDirectory() as folder:
        summary = project(Path(folder), voices).summarize("voices", by=by).summary

    def name(voice: Voice, place: int) -> str:
        return f"2025-0{voice[0]}" if place == 0 else str(voice[place]) or "未記入"

    table = cross_table(summary, "ja")
    if table is None:
        assert not voices
        return
    cells = Counter((name(voice, first), name(voice, second)) for voice in voices)
    rows, columns = (Counter(name(v, place) for v in voices) for place in (first, second))
    whole, *lines = table.rows
    assert [whole_number(f) for f in whole.figures] == [
        *(columns[code] for code in table.codes),
        len(voices),
    ]
    assert {name for name, number in rows.items() if number} <= {line.item for line in lines}
    for line in lines:
        assert [whole_number(f) for f in line.figures] == [
            *(cells[str(line.item), code] for code in table.codes),
            rows[str(line.item)],
        ]
    assert table.total


def whole_number(figure: Figure | None) -> int:
    """Return the number of a count."""
    assert figure is not None
    assert isinstance(figure.value.number, int)
    return figure.value.number


def test_two_dimensions_in_every_format(tmp_path: Path, run_kpicli: Run) -> None:
    """Lines by categories: drawn, tidy with both names, wide, as a sheet, and back to the rows."""
    assert project(tmp_path, SOME).config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "voices", "--by", "line,category")
    drawn = [
        ["項目 (件)", *CATEGORIES, "計"],
        ["お客様の声 (原則7も)", "1", "3", "0", "0", "4"],
        ["生保", "1", "0", "0", "0", "1"],
        ["損保", "0", "2", "0", "0", "2"],
        ["団体", "0", "0", "0", "0", "0"],
        ["未記入", "0", "1", "0", "0", "1"],
    ]
    for form in ("table", "text"):
        lines = lines_of(run_kpicli({}, *asked, "-f", form).text)
        assert [line for line in lines if len(line) == 6 and line[0] != "元データ"][:6] == drawn
    page = run_kpicli({}, *asked, "-f", "markdown").text
    assert "| ・損保 | 0 | 2 | 0 | 0 | 2 |" in page
    assert re.search(r">損保</th>", run_kpicli({}, *asked, "-f", "html").text)
    tidy = list(csv.DictReader(io.StringIO(run_kpicli({}, *asked, "-f", "csv").text)))
    known = {(row["by"], row["group"]): row["value"] for row in tidy if not row["part"]}
    assert known["line/category", "損保/不満"] == known["line", "損保"] == "2"
    assert known["category", "不満"] == "3"
    wide = list(csv.reader(io.StringIO(run_kpicli({}, *asked, "-f", "csv", "--wide").text)))
    assert [[row[3] or "お客様の声 (原則7も)", *row[5:10]] for row in wide[1:]] == drawn[1:]
    assert run_kpicli({}, *asked, "-o", "kpi.xlsx").code == 0
    sheet = list(openpyxl.load_workbook(tmp_path / "kpi.xlsx")["クロス集計"].values)
    assert sheet[2] == ("項目", "単位", *CATEGORIES, "計")
    assert [[row[0], *map(str, row[2:7])] for row in sheet[4:]] == drawn[1:]
    assert run_kpicli({}, "audit", "kpi.xlsx").code == 0
    assert run_kpicli({}, *asked, "-o", "kpi.csv").code == 0
    right = run_kpicli({}, "audit", "kpi.csv", "-f", "text")
    assert (right.code, "全体と分けた数 11" in right.text) == (0, True), right.text
    text = (tmp_path / "kpi.csv").read_text("utf-8").replace("損保/不満,,,2", "損保/不満,,,3")
    (tmp_path / "kpi.csv").write_text(text, "utf-8")
    wrong = run_kpicli({}, "audit", "kpi.csv", "-f", "text")
    assert wrong.code == 8
    assert "line/category" in text
    assert re.search(r"損保/不満 / value\]", wrong.text)
    group = ("--by", "line,category", "--group", "損保/不満")
    found = run_kpicli({}, "rows", "voices", "-p", "2025H1", *group, "-f", "csv").text
    assert [row["voice_id_read"] for row in csv.DictReader(io.StringIO(found))] == ["V1", "V2"]
    one = run_kpicli({}, "rows", "voices", "-p", "2025H1", *group[:3], "損保")
    assert one.code == 2
    assert "損保/不満" in one.err
    english = process("--lang", "en", *asked, "-f", "text", folder=tmp_path).text
    assert re.search(r"^  non-life +0 +2 +0 +0 +2$", english, re.M)


def test_persons_of_two_dimensions_have_no_total(tmp_path: Path) -> None:
    """Teams of lines and months overlap."""
    kpi = '[kpi.teams]\ntitle = "課"\nsource = "voices"\nmeasure = "distinct"\nof = "team"\n'
    table = cross_table(
        project(tmp_path, SOME, kpi).summarize("teams", by="line,month").summary, "ja"
    )
    assert table is not None
    assert not table.total
    numbers = {row.item: [whole_number(f) for f in row.figures] for row in table.rows}
    assert numbers == {
        None: [1, 1, 0, 0, 0, 1, 2],
        "生保": [1, 0, 0, 0, 0, 0, 1],
        "損保": [1, 1, 0, 0, 0, 0, 2],
        "団体": [0] * 7,
        "未記入": [0, 0, 0, 0, 0, 1, 1],
    }


STOCK = """[source.contracts]
title = "契約"
rhythm = "register"
key = "policy"
in_force = ["started_on", "ended_on"]
until = "first_day_out"
[source.contracts.columns]
policy = { headers = "証券番号", type = "id", required = true }
started_on = { headers = "始期日", type = "date", required = true }
ended_on = { headers = "満期日", type = "date" }
product = { headers = "商品", type = "code", codes = "products" }
[codes.products.values]
"火災" = []
"自動車" = []
[kpi.in_force]
title = "保有"
source = "contracts"
measure = "count"
"""


@pytest.mark.parametrize("by", ["product,month", "month,product"])
def test_a_stock_is_counted_anew_at_each_end(by: str, tmp_path: Path) -> None:
    """What is in force at the ends of months is no sum of them, whichever dimension is first."""
    rows = ["P1,2025/4/1,2025/6/1,火災", "P2,2025/5/10,,火災", "P3,2020/1/1,,自動車"]
    own = Project(tmp_path).toml(STOCK)
    own.export(
        "contracts",
        rows,
        header="証券番号,始期日,満期日,商品",
        covers=None,
        options=", as_of = 2025-10-31, keeps_ended = true",
    )
    table = cross_table(own.summarize("in_force", by=by).summary, "ja")
    assert table is not None
    assert not table.total
    numbers = {row.item: [whole_number(f) for f in row.figures] for row in table.rows}
    if by == "product,month":
        assert numbers == {
            None: [2, 3, 2, 2, 2, 2, 2],
            "火災": [1, 2, 1, 1, 1, 1, 1],
            "自動車": [1, 1, 1, 1, 1, 1, 1],
        }
    else:
        assert numbers["2025-05"] == [2, 1, 3]
        assert numbers[None] == [1, 1, 2]


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("line,category,team",), "掛け合わせられません"),
        (("line,line",), "掛け合わせられません"),
        (("month,quarter",), "期間の単位は一つまで"),
        (("line,lime",), "使える分け方"),
        (("line,month", "--compare", "previous"), "--compare と --trend を外す"),
        (("line,month", "--trend", "2"), "--compare と --trend を外す"),
    ],
)
def test_dimensions_that_cannot_be_crossed(
    args: tuple[str, ...], words: str, tmp_path: Path, run_kpicli: Run
) -> None:
    """Each refusal says what to write."""
    assert project(tmp_path, SOME).config.exists()
    done = run_kpicli({}, "summarize", "-p", "2025H1", "-k", "voices", "--by", *args)
    assert done.code == 2
    assert words in done.err
    chart = run_kpicli(
        {}, "chart", "voices", "-p", "2025H1", "--by", "line,category", "-o", "c.svg"
    )
    assert chart.code == 2
    assert "--by month" in chart.err


def test_a_personal_dimension_stays_closed_when_crossed(tmp_path: Path, run_kpicli: Run) -> None:
    """Leave is needed for either of the two."""
    header = "受付番号,受付日,商品区分,声の区分,チーム,担当者,改善日"
    rows = ["V1,2025/4/1,生保,感謝,一課,S001,"]
    assert Project(tmp_path).export("voices", rows, header=header).config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "voices", "-f", "csv", "--by")
    for by in ("line,staff", "staff,line"):
        done = run_kpicli({}, *asked, by)
        assert done.code == 2
        assert "S001" not in done.text + done.err
    assert "生保/S001" in run_kpicli({}, *asked, "line,staff", "--show-personal").text


def test_groups_whose_names_read_the_same_are_refused(tmp_path: Path, run_kpicli: Run) -> None:
    """`甲/乙` by `丙`, and `甲` by `乙/丙`, would be one group."""
    column = '[source.voices]\nextends = true\n[source.voices.columns.topic]\ntype = "text"\n'
    column += 'headers = "改善日"\n'
    rows = ["V1,2025/4/1,生保,感謝,甲/乙,丙", "V2,2025/4/1,生保,感謝,甲,乙/丙"]
    assert Project(tmp_path).export("voices", rows).toml(column).config.exists()
    done = run_kpicli({}, "summarize", "-p", "2025H1", "-k", "voices", "--by", "team,topic")
    assert done.code == 2
    assert "甲/乙/丙" in done.err
