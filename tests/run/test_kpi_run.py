"""One KPI in a run: counted once in every period that a step asks for."""

from datetime import date
from pathlib import Path

from msgspec.structs import replace

from kpicli.model.value import NOTHING
from kpicli.run.kpi_run import KpiRun
from support.one_run import numbers, one_run, period
from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,感謝,,", "V2,2025/9/2,損保,不満,,2025/9/3", "V3,2024/10/1,損保,不満,,"]


def voices(folder: Path) -> KpiRun:
    """Return the run of お客様の声 in 2025H1."""
    return one_run(Project(folder).export("voices", VOICES), "voices")


def test_a_period_is_counted_once(tmp_path: Path) -> None:
    """Whoever asks again gets what was counted, and the rows of the own period are kept."""
    run = voices(tmp_path)
    own = run.figures(period("2025H1"))
    assert numbers(own)[None, None] == 2
    assert run.figures(period("2025H1")) is own
    assert run.calculation is run.calculate(period("2025H1"))
    assert run.calculate(period("2024H2")) is not run.calculate(period("2024H2"))
    assert run.total(period("2024H2")).number == 1
    assert run.total(period("2024H2")) is run.total(period("2024H2"))


def test_a_total_is_the_figure(tmp_path: Path) -> None:
    """The whole value in a period is that of its total among the figures."""
    run = voices(tmp_path)
    for name in ("2025H1", "2025-04", "2024H2", "2023H1"):
        assert run.total(period(name)) == run.figures(period(name))[0].value


def test_a_figure_knows_its_rows(tmp_path: Path) -> None:
    """Each figure comes with the rows that it counts; the same figures come without them."""
    run = voices(tmp_path)
    counted = run.count(period("2025H1"))
    assert tuple(each.figure for each in counted) == run.figures(period("2025H1"))
    assert [len(each.subset.rows) for each in counted] == [
        each.figure.value.number for each in counted
    ]


def test_a_kpi_that_cannot_be_read(tmp_path: Path) -> None:
    """Without its source a KPI has one figure, without data, and no calculation."""
    run = one_run(Project(tmp_path).export("voices", VOICES), "renewal_talks")
    assert not run.readable
    assert run.calculation is None
    assert [figure.value for figure in run.figures(period("2025H1"))] == [NOTHING]
    assert run.total(period("2025H1")) == NOTHING


def test_an_as_of_date_is_that_of_the_own_period(tmp_path: Path) -> None:
    """A date that is asked for holds for the run's own period; others end by themselves."""
    run = voices(tmp_path).run
    asked = replace(run, request=replace(run.request, as_of=date(2025, 5, 31)))
    assert asked.scope(period("2025H1")).as_of == date(2025, 5, 31)
    assert asked.scope(period("2024H2")).as_of == date(2025, 3, 31)
    assert run.scope(period("2025H1")).as_of == date(2025, 9, 30)
    assert run.scope(period("2025H2")).as_of == date(2025, 10, 31)
