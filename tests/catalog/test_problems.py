"""What is wrong in a catalogue that a user has added to is named with its place."""

import tomllib
from typing import Any

import pytest

from kpicli.base.errors import SettingsError
from kpicli.catalog.read import SEED, pack_text, read_catalog


def kpi(**changed: object) -> dict[str, Any]:
    """Return an overlay with a KPI `own` that counts voices, changed."""
    own = {"title": "試し", "source": "voices", "measure": "count", **changed}
    return {"kpi": {"own": {key: value for key, value in own.items() if value is not None}}}


def extending(overlay: dict[str, Any]) -> dict[str, Any]:
    """Return the overlay, its tables of built-in ids saying that they extend those."""
    built_in = tomllib.loads(pack_text(SEED))
    return {
        section: {
            name: {"extends": True, **table} if name in built_in.get(section, {}) else table
            for name, table in tables.items()
        }
        if isinstance(tables, dict)
        else tables
        for section, tables in overlay.items()
    }


@pytest.mark.parametrize(
    ("overlay", "said"),
    [
        (kpi(source="voicez"), "kpi.own.source: no source 'voicez' (did you mean 'voices'?)"),
        (kpi(measure="cuont"), "kpi.own.measure: no measure 'cuont' (did you mean 'count'?)"),
        (kpi(measure=None), "kpi.own.measure: the key is missing (there are: count, dates"),
        (kpi(title=None), "kpi.own.title: the key is missing"),
        (kpi(titel="x"), "kpi.own: no key 'titel' (did you mean 'title'?)"),
        (
            kpi(where={"categry": "不満"}),
            "kpi.own.where: voices has no column 'categry' (did you mean 'category'?)",
        ),
        (
            kpi(where={"category": "不万"}),
            "kpi.own.where.category: no value '不万' in voice_category (did you mean '不満'?)",
        ),
        (
            kpi(measure="ratio", numerator={"category": "不万"}),
            "kpi.own.numerator.category: no value '不万' in voice_category (did you mean '不満'?)",
        ),
        (
            kpi(measure="ratio", numerator={"categry": "不満"}),
            "kpi.own.numerator: voices has no column 'categry' (did you mean 'category'?)",
        ),
        (kpi(measure="mode"), "kpi.own.measure: no measure 'mode' (there are: count, dates"),
        (kpi(measure="max"), "kpi.own.measure: no measure 'max' (there are: count, dates"),
        (kpi(where={"category": {"befor": "x"}}), "kpi.own.where.category: 'befor' is no"),
        (kpi(where={"team": {"before": "@as_of"}}), "kpi.own.where.team: no date column"),
        (kpi(where={"improved_on": {"before": "@team"}}), "@team is no date column"),
        (
            kpi(where={"improved_on": {"before": "@recieved_on"}}),
            "no column 'recieved_on' (did you mean 'received_on'?)",
        ),
        (kpi(where={"improved_on": "2025-04-01"}), "a date column is not compared with values"),
        (kpi(where={"content": {"missing": True}}), "'content' is free text"),
        (kpi(where={"voice_id": "V1"}), "'voice_id' is the key of voices"),
        (kpi(exclude={"category": "苦情"}), "kpi.own.exclude.category: no value '苦情'"),
        (kpi(exclude={"improved_on": "x"}), "kpi.own.exclude.improved_on: a date column"),
        (kpi(date="category"), "kpi.own.date: 'category' is no date column"),
        (kpi(parts={"by": "team_"}), "no column 'team_' (did you mean 'team'?)"),
        (kpi(parts={"by": "improved_on"}), "kpi.own.parts.by: 'improved_on' is no code column"),
        (
            kpi(parts={"by": "category", "values": ["苦情"]}),
            "kpi.own.parts.values: no value '苦情'",
        ),
        (kpi(targets=[{"per": "half"}]), "kpi.own.targets.0: a target sets exactly one of"),
        (
            kpi(targets=[{"equal": 0, "at_most": 1, "per": "half"}]),
            "kpi.own.targets.0: a target sets exactly one of",
        ),
        (kpi(targets=[{"equal": 0, "per": "day"}]), "kpi.own.targets.0.per: 'day' is none of"),
        (kpi(version=0), "kpi.own.version: "),
        (kpi(measure="sum", of="team"), "kpi.own.of: 'team' is no number column"),
        (kpi(measure="distinct", of="improved_on"), "kpi.own.of: 'improved_on' does not identify"),
        (kpi(measure="distinct", of="voice_id"), "'voice_id' is the key of voices"),
        (
            kpi(source="trainings", where={"attempt": "first"}),
            "kpi.own.where.attempt: 'first' is no number",
        ),
        (
            {"kpi": {"missed_responses": {"exclude": {"status": "取消"}}}},
            "kpi.missed_responses: date and exclude belong into the rules",
        ),
        (
            {"kpi": {"explaining_staff": {"numerator_in": {"by": "joined_on"}}}},
            "kpi.explaining_staff.of: 'joined_on' does not identify anything",
        ),
        (
            {"kpi": {"explaining_staff": {"numerator_in": {"by": "stuff"}}}},
            "staff has no column 'stuff' (did you mean 'staff'?)",
        ),
        (
            {"kpi": {"explaining_staff": {"numerator_in": {"source": "stuff"}}}},
            "kpi.explaining_staff.numerator_in.source: no source 'stuff' (did you mean 'staff'?)",
        ),
        (
            {"source": {"voices": {"key": ["voice_no"]}}},
            "source.voices.key: the key names the column 'voice_no', which is not declared",
        ),
        (
            {"source": {"voices": {"columns": {"x": {"headers": ["x"], "type": "dat"}}}}},
            "source.voices.columns.x.type: no value 'dat'",
        ),
        (
            {"source": {"voices": {"columns": {"x": {"headers": [], "type": "date"}}}}},
            "source.voices.columns.x.headers: ",
        ),
        (
            {"source": {"voices": {"columns": {"x": {"headers": ["x"], "type": "code"}}}}},
            "source.voices.columns.x: a column of type",
        ),
        (
            {"source": {"voices": {"columns": {"line": {"codes": "lin"}}}}},
            "source.voices.columns.line.codes: no table 'lin' (did you mean 'line'?)",
        ),
        ({"codes": {"line": {"excluded": ["個人"]}}}, "codes.line: '個人' is not among the values"),
        ({"codes": {"own": {}}}, "codes.own: a closed code table needs values"),
        ({"kpi": 3}, "kpi: "),
        ({"codes": "x"}, "codes: "),
        ({"source": []}, "source: "),
        ({"kpi": {"own": 3}}, "kpi.own"),
    ],
)
def test_what_is_wrong_is_named_with_its_place_and_the_nearest_name(
    overlay: dict[str, Any], said: str
) -> None:
    """A wrong key, name or value ends the run as a settings error, never later or in silence."""
    with pytest.raises(SettingsError) as error:
        read_catalog(extending(overlay), "kpicli.toml")
    assert error.value.exit_code == 3
    assert "kpicli.toml" in str(error.value)
    assert said in str(error.value)


def test_all_that_is_wrong_is_named_at_once() -> None:
    """Two wrong KPIs are two lines of one error."""
    overlay = kpi(source="voicez")
    overlay["kpi"]["second"] = {**overlay["kpi"]["own"], "source": "elderli"}
    with pytest.raises(SettingsError) as error:
        read_catalog(overlay, "kpicli.toml")
    assert "kpi.own.source" in str(error.value)
    assert "kpi.second.source: no source 'elderli' (did you mean 'elderly'?)" in str(error.value)
