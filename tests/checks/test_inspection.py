"""The whole inspection: which period, and in which order."""

from datetime import date
from pathlib import Path

from kpicli.checks.inspection import inspect
from kpicli.loaders.load import load
from kpicli.model.periods import Period
from kpicli.settings.settings import read_settings
from support.inspected import inspection
from support.small_project import Project


def test_default_period(tmp_path: Path) -> None:
    """Without a period the last half that the exports cover is meant; one row more opens none."""
    rows = [f"V{month},2025/{month}/1,生保,不満,,," for month in range(4, 11)]
    project = Project(tmp_path).export("voices", rows, covers="2024-10..2025-09")
    period = inspection(project).period
    assert period is not None
    assert period.name == "2025H1"


def test_what_is_loaded_is_not_read_again(tmp_path: Path) -> None:
    """The findings are those of the sources that are handed over, whatever the files hold."""
    rows = ["V1,,生保,感謝,,", "V2,2025/9/31,生保,感謝,,"]
    (tmp_path / "faulty").mkdir()
    (tmp_path / "sound").mkdir()
    faulty = read_settings(Project(tmp_path / "faulty").export("voices", rows).config)
    sound = read_settings(
        Project(tmp_path / "sound").export("voices", ["V1,2025/4/1,生保,感謝,,"]).config
    )
    day = date(2025, 11, 1)
    period = Period.parse("2025H1", today=day)
    expected = inspect(faulty, ["voices"], period, day)
    loaded = load(faulty, ["voices"], day)
    again = inspect(sound, ["voices"], period, day, loaded=loaded)
    assert (again.faults, again.sources) == (expected.faults, expected.sources)
    assert again.faults != inspect(sound, ["voices"], period, day).faults


def test_no_dates_no_period(tmp_path: Path) -> None:
    """A register alone has no period, and is checked all the same."""
    project = Project(tmp_path).export("staff", ["S001,生保,2020/4/1,"], covers=None)
    result = inspection(project, today=date(2025, 11, 1))
    assert (result.period, result.faults) == (None, ())


def test_what_takes_rows_out_of_the_figures_comes_first(tmp_path: Path) -> None:
    """Faults, then warnings, then notes; the findings of each cause by source, file and row."""
    project = Project(tmp_path)
    project.export("voices", ["V1,,生保,感謝,,", "V2,2025/9/31,生保,感謝,,", "V3,x,生保,感謝,,"])
    project.export("voices", ["V4,45930,生保,x,,"])
    faults = [fault for fault in inspection(project, period="2025H1").faults if fault.place.row]
    assert [(f.kind.code, f.level, f.place.file, f.place.row) for f in faults] == [
        ("D101", "fault", "voices0.csv", 4),
        ("D101", "fault", "voices0.csv", 3),  # a cause of its own: no such day
        ("D102", "fault", "voices1.csv", 2),
        ("D154", "warning", "voices0.csv", 2),
        ("D151", "note", "voices1.csv", 2),
    ]


def test_what_was_read_is_told(tmp_path: Path) -> None:
    """Sources, files and rows, of the exports that were asked for alone."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,,"])
    project.export("voices", ["V2,2025/4/2,生保,感謝,,", "V3,2025/4/3,生保,感謝,,"])
    project.export("staff", ["S001,生保,2020/4/1,"], covers=None)
    both, one = inspection(project), inspection(project, "staff")
    assert ([s.id for s in both.sources], len(both.files), both.rows) == (["voices", "staff"], 3, 4)
    assert ([s.id for s in one.sources], one.rows) == (["staff"], 1)
