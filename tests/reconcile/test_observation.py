"""Hashes of a definition: what decides which rows count changes them, and nothing else does."""

from pathlib import Path

import pytest

from kpicli.catalog.definition import definition_hash
from kpicli.reconcile.observation import reading_hash
from kpicli.settings.settings import Settings, read_settings

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
