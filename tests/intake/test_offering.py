"""The figures of settings that are not written yet."""

from pathlib import Path

from kpicli.intake.offering import offer, settings_of

TEXT = '[[exports.voices]]\nfiles = ["a.csv"]\ncovers = "2025-04..2025-09"\n'


def exports(folder: Path) -> Path:
    """Return a folder with an export of six voices of 2025H1."""
    rows = [f"V{month},2025/{month}/5,生保,感謝" for month in range(4, 10)]
    text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
    (folder / "a.csv").write_text(text, encoding="utf-8")
    return folder


def test_figures_of_the_last_half(tmp_path: Path) -> None:
    """The last half that the exports cover is counted, and nothing is written."""
    made = offer('kpis = ["voices"]\n' + TEXT, exports(tmp_path))
    assert made.summary.period.name == "2025H1"
    assert next(figure.value.number for figure in made.summary.figures) == 6
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_paths_are_those_of_the_place_to_be(tmp_path: Path) -> None:
    """The settings count as if they stood where they will be written."""
    settings = settings_of(TEXT, tmp_path)
    assert (settings.folder, settings.file) == (tmp_path, tmp_path / "kpicli.toml")
