"""The sample reports say what the run has counted: read back by a program, cell by cell.

The published page in the shape of an agency's own, the plainer one by principle, and three in the
shapes of other agencies' pages.
"""

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace

from kpicli.model.figures import Comparison, Figure
from kpicli.model.summary import Summary
from kpicli.model.value import Status, Value
from kpicli.report.build import build_report
from kpicli.report.formats import Layout, render_report
from kpicli.report.model import Edition, Report
from kpicli.report.narrative.files import read_narrative
from kpicli.settings.settings import read_settings
from support.reported import sample_summary
from support.root import ROOT
from support.tables_read import Table, html_tables, markdown_tables

FORMATS = ("html", "markdown")
SETTINGS = read_settings(ROOT / "kpicli.toml")
OWN = ROOT / "narrative/2025H1.md"
EXAMPLES = ROOT / "narrative/examples"
SHAPES = (OWN, *sorted(EXAMPLES.glob("*.md")))
CHANGES = {"previous": "前期", "year_ago": "前年同期"}
NOTE = re.compile(r" ?注\d+$")


def made(file: Path, summary: Summary, edition: Edition = "public", *, lint: bool = True) -> Report:
    """Return the sample report in a shape."""
    return build_report(SETTINGS, read_narrative(file), summary, "ja", edition=edition, lint=lint)


def rendered(report: Report, form: str) -> str:
    """Return the report in a text format."""
    text = render_report(report, form, Layout("ja", ()))
    assert isinstance(text, str)
    return text


def tables_of(report: Report, form: str) -> list[Table]:
    """Return all tables of the report in one format."""
    text = rendered(report, form)
    return html_tables(text) if form == "html" else markdown_tables(text)


Key = tuple[str, str, str]
"""KPI, item and column."""


def cells(tables: list[Table], summary: Summary, first: str = "今期") -> dict[Key, str]:
    """Return the cells of every table of figures, by KPI, item and the name of the column.

    A change is named by what it is a change from. A figure that stood in two tables would fail.
    """
    titles = {head.title.ja: name for name, head in summary.kpis.items()}
    found: dict[Key, str] = {}
    for table in tables:
        if table.header[:2] != ["指標", first]:
            continue
        names = [
            f"{table.header[n - 1]}比" if name == "増減" else name
            for n, name in enumerate(table.header)
        ]
        kpi = ""
        for row in table.rows:
            name = NOTE.sub("", row[0]).removeprefix("・")
            kpi, item = (titles[name], "") if name in titles else (kpi, name)
            for column, cell in list(zip(names, row, strict=True))[1:]:
                assert (kpi, item, column) not in found, "one figure stands once"
                found[kpi, item, column] = cell
    return found


def shown(value: Value, unit: str) -> str:
    """Return what a cell has to read, written down anew from the number in the JSON."""
    if value.status is Status.NO_DATA:
        return ""
    if value.denominator is None:
        assert value.number is not None
        return f"{value.number:,}{unit}"
    percent = "- 算出不可" if value.number is None else f"{value.number}%"
    return f"{value.numerator:,}/{value.denominator:,}{unit} {percent}"


def change(comparison: Comparison, unit: str) -> str:
    """Return what a change has to read."""
    if comparison.change is None:
        return ""
    number = abs(Decimal(comparison.change))
    if number == 0:
        return "増減なし"
    of = "ポイント" if comparison.value.denominator is not None else unit
    return f"↑ {number:,}{of}増" if comparison.change > 0 else f"↓ {number:,}{of}減"


def expected(summary: Summary) -> Iterator[tuple[Figure, str, dict[str, str]]]:
    """Yield every figure of the period itself with what its cells have to read."""
    for figure in summary.figures:
        if figure.by is not None:
            continue
        unit = summary.kpis[figure.kpi].unit.ja
        item = figure.item or ""
        if figure.part == "month":
            item = f"{int(item[5:])}月"
        columns = {"今期": shown(figure.value, unit)}
        if figure.part == "month":  # compared with nothing, which is said
            columns |= {n: "-" for own in CHANGES.values() for n in (own, f"{own}比")}
        for comparison in figure.comparisons:
            name = CHANGES[comparison.kind]
            columns[name] = shown(comparison.value, unit)
            columns[f"{name}比"] = change(comparison, unit)
        yield figure, item, columns


@pytest.fixture(scope="module")
def summary() -> Summary:
    """Return the figures of the sample project."""
    return sample_summary()


@pytest.fixture(scope="module", params=FORMATS)
def form(request: pytest.FixtureRequest) -> str:
    """Return the name of a text format."""
    return str(request.param)


@pytest.mark.parametrize("file", [OWN, EXAMPLES / "by_principle.md"], ids=lambda file: file.stem)
def test_every_cell_is_the_figure_that_was_counted(form: str, summary: Summary, file: Path) -> None:
    """Read back, each cell says its number in the summary, and no cell says anything else."""
    found = cells(tables_of(made(file, summary), form), summary)
    wanted = {
        (figure.kpi, item, column): text
        for figure, item, columns in expected(summary)
        for column, text in columns.items()
    }
    numbers = {key: text for key, text in found.items() if key[2] not in ("目標", "状態")}
    assert len(numbers) > 150
    assert {key: text for key, text in numbers.items() if text != wanted.get(key, "")} == {}


def test_no_public_figure_is_missing(form: str, summary: Summary) -> None:
    """By principle every figure stands in a table; in the own shape, in a table or a sentence."""
    public = [
        (f, item) for f, item, _ in expected(summary)
        if summary.kpis[f.kpi].public and f.kind in ("total", "part")
    ]  # fmt: skip
    found = cells(tables_of(made(EXAMPLES / "by_principle.md", summary), form), summary)
    assert [item for f, item in public if (f.kpi, item, "今期") not in found] == []
    named = set(cells(tables_of(made(OWN, summary), form), summary))
    left = {f.kpi for f, item in public if (f.kpi, item, "今期") not in named}
    assert left == {"missed_responses"}, "they stand month by month"


def committed() -> list[dict[str, str]]:
    """Return the published table."""
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t"))


def test_every_published_figure_stands_there(form: str, summary: Summary) -> None:
    """The table that was published, typed once and for all, against the cells of the report."""
    internal = made(EXAMPLES / "by_principle.md", summary, "internal")
    found = cells(tables_of(internal, form), summary)
    for row in committed():
        unit = summary.kpis[row["kpi"]].unit.ja
        item = row["item"]
        if re.fullmatch(r"\d{4}-\d\d", item):
            item = f"{int(item[5:])}月"
        for kind, mark in (("rule", "(理由) "), ("memo", "(参考) ")):
            if any(
                f.kind == kind and f.item == item and f.kpi == row["kpi"] for f in summary.figures
            ):
                item = f"{mark}{item}"
        cell = found[row["kpi"], item, "今期"]
        if row["value"]:
            assert cell == f"{int(row['value']):,}{unit}", row
        else:
            assert cell.startswith(f"{row['numerator']}/{row['denominator']}{unit} "), row
        for kind, name in CHANGES.items():
            if row[kind]:
                assert found[row["kpi"], item, name] == f"{int(row[kind]):,}{unit}", row


def with_one_more_complaint(figure: Figure) -> Figure:
    """Return a figure as it would be with one more voice of dissatisfaction in the period."""
    number = figure.value.number
    if figure.kpi != "voices" or figure.by or figure.item not in (None, "不満") or number is None:
        return figure
    comparisons = (
        c if c.change is None else replace(c, change=c.change + 1) for c in figure.comparisons
    )
    more = replace(figure.value, number=number + 1)
    return replace(figure, value=more, comparisons=tuple(comparisons))


def test_a_changed_export_changes_the_cells_it_should(form: str, summary: Summary) -> None:
    """One more complaint: its part, the total, their changes, and nothing else on the page."""
    changed = replace(summary, figures=tuple(map(with_one_more_complaint, summary.figures)))
    before = cells(tables_of(made(OWN, summary), form), summary)
    after = cells(tables_of(made(OWN, changed), form), summary)
    moved = {key: (before[key], text) for key, text in after.items() if before[key] != text}
    assert moved == {
        ("voices", "", "今期"): ("841件", "842件"),
        ("voices", "", "前期比"): ("↑ 435件増", "↑ 436件増"),
        ("voices", "不満", "今期"): ("97件", "98件"),
        ("voices", "不満", "前期比"): ("↑ 39件増", "↑ 40件増"),
    }
    words = [rendered(made(OWN, each), form) for each in (summary, changed)]
    plain = [re.sub(r"<svg.*?</svg>|<[^>]+>", "", text, flags=re.DOTALL) for text in words]
    lines = [set(text.splitlines()) for text in plain]
    said = {line for line in lines[1] - lines[0] if "です。" in line or "ました。" in line}
    assert {line for line in said if not re.search(r"842件|98件", line)} == set()


INTERNAL = (
    *(
        "SHA",
        "sha256",
        "kpicli",
        "カタログ",
        "読込",
        "差替え",
        "データ外",
        "不備",
        "条件外",
        "未確定",
    ),
    *(
        "元データ",
        "行の内訳",
        "定義の版",
        "数え方: ",
        "対象の行",
        "社内",
        "(理由)",
        "(参考)",
        ".csv",
        ".xlsx",
    ),
)


@pytest.mark.parametrize("file", SHAPES, ids=lambda file: file.stem)
def test_a_public_report_says_nothing_internal(form: str, summary: Summary, file: Path) -> None:
    """No id of a KPI or source, no hash, no word of the accounting, no personal column."""
    text = rendered(made(file, summary, lint=False), form)
    ids = {*summary.kpis, *(source.id for source in summary.sources)}
    plain = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    shown_words = re.sub(r"<[^>]+>", " ", plain)
    assert [name for name in ids if re.search(rf"(?<![\w-]){name}(?![\w-])", plain)] == []
    assert not re.search(r"[0-9a-f]{32}", plain)
    assert summary.version not in shown_words
    assert [word for word in INTERNAL if word in plain] == []
    personal = {
        header
        for source in SETTINGS.catalog.source.values()
        for column in source.columns.values()
        if column.personal
        for header in column.headers
    }
    tables = html_tables(text) if form == "html" else markdown_tables(text)
    heads = {name for table in tables for name in (*table.header, *(row[0] for row in table.rows))}
    assert heads & personal == set()
    assert not re.search(r"\bS\d{3}\b|\bC\d{5}\b", shown_words)
    hidden = [head.title.ja for head in summary.kpis.values() if not head.public]
    assert hidden
    assert [title for title in hidden if title in shown_words] == []


def test_an_internal_report_says_all_of_it(form: str, summary: Summary) -> None:
    """Ids, definitions and the account of rows, in the appendix."""
    text = rendered(made(OWN, summary, "internal", lint=False), form).replace("\\", "")
    assert "社内用" in text
    assert all(name in text for name in summary.kpis)
    assert "1,650" in text
    assert summary.catalogue_hash in text


def test_targets_met_and_missed_stand_at_the_top(summary: Summary) -> None:
    """Counted, and the missed one named with what it asks for."""
    text = rendered(made(OWN, summary), "markdown")
    assert "- ○ 達成 3項目\n" in text
    assert re.search(
        r"- × 未達 1項目 公的介護保険制度ロープレ\(実施回数\)\(目標 .* → 実績 1回\)", text
    )


def test_the_words_hold_the_figures(form: str, summary: Summary) -> None:
    """Seven principles and ten items, each with its two columns; numbers in Japanese sentences."""
    text = re.sub(r"<[/a-z][^>]*>", "", rendered(made(OWN, summary), form))
    for name in ("取り組み課題", "取り組み内容の振り返り"):
        assert len(re.findall(rf"{name}(?:<|&lt;)上期", text)) == 10
    for said in (
        "お寄せいただいた声は841件で、前期から435件増となりました。",
        "残る2名も追試で合格しています。",
        "案内をお送りした252件中178件(70.6%)のお客様",
        "対応漏れは3件(新規2件、保全1件)で、前期から1件減でした。",
        "前年同期から412件増です。",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("one_table", ["原則2", "自動車保険の継続案内前の対話", "252件中178件(70.6%)"]),
        ("trends", ["感謝", "214件", "330件", "720件"]),
        ("by_month", ["お客様の声", "157", "133", "136", "136", "136", "143", "841"]),
    ],
)
def test_the_shapes_of_other_agencies(
    form: str, summary: Summary, name: str, row: list[str]
) -> None:
    """One table of all principles, halves beside each other, kinds by months with totals."""
    tables = tables_of(made(EXAMPLES / f"{name}.md", summary, lint=False), form)
    rows = [[NOTE.sub("", cell).removeprefix("・") for cell in r] for t in tables for r in t.rows]
    assert row in [each[: len(row)] for each in rows]


@pytest.mark.parametrize("file", SHAPES, ids=lambda file: file.stem)
def test_the_same_report_is_the_same_text(form: str, summary: Summary, file: Path) -> None:
    """No clock, no chance: rendered twice, the bytes are equal."""
    report = made(file, summary, lint=False)
    assert rendered(report, form) == rendered(report, form)


def test_targets_are_said_in_words(form: str, summary: Summary) -> None:
    """With their unit, in both languages; no sign of comparison, plain or as an entity."""
    narrative = read_narrative(ROOT / "narrative/2025H1.en.md")
    english = build_report(SETTINGS, narrative, summary, "en", edition="public", lint=True)
    text = render_report(english, form, Layout("en", ()))
    assert isinstance(text, str)
    body = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
    assert "at least 1 time a month" in body
    assert "月に1回以上" in rendered(made(OWN, summary), form)
    for page in (body, rendered(made(OWN, summary), form)):
        cells_of = [c for t in tables_of_text(page, form) for row in t.rows for c in row]
        assert [cell for cell in cells_of if re.search(r"[<>]=|&[gl]t;", cell)] == []


def tables_of_text(text: str, form: str) -> list[Table]:
    """Return the tables of a text in a format."""
    return html_tables(text) if form == "html" else markdown_tables(text)


def test_the_english_report_is_english(form: str, summary: Summary) -> None:
    """Titles, units, parts, targets, notes and labels; what is Japanese are marks of headings."""
    narrative = read_narrative(ROOT / "narrative/2025H1.en.md")
    english = build_report(SETTINGS, narrative, summary, "en", edition="public", lint=True)
    text = render_report(english, form, Layout("en", ()))
    assert isinstance(text, str)
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", text, flags=re.DOTALL)
    assert set(re.findall(r"[\u3040-\u30fa\u4e00-\u9fff]+", body)) == set()
