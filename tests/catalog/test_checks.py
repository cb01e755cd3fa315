"""Checks are declared as data, and refused where they cannot be."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.catalog.read import read_catalog
from kpicli.settings.settings import read_settings
from support.small_project import Project

PRESENT = 'source = "voices"\nkind = "present"\ncolumns = "staff"\n'


@pytest.mark.parametrize(
    ("table", "used"),
    [
        ({"kind": "differ", "columns": ["staff", "team"]}, ("staff", "team")),
        (
            {"kind": "order", "earlier": "received_on", "later": "improved_on"},
            ("received_on", "improved_on"),
        ),
        (
            {"kind": "filled", "column": "line", "where": {"line": "生保", "category": "不満"}},
            ("line", "category"),
        ),
        ({"kind": "present", "columns": "team"}, ("team",)),
    ],
)
def test_a_check_reads_the_columns_that_it_names(
    table: dict[str, object], used: tuple[str, ...]
) -> None:
    """Each once, those of its filter among them: an export without them is left alone."""
    overlay = {"check": {"own": {"title": "試し", "source": "voices", **table}}}
    assert read_catalog(overlay, "kpicli.toml").check["own"].used == used


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (
            'source = "voice"\nkind = "differ"\ncolumns = ["line", "team"]',
            "check.x.source: no source 'voice' (did you mean 'voices'?)",
        ),
        (
            'source = "voices"\nkind = "differ"\ncolumns = ["line", "teem"]',
            "check.x: voices has no column 'teem' (did you mean 'team'?)",
        ),
        (
            'source = "voices"\nkind = "order"\nearlier = "line"\nlater = "improved_on"',
            "check.x: 'line' is no date column",
        ),
        (
            'source = "voices"\nkind = "filled"\ncolumn = "line"\nwhere = { category = "苦" }',
            "no value '苦' in voice_category",
        ),
        (
            'source = "voices"\nkind = "filled"\ncolumn = "line"\n'
            'where = { improved_on = { before = "@as_of" } }',
            "check.x.where: a check has no period, so no @as_of, @start or @end",
        ),
        (
            'source = "staff"\nkind = "present"\ncolumns = "team"',
            "check.x.source: the register staff has no base date",
        ),
        (
            PRESENT + 'register = { source = "stuff", by = "staff" }',
            "check.x.register.source: no source 'stuff' (did you mean 'staff'?)",
        ),
        (
            PRESENT + 'register = { source = "voices", by = "staff" }',
            "check.x.register.source: 'voices' is no register, it does not say who is in service",
        ),
        (
            PRESENT + 'register = { source = "staff", by = "stuff" }',
            "check.x.register.by: staff has no column 'stuff' (did you mean 'staff'?)",
        ),
        (
            PRESENT + 'register = { source = "staff", by = "joined_on" }',
            "check.x.register.by: 'joined_on' does not identify anything",
        ),
    ],
)
def test_wrong_checks(tmp_path: Path, table: str, problem: str) -> None:
    """A check that cannot be is refused with its key path and the nearest name."""
    project = Project(tmp_path).toml(f'[check.x]\ntitle = "x"\n{table}')
    with pytest.raises(SettingsError) as error:
        read_settings(project.config)
    assert problem in error.value.message.en
