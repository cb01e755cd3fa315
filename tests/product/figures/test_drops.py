"""Far fewer rows than before, and totals that contradict: told wherever figures are shown."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.calculators.drops import Drop, _is_drop
from kpicli.checks.inspection import inspect
from kpicli.mail.writing.concerns import concerns
from kpicli.model.periods import Period
from kpicli.settings.settings import read_settings
from support.command_line import Run
from support.small_project import TODAY, Project

COVERS = "2024-04..2025-09"
FALLEN = "rows have fallen from {} in {} to {}: see whether the export was narrowed"


def voices(folder: Path, now: int, before: int, year_ago: int, covers: str = COVERS) -> Project:
    """Return a log of so many voices in 2025H1, 2024H2 and 2024H1."""
    rows = [
        f"V{day}{n},{day},生保,感謝,,"
        for day, size in (("2025/4/1", now), ("2024/10/1", before), ("2024/4/1", year_ago))
        for n in range(size)
    ]
    return Project(folder).export("voices", rows, covers=covers)


def told(project: Project, kpi: str = "voices") -> list[str]:
    """Return what is said of a drop: by the summary, and by check, of which each must agree."""
    result = project.summarize(kpi)
    (head,) = result.summary.kpis.values()
    settings = read_settings(project.config)
    period = Period.parse("2025H1", today=TODAY)
    checked = inspect(settings, period=period, today=TODAY).faults
    details = [str(f.detail) for f in checked if f.kind.code == "D407"]
    assert any(f"{head.title.ja}: " in detail for detail in details) is bool(head.warnings)
    assert set(head.warnings) <= set(head.remarks)
    return [text.en for text in head.warnings]


@pytest.mark.parametrize(
    ("now", "before", "year_ago", "drop"),
    [
        (9, 120, 110, True),
        (0, 30, 30, True),
        (0, 15, 15, False),  # 15 fewer of 15: 3.9 standard deviations
        (49, 100, 100, True),
        (50, 100, 100, False),  # just a half
        (28, 60, 60, False),  # less than a half, but 3.4 standard deviations
        (9, 120, 10, False),  # the first half is always low
        (120, 9, 9, False),
    ],
)
def test_a_drop(tmp_path: Path, now: int, before: int, year_ago: int, drop: bool) -> None:
    """Fewer than half of both periods before, beyond chance."""
    expected = [FALLEN.format(before, "2024H2", now)] if drop else []
    assert told(voices(tmp_path, now, before, year_ago)) == expected


def test_what_is_not_covered_is_no_drop(tmp_path: Path) -> None:
    """An export that ends early, and a period before that no export covers, say nothing."""
    assert told(voices(tmp_path, 9, 120, 0, "2024-04..2025-06")) == []
    assert told(voices(tmp_path, 9, 120, 0, "2025-04..2025-09")) == []
    assert told(voices(tmp_path, 9, 120, 0, "2024-10..2025-09")) != []


def test_a_period_that_goes_on_is_no_drop(tmp_path: Path) -> None:
    """In May of a half there are few rows yet; nor as of a day in May."""
    project = voices(tmp_path, 9, 120, 120)
    early = project.summarize("voices", today=date(2025, 5, 20))
    assert not [remark for remark in early.remarks if "fallen" in remark]
    asked = project.summarize("voices", as_of=date(2025, 5, 20))
    assert not [remark for remark in asked.remarks if "fallen" in remark]


def test_cases_judged_by_the_as_of_date_are_not_compared(tmp_path: Path) -> None:
    """Which cases of the half before were overdue then is another question."""
    rows = [f"A{n},2024/10/1,新規,生保,対応中,2024/11/1,,," for n in range(40)]
    assert told(Project(tmp_path).export("responses", rows), "missed_responses") == []


def test_chance_makes_no_drop() -> None:
    """Of 20,000 pairs of numbers that come at one rate none is a drop."""
    period = Period.parse("2025H1", today=TODAY)
    rates = np.repeat([2, 10, 30, 100, 400], 4_000)
    chance = np.random.default_rng(1)
    for now, before in zip(
        chance.poisson(rates).tolist(), chance.poisson(rates).tolist(), strict=True
    ):
        assert not _is_drop(Drop(now, before, period))


@given(now=st.integers(0, 10**6), before=st.integers(0, 10**6))
def test_a_drop_by_another_road(now: int, before: int) -> None:
    """In floats: less than half, and four standard deviations of the difference."""
    period = Period.parse("2025H1", today=TODAY)
    deviations = (before - now) / (before + now) ** 0.5 if before + now else 0
    if abs(deviations - 4) > 1e-9:
        assert _is_drop(Drop(now, before, period)) is (now < before / 2 and deviations > 4)


def test_every_answer_tells_it(tmp_path: Path, run_kpicli: Run) -> None:
    """summarize, also with -q or `--only-if faults`, report and check."""
    project = voices(tmp_path, 9, 120, 110).toml('[report]\nnarrative = "n.md"')
    project.config.touch()
    words = "# 報告\n\n## 原則2\n\n### 評価\n\n{{ voices }}\n"
    (tmp_path / "n.md").write_text(words, "utf-8")
    said = "2024H2 の 120 行から 9 行に大きく減りました"
    asked = ("summarize", "-p", "2025H1", "-k", "voices")
    assert said in run_kpicli({}, *asked, "-f", "table").text
    assert said in run_kpicli({}, *asked, "-f", "json").text
    assert said in run_kpicli({}, *asked, "-q", "-o", "kpi.csv").err
    assert said in run_kpicli({}, *asked, "-q", "--only-if", "faults", "-f", "table").text
    assert said in run_kpicli({}, "report", "-p", "2025H1", "-o", "public.md").err
    run_kpicli({}, "report", "-p", "2025H1", "--edition", "internal", "-o", "r.md")
    assert said in (tmp_path / "r.md").read_text("utf-8")
    assert "お客様の声: 2024H2 120 > 2025H1 9" in run_kpicli({}, "check", "-f", "csv").text


def test_mail_tells_it(tmp_path: Path) -> None:
    """Among the concerns of a mail, in both languages."""
    project = voices(tmp_path, 9, 120, 110)
    summary, catalog = project.summarize("voices").summary, read_settings(project.config).catalog
    assert FALLEN.format(120, "2024H2", 9) in concerns(summary, catalog, "en").lines[-1]
    said = "2024H2 の 120 行から 9 行に大きく減りました"
    assert said in concerns(summary, catalog, "ja").lines[-1]
    assert concerns(summary, catalog, "ja").marks("ja") == ""


def test_a_total_that_contradicts_is_told(tmp_path: Path, run_kpicli: Run) -> None:
    """A total row of 5 below 2 rows: not by check alone."""
    rows = ["V1,2025/4/1,生保,感謝,,", "V2,2025/4/2,生保,感謝,,", ",合計,5,,,"]
    Project(tmp_path).export("voices", rows).config.touch()
    said = "合計行の数が行数と違います(kpicli check の D321): voices0.csv"
    asked = ("summarize", "-p", "2025H1", "-k", "voices")
    assert said in run_kpicli({}, *asked, "-f", "json").text
    assert said in run_kpicli({}, *asked, "-q", "-o", "kpi.csv").err
