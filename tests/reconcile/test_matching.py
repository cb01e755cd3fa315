"""Rows are found again, whichever file they stand in."""

from pathlib import Path

from support.frozen_project import by_id, told
from support.frozen_voices import VOICES, voices


def test_a_later_export_supersedes(tmp_path: Path) -> None:
    """A row that a later export has otherwise is told with both, the old file being still read."""
    project = voices(tmp_path)
    project.freeze()
    (tmp_path / "later.csv").write_text(
        "受付番号,受付日,商品区分,声の区分\nV1,2025/4/1,生保,要望\nV9,2025/10/20,生保,要望\n",
        encoding="utf-8",
    )
    file = tmp_path / "kpicli.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('files = "voices0', 'files = ["later.csv", "voices0'
        ).replace('.csv", covers', '.csv"], covers'), encoding="utf-8")  # fmt: skip
    changed = by_id(project.diff())["voices"].rows
    assert [(row.cause.value, row.superseded) for row in changed] == [("recategorised", True)]
    assert changed[0].place is not None
    assert (changed[0].file, changed[0].place.file) == ("voices0.csv", "later.csv")


def test_another_reading_of_the_same_file(tmp_path: Path) -> None:
    """Where the file is the same, a move comes from code tables or settings."""
    project = voices(tmp_path, [*VOICES[:3], "V5,2025/7/1,損保,苦情,,"])
    project.freeze(not_final=True)
    file = tmp_path / "kpicli.toml"
    synonyms = ', synonyms = { category = { "不満" = ["苦情"] } } }'
    file.write_text(
        file.read_text(encoding="utf-8").replace(" }]", f"{synonyms}]"), encoding="utf-8"
    )
    assert told(by_id(project.diff())["voices"])["不満"] == [(1,), ("catalogue", 1, 1)]
