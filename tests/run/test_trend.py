"""The trend: every cell is what the period is alone, published values win, breaks are said."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kpicli
from kpicli.model.figures import Figure
from kpicli.model.periods import Period, SpanKind
from kpicli.model.summary import Series, Summary
from kpicli.model.value import Status, Value
from support.entered_values import HEADER
from support.frozen_project import FrozenProject
from support.small_project import TODAY, Project

FIRST = date(2024, 1, 1)
KPIS = """\
[kpi.each]
title = "件数"
source = "voices"
measure = "count"
parts = { by = "category" }
[kpi.teams]
title = "チーム"
source = "voices"
measure = "distinct"
of = "team"
parts = { by = "line" }
[kpi.complaints]
title = "不満の割合"
source = "voices"
measure = "ratio"
numerator = { category = "不満" }
parts = { by = "line" }
"""
ROWS = st.lists(
    st.tuples(
        st.integers(0, 900),
        st.sampled_from(["生保", "損保", "団体"]),
        st.sampled_from(["感謝", "不満", "要望", "その他"]),
        st.sampled_from(["一", "二"]),
    ),
    max_size=30,
)


def summarized(
    folder: Path, period: str | Period | list[str], kpis: str | list[str] = "voices", *,
    trend: int | None = None, by: str | None = None, compare: str | None = None,
    recompute: bool = False,
) -> Summary:  # fmt: skip
    """Return the summary of a project's folder."""
    return kpicli.summarize(
        period, kpis=kpis, trend=trend, by=by, compare=compare, recompute=recompute,
        config=folder / "kpicli.toml", today=TODAY,
    )  # fmt: skip


def series_of(summary: Summary, item: str | None = None, kpi: str = "voices") -> Series:
    """Return the series of an item of a KPI (None: its total)."""
    (own,) = [s for s in summary.trend if (s.own.kpi, s.own.item) == (kpi, item)]
    return own


def numbers(series: Series) -> list[object]:
    """Return the number in each period."""
    return [figure.value.number for figure in series.figures]


def remarks(summary: Summary, kpi: str = "voices") -> list[str]:
    """Return the English remarks on a KPI."""
    return [remark.en for remark in summary.kpis[kpi].remarks]


def values(figures: tuple[Figure, ...]) -> Mapping[tuple[object, ...], Value]:
    """Return the values by what tells figures of one period apart, parts that are months aside."""
    return {(f.kpi, f.kind, f.group, f.part, f.item): f.value for f in figures if f.part != "month"}


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    rows=ROWS,
    kind=st.sampled_from(["month", "quarter", "half", "year"]),
    end=st.integers(0, 900),
    number=st.integers(1, 5),
    by=st.sampled_from([None, "line"]),
)
def test_every_cell_is_what_the_period_is_alone(
    tmp_path: Path, rows: list[tuple[int, str, str, str]], kind: SpanKind, end: int, number: int,
    by: str | None,
) -> None:  # fmt: skip
    """Each figure in each period equals that of `summarize` of the period; the rest has no rows."""
    lines = [
        f"V{place},{FIRST + timedelta(days=day)},{line},{category},{team},"
        for place, (day, line, category, team) in enumerate(rows)
    ]
    project = Project(tmp_path).export("voices", lines, covers="2024-03..2025-12").toml(KPIS)
    assert project.config
    own = Period.of(kind, FIRST + timedelta(days=end))
    kpis = ["each", "teams", "complaints"]
    summary = summarized(tmp_path, own, kpis, trend=number, by=by)
    assert summary.trend_periods == own.last(number)
    for place, period in enumerate(summary.trend_periods):
        alone = values(summarized(tmp_path, period, kpis, by=by).figures)
        cells = values(tuple(series.figures[place] for series in summary.trend))
        assert alone.items() <= cells.items()
        for key in cells.keys() - alone.keys():
            assert (cells[key].number or 0) == 0
            assert cells[key].status is not Status.OK or cells[key].number == 0


def halves(folder: Path, covers: str = "2023-10..2025-09") -> FrozenProject:
    """Return a project with 1, 2, 3 and 4 voices in 2023H2 to 2025H1."""
    starts = [date(2023, 10, 5), date(2024, 4, 5), date(2024, 10, 5), date(2025, 4, 5)]
    days = [start for number, start in enumerate(starts, 1) for _ in range(number)]
    rows = [f"V{n},{day},生保,感謝,一," for n, day in enumerate(days)]
    return FrozenProject.of(Project(folder).export("voices", rows, covers=covers))


def enter(project: FrozenProject, *lines: str) -> None:
    """Enter values by hand."""
    (project.folder / "published").mkdir(exist_ok=True)
    text = "\n".join((HEADER, *lines, ""))
    (project.folder / "published" / "旧.csv").write_text(text, encoding="utf-8")


def test_what_is_not_covered_has_no_data(tmp_path: Path) -> None:
    """A period before the exports is no zero, and one that they reach into is partial."""
    project = halves(tmp_path, "2023-12..2025-09")
    total = series_of(summarized(project.folder, "2025H1", trend=5))
    assert numbers(total) == [None, 1, 2, 3, 4]
    statuses = [figure.value.status.value for figure in total.figures]
    assert statuses == ["no_data", "partial", "ok", "ok", "ok"]


def test_frozen_before_counted_before_entered(tmp_path: Path) -> None:
    """What was published stands, then what the exports hold, then what was entered."""
    project = halves(tmp_path)
    project.freeze("2024H1")
    project.edit("voices0.csv", lambda lines: [lines[0], *lines[2:3], *lines[4:]])
    enter(
        project,
        "2023H1,voices,,7,,,旧ページ,2025-10-01,",
        "2023H1,voices,感謝,5,,,旧ページ,2025-10-01,",
        "2024H2,voices,,9,,,旧ページ,2025-10-01,",
    )
    summary = summarized(project.folder, "2025H1", trend=5)
    total = series_of(summary)
    assert numbers(total) == [7, 0, 2, 3, 4]
    kinds = ["entered", "computed", "frozen", "computed", "computed"]
    assert [figure.origin.kind for figure in total.figures] == kinds
    assert [figure.definition is None for figure in total.figures] == [True, *[False] * 4]
    assert numbers(series_of(summary, "感謝")) == [5, 0, 2, 3, 4]
    assert numbers(series_of(summary, "要望")) == [None, 0, 0, 0, 0]
    assert remarks(summary) == [
        "2024H2: the entered 9 contradicts 3, which stands (旧ページ)",
    ]
    recounted = summarized(project.folder, "2025H1", trend=3, recompute=True)
    assert numbers(series_of(recounted)) == [1, 3, 4]


def test_an_own_period_that_was_published_otherwise_is_told(tmp_path: Path) -> None:
    """The period asked for is counted; that it was published as another number is said."""
    project = halves(tmp_path)
    project.freeze("2025H1")
    project.edit("voices0.csv", lambda lines: lines[:-2])
    summary = summarized(project.folder, "2025H1", trend=2)
    assert numbers(series_of(summary)) == [3, 3]
    assert remarks(summary) == [
        "2025H1 was published as 4, the exports now make 3 (kpicli diff tells why)",
        "2025H1 感謝 was published as 4, the exports now make 3 (kpicli diff tells why)",
    ]
    assert remarks(summarized(project.folder, "2025H1")) == []


@pytest.mark.parametrize("version", ["", "\nversion = 2"])
def test_another_definition_is_a_break(tmp_path: Path, version: str) -> None:
    """What was published under another definition stands, with a break after it that is said."""
    project = halves(tmp_path)
    project.freeze("2023H2")
    project.freeze("2024H1")
    project.settings_too(f'[kpi.voices]\nextends = true\nwhere = {{ line = "生保" }}{version}')
    summary = summarized(project.folder, "2025H1", trend=5)
    total = series_of(summary)
    assert numbers(total) == [None, 1, 2, 3, 4]
    assert [(a.period.name, b.period.name) for a, b in total.breaks] == [("2024H1", "2024H2")]
    other = [total.other_definition(figure) for figure in total.figures]
    assert other == [False, True, True, False, False]
    told = " (from version 1 to 2)" if version else ""
    assert remarks(summary) == [
        f"the definition changed between 2024H1 and 2024H2{told}: values before and after it "
        "cannot be compared"
    ]
    frame = kpicli.to_frame(summary)
    marked = frame[frame["definition"] == "other"]["period"].unique()
    assert list(marked) == ["2023H2", "2024H1"]


def test_a_figure_that_no_export_holds(tmp_path: Path) -> None:
    """An entered KPI has what was frozen of a period, else what was entered."""
    project = halves(tmp_path)
    project.settings_too('[entered.nps]\ntitle = "NPS"\nunit = "点"')
    enter(project, "2024H1,nps,,40,,,報告書,2025-10-01,", "2025H1,nps,,45,,,報告書,2025-10-01,")
    project.freeze("2024H1")
    enter(project, "2024H1,nps,,41,,,報告書,2025-10-01,", "2025H1,nps,,45,,,報告書,2025-10-01,")
    total = series_of(summarized(project.folder, "2025H1", trend=3, kpis="nps"), kpi="nps")
    assert numbers(total) == [40, None, 45]
    assert [figure.origin.kind for figure in total.figures] == ["frozen", "computed", "entered"]


def test_a_kpi_without_its_export(tmp_path: Path) -> None:
    """It has what was published, also parts, and no data where nothing was."""
    project = halves(tmp_path)
    project.freeze("2024H1")
    project.edit("kpicli.toml", lambda lines: [line for line in lines if "voices0" not in line])
    project.settings_too('staff = "staff.csv"')
    (project.folder / "staff.csv").write_text("職員番号,チーム,在籍開始日,在籍終了日\n", "utf-8")
    summary = summarized(project.folder, "2025H1", trend=3)
    assert numbers(series_of(summary)) == [2, None, None]
    assert numbers(series_of(summary, "感謝")) == [2, None, None]


def test_several_periods(tmp_path: Path) -> None:
    """Named periods need not touch; the last is the summary's own, with its comparisons."""
    project = halves(tmp_path)
    summary = summarized(project.folder, ["2025年度上期", "2024H1"], compare="previous")
    assert summary.period.name == "2025H1"
    assert numbers(series_of(summary)) == [2, 4]
    assert summary.figures[0].comparisons[0].value.number == 3
    assert summarized(project.folder, "2025H1").trend == ()


def test_months_are_those_of_the_own_period(tmp_path: Path) -> None:
    """Grouped by month, the trend is of the whole figures; months stay with the own period."""
    project = halves(tmp_path)
    summary = summarized(project.folder, "2025H1", trend=3, by="month")
    assert numbers(series_of(summary)) == [2, 3, 4]
    (april,) = [f for f in summary.figures if (f.group, f.item) == ("2025-04", None)]
    assert april.value.number == 4
    assert summary.trend == summarized(project.folder, "2025H1", trend=3).trend


def test_a_line_joins_neither_gaps_nor_definitions(tmp_path: Path) -> None:
    """What a chart may join ends where a period has no number and where the definition changes."""
    project = halves(tmp_path)
    project.freeze("2024H1")
    project.settings_too('[kpi.voices]\nextends = true\nwhere = { line = "生保" }')
    total = series_of(summarized(project.folder, "2025H1", trend=5))
    lines = [[figure.period.name for figure in line] for line in total.lines]
    assert lines == [["2023H2"], ["2024H1"], ["2024H2", "2025H1"]]
