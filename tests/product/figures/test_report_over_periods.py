"""A report of several periods: every cell as the period says alone, or as it was entered."""

import re
from pathlib import Path

import openpyxl
import pytest

import kpicli
from recount.entered import entered_of
from support.command_line import PROJECT, SETTINGS, Run, process
from support.root import ROOT
from support.shown_figures import number
from support.tables_read import Table, html_tables

PERIODS = "2025H1,2023H1,2024H2"
"""In any order: the last of them is the report's, one was entered, two are counted."""
COLUMNS = {
    "ja": ["2023年度 上期", "2024年度 下期", "2025年度 上期"],
    "en": ["FY2023H1", "FY2024H2", "FY2025H1"],
}
NOTE = re.compile(r" ?(注|Note )\d+$")
NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
MARKS = {"rule": "(理由) ", "memo": "(参考) "}
"""How a figure beside the others is marked; a public page has none of them."""
Cells = dict[tuple[str, str], list[str]]


def over_periods(page: str, language: str) -> Table:
    """Return the one table of the page that has the periods for columns, and no other."""
    (table,) = (
        t
        for t in html_tables(page)
        if [re.sub(r" \[.*?\]", "", name) for name in t.header[1:]] == COLUMNS[language]
    )
    return table


def by_item(table: Table, titles: dict[str, str]) -> Cells:
    """Return the cells of each line by KPI and item, the total's being empty."""
    ids, cells, kpi = {title: name for name, title in titles.items()}, {}, ""
    for row in table.rows:
        name = NOTE.sub("", row[0]).removeprefix("・")
        kpi, item = (ids[name], "") if name in ids else (kpi, name)
        cells[kpi, item] = row[1:]
    return cells


def shown(cell: str) -> str:
    """Return the number of a cell: a percentage, else its first number."""
    percent = re.search(r"(-?[\d.]+)%", cell)
    first = NUMBER.search(cell)
    return percent[1] if percent else first[0].replace(",", "") if first else ""


def shown_alone(edition: str) -> dict[tuple[str, str, int], str]:
    """Return the numbers by KPI, item and column: counted period by period, entered as written."""
    wanted = {}
    for column, half in enumerate(("2024H2", "2025H1"), 1):
        for figure in kpicli.summarize(half, config=ROOT / "kpicli.toml").figures:
            marked = MARKS.get(figure.kind, "")
            if figure.part != "month" and (edition == "internal" or not marked):
                said = "" if figure.value.number is None else str(figure.value.number)
                wanted[figure.kpi, f"{marked}{figure.item or ''}", column] = said
    for (kpi, item), value in entered_of(ROOT / "published", "2023H1").items():
        wanted[kpi, item, 0] = str(number(value))
    return {key: said for key, said in wanted.items() if said}


def named_by_the_author() -> set[str]:
    """Return the KPIs that the directives of the sample's narrative name."""
    words = (ROOT / "narrative/2025H1.md").read_text(encoding="utf-8")
    lines = re.findall(r"^::: \w+ (.*)$", words, re.MULTILINE)
    return set(re.findall(r"\w+", " ".join(lines))) - {"previous", "year_ago"}


@pytest.mark.parametrize("edition", ["public", "internal"])
def test_every_cell_is_what_the_period_says_alone(edition: str, tmp_path: Path) -> None:
    """Of each KPI that the report shows: no cell more, none less."""
    file = tmp_path / "r.html"
    made = process("report", "-p", PERIODS, "--edition", edition, "-o", str(file))
    assert (made.code, made.out, made.err) == (0, b"", "")
    page = file.read_text(encoding="utf-8")
    assert "2025年度上期(2025年4月1日～9月30日)" in re.sub(r"<[^>]+>", "", page)
    own = kpicli.summarize("2025H1", config=ROOT / "kpicli.toml")
    cells = by_item(over_periods(page, "ja"), {name: k.title.ja for name, k in own.kpis.items()})
    named = named_by_the_author()
    assert {kpi for kpi, _ in cells} == named
    filled = {
        (*key, column): shown(cell)
        for key, row in cells.items()
        for column, cell in enumerate(row)
        if shown(cell)
    }
    assert filled == {key: said for key, said in shown_alone(edition).items() if key[0] in named}


def test_both_languages_show_the_same_numbers(tmp_path: Path) -> None:
    """Line by line, on the page; Markdown and the workbook's sheet have the periods too."""
    tables = {}
    for language in ("ja", "en"):
        made = {end: tmp_path / f"r.{language}.{end}" for end in ("html", "md", "xlsx")}
        for file in made.values():
            command = ("--lang", language, "report", "-p", PERIODS, "-o", str(file))
            assert process(*command).code == 0
        tables[language] = over_periods(made["html"].read_text(encoding="utf-8"), language)
        heading = {"ja": "## 指標の推移", "en": "## Figures over time"}[language]
        assert heading in made["md"].read_text(encoding="utf-8").splitlines()
        book = openpyxl.load_workbook(made["xlsx"], read_only=True)
        sheet = book[{"ja": "推移", "en": "Trend"}[language]]
        assert (142, 406, 841) in {row[2:5] for row in sheet.iter_rows(values_only=True)}
        book.close()
    numbers = [
        [[shown(cell) for cell in row[1:]] for row in table.rows] for table in tables.values()
    ]
    assert numbers[0] == numbers[1]
    assert ["142", "406", "841"] in numbers[0]


WORDS = "# 報告\n\n## 原則2 利益\n\n良い。\n"


@pytest.mark.parametrize(
    ("words", "asked", "headings"),
    [
        (WORDS, ("2024H1,2025H1",), ["指標の推移"]),
        (WORDS, ("2025H1", "--trend", "2"), ["指標の推移"]),
        (WORDS, ("2025H1",), []),
        (f"{WORDS}\n::: trend voices\n", ("2024H1,2025H1",), []),
        (f"{WORDS}\n::: figures voices\n", ("2024H1,2025H1",), ["指標の推移"]),
    ],
)
def test_where_the_trend_stands(
    words: str, asked: tuple[str, ...], headings: list[str], run_kpicli: Run, tmp_path: Path
) -> None:
    """Where the author puts one, else at the end where it is asked for; not by settings alone."""
    (tmp_path / "narrative").mkdir()
    (tmp_path / "narrative/2025H1.md").write_text(words, encoding="utf-8")
    project = {**PROJECT, "kpicli.toml": f"{SETTINGS}[report]\ntrend = 3\n"}
    text = run_kpicli(project, "report", "-p", *asked).text
    assert [line[3:] for line in text.splitlines() if line == "## 指標の推移"] == headings
    over = re.findall(r"\| 指標 \| .*年度 上期 \|(?: .*年度 上期 \|)?", text)
    assert len(over) == len(headings) + ("trend" in words)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("2024H1,2025H1", "--trend", "2"), "--trend"),
        (("2024H1,2025",), "2025"),
        (("2025H1,2025H1",), "2025H1"),
        (("2025H1,,2024H1",), ""),
    ],
)
def test_periods_that_cannot_stand_beside_each_other(
    asked: tuple[str, ...], said: str, run_kpicli: Run
) -> None:
    """They are refused as `summarize` refuses them, in the same words."""
    outcome = run_kpicli(PROJECT, "report", "-p", *asked)
    other = run_kpicli(PROJECT, "summarize", "-p", *asked)
    assert (outcome.code, outcome.out) == (other.code, b"")
    assert outcome.code != 0
    assert outcome.err == other.err
    assert said in outcome.err
