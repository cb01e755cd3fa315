"""What was entered by hand, where the exports have no data."""

from pathlib import Path

from kpicli.run.entered import enter
from support.one_run import entered, numbers, one_run, period
from support.small_project import Project

VOICES = ["V1,2025/4/1,生保,感謝,,"]


def test_a_counted_figure_is_never_replaced(tmp_path: Path) -> None:
    """Where the exports have data they stand, whatever was entered."""
    project = Project(tmp_path).export("voices", VOICES, covers="2025-04..2025-09")
    run = one_run(project, "voices", entered=(entered("voices", "2025H1", 7),))
    own = run.figures(period("2025H1"))
    assert enter(run, own) == list(own)


def test_a_gap_is_filled(tmp_path: Path) -> None:
    """Without data figures stand as entered, with their origin; a further part comes last."""
    project = Project(tmp_path).export("voices", VOICES, covers="2025-04..2025-09")
    values = (
        entered("voices", "2024H1", 7),
        entered("voices", "2024H1", 4, "感謝"),
        entered("voices", "2024H1", 3, "その他の声"),
    )
    run = one_run(project, "voices", "2024H1", entered=values)
    figures = enter(run, run.figures(period("2024H1")))
    assert figures[0].origin.source == "台帳"
    assert figures[-1].item == "その他の声"
    told = {key: number for key, number in numbers(figures).items() if number is not None}
    assert told == {(None, None): 7, (None, "感謝"): 4, (None, "その他の声"): 3}
