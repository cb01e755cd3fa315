"""Hashes of a definition: what decides which rows count changes them, and nothing else does."""

from pathlib import Path

import pytest

from kpicli.catalog.definition import definition_hash
from kpicli.reconcile.observation import NOT_READING, reading_hash
from kpicli.settings.settings import Settings, read_settings
from kpicli.settings.tables.export import Export

KPI = """\
[exports]
voices = { files = "voices.csv", synonyms = { category = { "不満" = ["苦情"] } } }
[kpi.own]
title = "不満の声"
source = "voices"
where = { category = "不満" }
measure = "count"
"""


def settings(folder: Path, text: str) -> Settings:
    """Return the settings of a text."""
    file = folder / "kpicli.toml"
    file.write_text(text, encoding="utf-8")
    return read_settings(file)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ('title = "不満の声"', 'title = "不満"', False),
        ('measure = "count"', 'measure = "count"\nversion = 2', False),
        ('measure = "count"', 'measure = "count"\nunit = "回"', False),
        (
            'measure = "count"',
            'measure = "count"\ntargets = [{ at_most = 3, per = "half" }]',
            False,
        ),
        ('"不満" }', '"要望" }', True),
        ('measure = "count"', 'measure = "count"\ndate = "improved_on"', True),
        ('measure = "count"', 'measure = "distinct"\nof = "staff"', True),
    ],
)
def test_a_definition_is_what_decides_which_rows_count(
    old: str, new: str, changes: bool, tmp_path: Path
) -> None:
    """A title, unit, version or target decides nothing; a filter, date or measure does."""
    before = settings(tmp_path, KPI).catalog.kpi["own"]
    after = settings(tmp_path, KPI.replace(old, new)).catalog.kpi["own"]
    assert (definition_hash(before) != definition_hash(after)) is changes


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("voices.csv", "voices_2025.csv", False),
        ('["苦情"]', '["苦情", "お叱り"]', True),
        ("[exports]", 'timezone = "UTC"\n[exports]', True),
        (
            "[kpi.own]",
            "[codes.voice_category]\nextends = true\n"
            '[codes.voice_category.values]\n"その他" = ["他"]\n[kpi.own]',
            True,
        ),
        (
            "[kpi.own]",
            '[codes.line]\nextends = true\n[codes.line.values]\n"生保" = ["生命"]\n[kpi.own]',
            False,
        ),
    ],
)
def test_a_reading_is_what_decides_how_its_cells_are_read(
    old: str, new: str, changes: bool, tmp_path: Path
) -> None:
    """Synonyms, time zone and code tables that the KPI uses; not file names, not other tables."""
    before, after = settings(tmp_path, KPI), settings(tmp_path, KPI.replace(old, new, 1))
    first, second = (reading_hash(own, own.catalog.kpi["own"]) for own in (before, after))
    assert (first != second) is changes


READ_OTHERWISE = {
    "encoding": 'encoding = "cp932"',
    "sheet": 'sheet = "声"',
    "headers": 'headers = { category = ["種類"] }',
    "synonyms": 'synonyms = { category = { "不満" = ["お叱り"] } }',
    "absent": 'absent = ["improved_on"]',
    "blanks": 'blanks = ["未定"]',
    "serials": "serials = 1900",
    "id_width": "id_width = 5",
    "unpivot": 'unpivot = { columns = "*月", name = "received_on", value = "category" }',
    "fill_down": 'fill_down = ["category"]',
    "constants": 'constants = { line = "生保" }',
    "explode": 'explode = { parent = ["voice_id"] }',
}
"""For every key of an export that decides how it is read, a setting."""
ELSEWHERE = {
    "files": 'files = "others.csv"',
    "covers": 'covers = "2025-04..2025-09"',
    "holds": 'holds = { line = "生保" }',
}
"""For every other key of an export, a setting."""
OF_REGISTERS = {"as_of", "keeps_ended"}
"""Keys of registers alone: they say for which days an export answers."""


def test_every_key_of_an_export_is_known_here() -> None:
    """Whoever adds a key says whether it decides how cells are read; by default it does."""
    assert {*READ_OTHERWISE, *ELSEWHERE, *OF_REGISTERS} == set(Export.model_fields)
    assert {*ELSEWHERE, *OF_REGISTERS} == NOT_READING


@pytest.mark.parametrize("key", [key for key in Export.model_fields if key not in OF_REGISTERS])
def test_a_reading_is_all_that_an_export_says_of_its_cells(key: str, tmp_path: Path) -> None:
    """Every key changes the hash, less those that say where the export is and what it holds."""
    plain = {"files": 'files = "voices.csv"'}
    hashes = set()
    for said in (plain, {**plain, key: {**READ_OTHERWISE, **ELSEWHERE}[key]}):
        export = f"voices = {{ {', '.join(said.values())} }}"
        own = settings(tmp_path, KPI.replace(KPI.splitlines()[1], export))
        hashes.add(reading_hash(own, own.catalog.kpi["own"]))
    assert (len(hashes) == 2) is (key in READ_OTHERWISE)
