"""Lines for kpicli.toml that stand in an advice do what it says, as they are written there."""

import re
from pathlib import Path

import pytest

from kpicli.base.faults import CATALOGUE
from support.inspected import found
from support.small_project import Project

LINE = re.compile(r"(?:synonyms|absent|id_width|key) = (?:\{ .* \} \}|\[[^\]]*\]|\d+)")


FILLED = {
    "D102": {"COLUMN": "category", "VALUE": "不満", "SPELLING": "苦情"},
    "D411": {"COLUMN": "meeting", "VALUE": "コンプライアンス会議", "SPELLING": "コンプラ会議"},
}
"""What stands in English for words of the data, which no English text holds."""


def line_of(code: str) -> str:
    """Return the line that an advice writes out, the same in both languages."""
    advice = CATALOGUE[code].advice
    (written,), (english,) = LINE.findall(advice.ja), LINE.findall(advice.en)
    for place, word in FILLED.get(code, {}).items():
        english = english.replace(place, word)
    assert written == english
    return str(written)


def test_every_line_is_tried() -> None:
    """No other advice has such a line."""
    lines = {code for code, kind in CATALOGUE.items() if LINE.search(kind.advice.ja)}
    assert lines == {"D102", "D202", "D203", "D208", "D210", "D411"}


@pytest.mark.parametrize(
    ("code", "source", "exports"),
    [
        ("D102", "voices", [["V1,2025/4/1,損保,苦情,,"]]),
        (
            "D208",
            "voices",
            [
                ["V1,2025/6/1,損保,不満,,2025/6/9"],
                ["V1,2025/6/1,損保,不満,,", "V2,2025/7/1,損保,要望,,"],
            ],
        ),
        ("D210", "voices", [["00016,2025/4/1,損保,感謝,,"], ["16,2025/4/1,損保,感謝,,"]]),
        ("D411", "meetings", [["M1,2025/4/1,コンプラ会議"]]),
    ],
)
def test_a_line_for_the_export(
    tmp_path: Path, code: str, source: str, exports: list[list[str]]
) -> None:
    """With it in the last export's entry the finding is gone."""
    for options, remains in (("", True), (f", {line_of(code)}", False)):
        project = Project(tmp_path)
        for number, rows in enumerate(exports, 1):
            last = number == len(exports)
            project.export(source, rows, covers=None, options=options if last else "")
        assert bool(found(project, code)) is remains


@pytest.mark.parametrize(
    ("code", "exports"),
    [
        ("D202", [["V1,2024/4/1,損保,感謝,,", "V1,2025/4/1,損保,不満,,"]]),
        ("D203", [["V1,2024/4/1,損保,感謝,,"], ["V1,2025/4/1,損保,感謝,,"]]),
    ],
)
def test_a_line_for_the_source(tmp_path: Path, code: str, exports: list[list[str]]) -> None:
    """With it in the source's table, which `extends` the built-in one, both rows count."""
    table = f"[source.voices]\nextends = true\n{line_of(code)}"
    for settings, remains in (("", True), (table, False)):
        project = Project(tmp_path)
        for rows in exports:
            project.export("voices", rows)
        project.toml(settings)
        assert bool(found(project, code)) is remains
    assert project.summarize("voices", "2025H1").number() == 1
    assert project.summarize("voices", "2024H1").number() == 1
