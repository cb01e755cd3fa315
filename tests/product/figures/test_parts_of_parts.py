"""Parts of two levels and parts of which, by an independent recount and in every output."""

import csv
import io
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpicli.base.errors import SettingsError, UsageError
from kpicli.catalog.definition import define, definition_hash
from kpicli.model.figures import Figure
from kpicli.model.value import Status
from kpicli.settings.settings import read_settings
from support.command_line import Run, environment, process
from support.root import ROOT
from support.small_project import Project

KPI = """
[kpi.kinds]
title = { ja = "声", en = "Voices" }
source = "voices"
measure = "count"
[[kpi.kinds.parts]]
by = "line"
share = true
labels = { "改善済み" = { improved_on = { missing = false } }, "うち一課" = { team = "一課" } }
en = { "改善済み" = "improved" }
[[kpi.kinds.parts]]
by = "category"
share = true
"""
LINES, CATEGORIES = ("生保", "損保", "団体"), ("感謝", "不満", "要望", "その他")
ROWS = [
    "V1,2025/4/1,生保,感謝,一課,2025/5/1",
    "V2,2025/4/2,生保,不満,一課,",
    "V3,2025/5/1,損保,不満,二課,2025/5/1",
    "V4,2025/5/2,,不満,二課,",
    "V5,2025/5/3,生保,,一課,2025/6/1",
]


def project(folder: Path, kpi: str = KPI, rows: Sequence[str] = ROWS) -> Project:
    """Return a project with some voices."""
    return Project(folder).export("voices", rows).toml('kpis = ["kinds"]').toml(kpi)


def some_rows(number: int, seed: int) -> list[tuple[str, str, str, str, str]]:
    """Return day, line, category, team and day of improvement of some voices."""
    chance = random.Random(seed)
    return [
        (
            f"2025/{chance.randint(4, 9)}/{chance.randint(1, 28)}",
            chance.choice((*LINES, "")),
            chance.choice((*CATEGORIES, "")),
            chance.choice(("一課", "二課")),
            chance.choice(("", "2025/9/30")),
        )
        for _ in range(number)
    ]


def whole(figure: Figure) -> int:
    """Return the number of a count."""
    assert isinstance(figure.value.number, int)
    return figure.value.number


def rounded(number: int, whole: int) -> Decimal | None:
    """Return a percentage by the standard library."""
    if not whole:
        return None
    exact = Decimal(100 * number) / Decimal(whole)
    return exact.quantize(Decimal("0.1"), ROUND_HALF_UP)


@settings(max_examples=20)
@given(number=st.integers(0, 40), seed=st.integers(0, 10_000))
def test_every_cell_agrees_with_a_recount(number: int, seed: int) -> None:
    """Each part of a part is the rows with both values; they make up the part, parts the total."""
    rows = some_rows(number, seed)
    with tempfile.TemporaryDirectory() as folder:
        lines = [f"V{n},{','.join(row)}" for n, row in enumerate(rows)]
        result = project(Path(folder), rows=lines).summarize("kinds", by="month")
    months = [None, *(f"2025-0{month}" for month in range(4, 10))]
    for group in months:
        own = [
            r for r in rows if group is None or group.replace("-0", "/") == r[0].rpartition("/")[0]
        ]
        cells = Counter((line or "未記入", category or "未記入") for _, line, category, *_ in own)
        figures = [f for f in result.summary.figures if f.group == group]
        subparts = {f.items: whole(f) for f in figures if f.kind == "subpart"}
        assert {key: n for key, n in subparts.items() if n} == dict(cells)
        parts = {f.item: whole(f) for f in figures if f.kind == "part"}
        for line, part in parts.items():
            assert part == sum(n for (first, _), n in subparts.items() if first == line)
        assert sum(parts.values()) == result.number(None, group) == len(own)
        for figure in figures:
            if figure.kind == "subpart":
                above = sum(n for (first, _), n in cells.items() if first == figure.under)
                assert figure.share == rounded(subparts[figure.items], above)
        of_which = {f.item: f.value.number for f in figures if f.kind == "of_which"}
        assert of_which == {
            "改善済み": sum(bool(improved) for *_, improved in own),
            "うち一課": sum(team == "一課" for *_, team, _ in own),
        }


def test_the_order_is_that_of_showing(tmp_path: Path) -> None:
    """Each part has its parts behind it; parts of which follow, and are never added."""
    result = project(tmp_path).summarize("kinds")
    shown = [(f.kind, f.item) for f in result.summary.figures]
    names = [*LINES, "未記入"]
    values = {"生保": (*CATEGORIES, "未記入")}
    expected: list[tuple[str, str | None]] = [("total", None)]
    for line in names:
        expected.append(("part", line))
        expected += [("subpart", f"{line}/{each}") for each in values.get(line, CATEGORIES)]
    assert shown == [*expected, ("of_which", "改善済み"), ("of_which", "うち一課")]
    assert result.items("subpart")["生保/未記入"] == 1
    assert result.items("of_which") == {"改善済み": 3, "うち一課": 3}
    assert result.figure("改善済み").share == Decimal("60.0")


def test_it_is_told_in_both_languages(tmp_path: Path, run_kpicli: Run) -> None:
    """Levels are indented, parts of which are led by うち, and both names address one."""
    own = project(tmp_path)
    catalog = read_settings(own.config).catalog
    words = define(catalog.kpi["kinds"], catalog)
    said = [line.ja for line in words]
    assert "内訳: 商品区分(構成比も)、その中を 声の区分(構成比も)" in said
    assert "うち数「改善済み」(足し合わせない): 改善日 が空欄でない" in said
    assert any("of each" in line.en for line in words)
    assert any(line.en.startswith("Of which 'improved' (never added)") for line in words)
    asked = ("summarize", "-p", "2025H1", "-k", "kinds")
    text = run_kpicli({}, *asked, "-f", "text").text
    assert re.search(r"^  生保 +3件 \(60.0%\)\n    感謝 +1件 \(33.3%\)$", text, re.M)
    assert re.search(r"^  うち改善済み +3件 \(60.0%\)\n  うち一課 +3件", text, re.M)
    english = process("--lang", "en", *asked, "-f", "text", folder=tmp_path).text
    assert re.search(r"^  life .*\n    thanks ", english, re.M)
    assert re.search(r"^  of which improved ", english, re.M)
    assert "| ・・感謝 | 1件 (33.3%) |" in run_kpicli({}, *asked, "-f", "markdown").text
    page = run_kpicli({}, *asked, "-f", "html").text
    assert re.search(r'fd-depth2"?>\s*<th[^>]*>感謝', page)
    for name in ("生保/感謝", "life/thanks"):
        done = run_kpicli({}, "rows", "kinds", "-p", "2025H1", "--item", name, "-f", "csv")
        assert [row["voice_id_read"] for row in csv.DictReader(io.StringIO(done.text))] == ["V1"]
    unknown = run_kpicli({}, "rows", "kinds", "-p", "2025H1", "--item", "生保/不備")
    assert unknown.code == 2
    assert "生保/不満" in unknown.err
    explained = run_kpicli({}, "explain", "kinds", "-p", "2025H1").text
    assert "  生保/感謝: 1件 (33.3%)" in explained
    assert "  うち改善済み: 3件 (60.0%)" in explained


def test_programs_find_both_levels(tmp_path: Path, run_kpicli: Run) -> None:
    """Old columns stay; two name the levels, and shares stay last. JSON nests them."""
    assert project(tmp_path).config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "kinds", "--compare", "year-ago")
    rows = list(csv.DictReader(io.StringIO(run_kpicli({}, *asked, "-f", "csv").text)))
    assert list(rows[0])[-4:] == ["definition", "item_1", "item_2", "share"]
    by_name = {(row["part"], row["item"]): row for row in rows}
    below = by_name["line/category", "生保/感謝"]
    assert (below["item_1"], below["item_2"], below["value"]) == ("生保", "感謝", "1")
    assert (by_name["line", "生保"]["item_1"], by_name["line", "生保"]["item_2"]) == ("生保", "")
    assert by_name["of_which", "改善済み"]["item_1"] == ""
    first = sum(int(row["value"]) for row in rows if row["item_1"] and not row["item_2"])
    second = sum(int(row["value"]) for row in rows if row["item_2"])
    assert first == second == int(by_name["", ""]["value"]) == 5
    (kpi,) = json.loads(run_kpicli({}, *asked, "-f", "json").out)["kpis"]
    part = kpi["figures"]["parts"][0]
    assert (part["item"], part["value"]) == ("生保", 3)
    assert [(p["item"], p["value"]) for p in part["parts"] if p["value"]] == [
        *(("生保/感謝", 1), ("生保/不満", 1), ("生保/未記入", 1))
    ]
    assert [each["item"] for each in kpi["figures"]["of_which"]] == ["改善済み", "うち一課"]
    assert part["parts"][0]["comparisons"][0]["change"] == 1
    for form in ("csv", "xlsx"):
        assert run_kpicli({}, *asked, "--by", "month", "-o", f"kpi.{form}").code == 0
        audited = run_kpicli({}, "audit", f"kpi.{form}")
        assert audited.code == 0, audited.text
    text = (tmp_path / "kpi.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "kpi.csv").write_text(text.replace("生保/感謝,1,件", "生保/感謝,2,件", 1), "utf-8")
    assert run_kpicli({}, "audit", "kpi.csv").code == 8


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_workbook_is_held_to_both_levels(language: str, tmp_path: Path) -> None:
    """Its sheet of data is read by its heads: a part that its own parts do not make up is named."""
    folder = project(tmp_path).config.parent
    asked = ("--lang", language, "summarize", "-p", "2025H1", "-k", "kinds", "--by", "month")
    assert process(*asked, "-o", "kpi.xlsx", folder=folder).code == 0
    audited = process("audit", "kpi.xlsx", folder=folder)
    assert audited.code == 0, audited.text
    book = openpyxl.load_workbook(tmp_path / "kpi.xlsx")
    data = next(sheet for sheet in book if sheet.title in ("データ", "Data"))
    heads = [cell.value for cell in data[1]]
    value = heads.index("実績" if language == "ja" else "Value")
    row = next(r for r in data.iter_rows(min_row=2) if any("/" in str(c.value) for c in r))
    row[value].value = int(str(row[value].value)) + 1
    book.save(tmp_path / "kpi.xlsx")
    wrong = process("audit", "kpi.xlsx", "-f", "text", folder=folder)
    assert wrong.code == 8
    assert row[value].coordinate in wrong.text


def test_the_front_of_a_workbook_tells_the_first_level(tmp_path: Path) -> None:
    """The sheet for people names parts and parts of which, not the parts of parts."""
    folder = project(tmp_path).config.parent
    done = process("summarize", "-p", "2025H1", "-k", "kinds", "-o", "kpi.xlsx", folder=folder)
    assert done.code == 0
    cells = [
        str(c)
        for row in openpyxl.load_workbook(tmp_path / "kpi.xlsx")["集計表"].values
        for c in row
    ]
    (said,) = [text for text in cells if text.startswith("生保 3件")]
    assert said == "生保 3件、損保 1件、団体 0件、未記入 1件、うち改善済み 3件、うち一課 3件"


def test_the_report_has_them(tmp_path: Path, run_kpicli: Run) -> None:
    """A narrative names both levels; the workbook's check adds the first level alone."""
    own = project(tmp_path, KPI + "[report]\nnarrative = 'n.md'\n")
    (tmp_path / "n.md").write_text(
        "# 報告\n\n生保の不満 {{ kinds.生保.不満 }}、済み {{ kinds.改善済み }}。\n\n"
        "::: figures kinds\n\n::: chart kinds\n",
        encoding="utf-8",
    )
    assert own.config.exists()
    for form in ("md", "html", "xlsx"):
        done = run_kpicli({}, "report", "-p", "2025H1", "-o", f"r.{form}", "--edition", "internal")
        assert done.code == 0, done.err
    text = (tmp_path / "r.md").read_text(encoding="utf-8")
    assert "生保の不満 1件、済み 3件。" in text
    assert "・・感謝 | 1件 (33.3%)" in text
    assert "・うち改善済み | 3件 (60.0%)" in text
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx")["報告"]
    formulas = [str(c.value) for row in sheet for c in row if str(c.value).startswith("=SUM(")]
    assert formulas, "no check"
    (check,) = formulas
    rows = {str(row[0].value): row[0].row for row in reversed(list(sheet)) if row[0].value}
    first = [rows[name] for name in LINES]
    assert all(re.search(rf"[A-Z]{row}\b", check) for row in first)
    assert not any(re.search(rf"[A-Z]{rows[name]}\b", check) for name in ("うち改善済み",))
    known = openpyxl.load_workbook(tmp_path / "r.xlsx", data_only=True)["報告"]
    added = {c.coordinate: str(c.value) for row in known for c in row}
    names = re.findall(r"([A-Z]+)(\d+):[A-Z]+(\d+)", check)
    total = sum(int(added[f"{c}{n}"]) for c, a, b in names for n in range(int(a), int(b) + 1))
    assert total == 5


def test_a_frozen_one_is_compared_by_both_names(tmp_path: Path, run_kpicli: Run) -> None:
    """A row whose category changed moves two parts of one part, and no total."""
    own = project(tmp_path)
    assert own.config.exists()
    asked = ("-p", "2025H1", "-k", "kinds")
    done = run_kpicli({}, "freeze", "-p", "2025H1", "--not-final")
    assert done.code == 0, done.err
    again = run_kpicli(
        {}, "summarize", "-p", "2025H2", "-k", "kinds", "--compare", "previous", "-f", "text"
    )
    assert "[公表値]" in again.text
    trend = run_kpicli({}, "summarize", *asked, "--trend", "2", "-f", "text").text
    assert re.search(r"^  生保 .*\n(    .*\n)*    感謝 ", trend, re.M)
    (tmp_path / "voices0.csv").write_text(
        (tmp_path / "voices0.csv").read_text("utf-8").replace("生保,不満", "生保,感謝"), "utf-8"
    )
    moved = run_kpicli({}, "diff", "2025H1", "-f", "text")
    assert "生保/感謝: 1件 => 2件 (+1)" in moved.text
    assert "生保/不満: 1件 => 0件 (-1)" in moved.text
    assert "  生保: " not in moved.text


def test_what_only_an_earlier_period_has_stands_below_its_part(tmp_path: Path) -> None:
    """A value of an open list that came in another period is shown among the same part's."""
    rows = [
        "V1,2024/5/1,生保,感謝,旧課,",
        "V2,2025/5/1,生保,感謝,新課,",
        "V3,2025/5/1,損保,感謝,新課,",
    ]
    kpi = KPI.replace('by = "category"', 'by = "team"').replace(
        ', "うち一課" = { team = "一課" }', ""
    )
    own = project(tmp_path, kpi, rows)
    done = process(
        "summarize",
        "-p",
        "2025H1",
        "-k",
        "kinds",
        "--trend",
        "3",
        "-f",
        "text",
        folder=own.config.parent,
    )
    lines = [line.split()[0] for line in done.text.splitlines() if line.strip()]
    assert lines.index("生保") < lines.index("旧課") < lines.index("損保")
    table = process(
        *("summarize", "-p", "2025H1", "-k", "kinds", "--trend", "3", "-f", "csv"),
        folder=own.config.parent,
    )
    shares = {
        (row["period"], row["item"]): row["share"]
        for row in csv.DictReader(io.StringIO(table.text))
    }
    assert shares["2024H1", "生保"] == "100.0"
    assert shares["2025H1", "生保"] == "50.0"
    assert shares["2024H2", "生保"] == ""


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ('measure = "distinct"\nof = "team"', {"生保": 1, "生保/感謝": 1, "改善済み": 2, None: 2}),
        (
            'measure = "ratio"\nnumerator = { category = "不満" }',
            {
                "生保/不満": Decimal("100.0"),
                "生保/感謝": Decimal("0.0"),
                "うち一課": Decimal("50.0"),
            },
        ),
        (
            'top = { by = "days", most = 2 }\nmeasure = "count"',
            {None: 2, "生保": 1, "生保/感謝": 1, "損保/不満": 1, "改善済み": 1},
        ),
    ],
)
def test_other_measures_have_them(
    measure: str, expected: dict[str | None, object], tmp_path: Path
) -> None:
    """Persons, shares and the largest rows are split the same way."""
    kpi = KPI.replace("share = true\n", "").replace('measure = "count"', measure)
    days = '[source.voices]\nextends = true\n[source.voices.columns.days]\ntype = "number"\n'
    days += 'from = { days_between = ["received_on", "improved_on"] }\n'
    rows = [
        "V1,2025/4/1,生保,感謝,一課,2025/5/1",
        "V2,2025/4/2,生保,不満,一課,2025/4/2",
        "V3,2025/5/1,損保,不満,二課,2025/9/1",
    ]
    if "ratio" in measure:
        rows[0] = rows[0].replace("2025/5/1", "")
    if "top" in measure:
        kpi = kpi.replace("{ missing = false }", "{ on_or_after = 2025-06-01 }")
    result = project(tmp_path, days + kpi, rows).summarize("kinds")
    assert {name: result.number(name) for name in expected} == expected


def test_a_cell_that_may_fit_is_in_doubt_there_alone(tmp_path: Path) -> None:
    """A blank where a label needs a value leaves the total as it is."""
    rows = [*ROWS, "V6,2025/5/4,生保,感謝,,"]
    result = project(tmp_path, rows=rows).summarize("kinds")
    assert (result.value().number, result.value().status) == (6, Status.OK)
    team = result.value("うち一課")
    assert (team.number, team.status, team.faulty_rows) == (3, Status.PROVISIONAL, 1)
    assert result.value("改善済み").status is Status.OK


def test_labels_stand_alone_and_beside_months(tmp_path: Path) -> None:
    """`by` may be left out, or be a month."""
    alone = KPI.partition("[[kpi")[0] + 'parts = { labels = { "一課" = { team = "一課" } } }\n'
    result = project(tmp_path, alone).summarize("kinds", by="month")
    assert [f.kind for f in result.summary.figures if f.group is None] == ["total", "of_which"]
    assert result.number("一課", "2025-04") == 2
    months = alone.replace("{ labels", '{ by = "month", labels')
    assert project(tmp_path, months).summarize("kinds").items("of_which") == {"一課": 3}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('by = "category"', 'by = "line"', "'line' splits the first level already"),
        ('by = "category"', 'by = "month"', "ask --by month"),
        ('by = "line"', 'by = "month"', "months have no parts of their own"),
        ('by = "category"', 'by = "improved_on"', "is no code column"),
        ('by = "category"', 'by = "categori"', "did you mean 'category'?"),
        ('by = "category"', 'by = "category"\nvalues = ["不安"]', "no value '不安'"),
        ('by = "category"', 'by = "category"\ntotal = false', "stand above those"),
        (
            'by = "category"',
            'by = "category"\nlabels = { "あ" = { team = "一課" } }',
            "first table",
        ),
        ('by = "category"\n', "", "parts.1.by: name the code column"),
        ('by = "line"\n', "", "parts.by: name the code column"),
        ('"うち一課"', '"生保"', "'生保' is a part already"),
        ('{ team = "一課" }', "{ }", "every row fits"),
        ('{ team = "一課" }', '{ line = "生命" }', "no value '生命'"),
        ('{ team = "一課" }', '{ teem = "一課" }', "no column 'teem'"),
        ('en = { "改善済み"', 'en = { "改善済"', "no label '改善済' (did you mean '改善済み'?)"),
        (
            'measure = "count"',
            'measure = "ratio"\nnumerator = { line = "生保" }',
            "are shares of it",
        ),
    ],
)
def test_what_cannot_be_is_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    """Each mistake says what to write."""
    with pytest.raises(SettingsError) as error:
        read_settings(project(tmp_path, KPI.replace(old, new)).config)
    assert words in str(error.value)


TARGETS = """
[[kpi.kinds.targets]]
per = "half"
at_most = 1
part = "PART"
"""


@pytest.mark.parametrize(
    ("part", "status"),
    [("生保/不満", "met"), ("損保/不満", "met"), ("改善済み", "missed"), ("生保", "missed")],
)
def test_a_target_binds_either_level(part: str, status: str, tmp_path: Path) -> None:
    """A part of a part is named by both names, a part of which by its own; no other is judged."""
    kpi = KPI.replace(
        "[[kpi.kinds.parts]]", TARGETS.replace("PART", part) + "[[kpi.kinds.parts]]", 1
    )
    summary = project(tmp_path, kpi).summarize("kinds").summary
    judged = {f.item: f.target.status.value for f in summary.figures if f.target is not None}
    assert judged == {part: status}


@pytest.mark.parametrize(
    ("part", "near"), [("生保/不安", "生保/不満"), ("生命", "生保"), ("改善済", "改善済み")]
)
def test_a_target_of_no_part_is_refused(part: str, near: str, tmp_path: Path) -> None:
    """The nearest name is suggested."""
    kpi = KPI.replace(
        "[[kpi.kinds.parts]]", TARGETS.replace("PART", part) + "[[kpi.kinds.parts]]", 1
    )
    with pytest.raises(SettingsError) as error:
        read_settings(project(tmp_path, kpi).config)
    assert near in str(error.value)


def test_three_levels_are_refused(tmp_path: Path) -> None:
    """There are two at most."""
    with pytest.raises(SettingsError) as error:
        read_settings(project(tmp_path, KPI + '[[kpi.kinds.parts]]\nby = "team"\n').config)
    assert "one table or two" in str(error.value)


def test_names_that_read_the_same_are_refused(tmp_path: Path) -> None:
    """`甲/乙` of `丙`, and `甲` of `乙/丙`, would be one name."""
    kpi = KPI.replace('by = "line"', 'by = "team"').replace('by = "category"', 'by = "topic"')
    column = '[source.voices]\nextends = true\n[source.voices.columns.topic]\ntype = "code"\n'
    column += 'codes = "topics"\nheaders = "改善日"\n[codes.topics]\nopen = true\n'
    rows = ["V1,2025/4/1,生保,感謝,甲/乙,丙", "V2,2025/4/1,生保,感謝,甲,乙/丙"]
    kpi = re.sub(r"labels = .*\nen = .*\n", "", kpi)
    with pytest.raises(UsageError) as error:
        project(tmp_path, column + kpi, rows).summarize("kinds")
    assert "甲/乙/丙" in str(error.value)


def test_personal_columns_stay_closed_on_either_level(tmp_path: Path, run_kpicli: Run) -> None:
    """Parts by persons need leave, and are never frozen."""
    header = "受付番号,受付日,商品区分,声の区分,チーム,担当者,改善日"
    rows = ["V1,2025/4/1,生保,感謝,一課,S001,", "V2,2025/4/1,生保,感謝,一課,S002,"]
    kpi = KPI.replace('by = "category"', 'by = "staff"')
    column = "[source.voices]\nextends = true\n[source.voices.columns.staff]\n"
    column += 'headers = "担当者"\ntype = "code"\ncodes = "staffs"\npersonal = true\n'
    column += "[codes.staffs]\nopen = true\n"
    own = Project(tmp_path).export("voices", rows, header=header).toml(column + kpi)
    assert own.config.exists()
    asked = ("summarize", "-p", "2025H1", "-k", "kinds", "-f", "csv")
    refused = run_kpicli({}, *asked)
    assert refused.code == 2
    assert "S001" not in refused.text + refused.err
    assert "生保/S001" in run_kpicli({}, *asked, "--show-personal").text


def test_the_definition_follows_the_parts(tmp_path: Path) -> None:
    """Another level is another definition; a table in a list is the same as a table."""
    one = KPI.rpartition("[[kpi")[0]
    hashes = []
    for kpi in (one, one.replace("[[kpi.kinds.parts]]", "[kpi.kinds.parts]"), KPI):
        catalog = read_settings(project(tmp_path, kpi).config).catalog
        hashes.append(definition_hash(catalog.kpi["kinds"]))
    assert hashes[0] == hashes[1] != hashes[2]


def test_every_engine_gives_the_same(tmp_path: Path) -> None:
    """Dask, and python without assertions, write the same bytes."""
    lines = [f"V{n},{','.join(row)}" for n, row in enumerate(some_rows(200, 7))]
    own = project(tmp_path, rows=lines)
    asked = ("-p", "2025H1", "-k", "kinds", "--by", "month", "--compare", "previous", "-f", "json")
    here = process("summarize", *asked, folder=own.config.parent)
    dask = process("summarize", *asked, "--engine", "dask", folder=own.config.parent)
    bare = subprocess.run(
        [sys.executable, "-O", "-m", "kpicli", "summarize", *asked],
        check=True,
        capture_output=True,
        cwd=own.config.parent,
        env=environment(),
    )
    assert here.out == dask.out == bare.stdout
    assert here.code == dask.code == 0


def test_the_example_of_the_docs(tmp_path: Path) -> None:
    """The docs show whole lines of the real output of the sample, in order, but for `(...)`."""
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    block = next(b for b in re.findall(r"```toml\n(.*?)```", text, re.S) if "voices_by_line" in b)
    shown = next(b for b in re.findall(r"```text\n(.*?)```", text, re.S) if "商品区分ごと" in b)
    shutil.copytree(ROOT / "sample_data", tmp_path / "sample_data")
    own = (ROOT / "kpicli.toml").read_text(encoding="utf-8")
    (tmp_path / "kpicli.toml").write_text(f"{own}\n{block}", encoding="utf-8")
    done = process(
        "summarize", "-p", "2025H1", "-k", "voices_by_line", "-f", "text", folder=tmp_path
    )
    left = done.text
    for piece in shown.split("(...)\n"):
        assert f"\n{piece}" in left
        left = left.partition(piece)[2]
