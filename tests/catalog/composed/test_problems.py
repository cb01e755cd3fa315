"""What is wrong with a KPI made of others is named with its key, and what to write."""

from typing import Any

import pytest

from kpicli.base.errors import SettingsError
from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.definition import definition_hash
from kpicli.catalog.read import read_catalog

NPS = {"nps": {"title": "NPS", "unit": "点"}}


def own(measure: str = "quotient", **keys: object) -> dict[str, Any]:
    """Return an overlay with a KPI `own` made of the voices and the missed responses."""
    kpi = {"title": "試し", "measure": measure, "figures": ["voices", "missed_responses"], **keys}
    return {"kpi": {"own": kpi}, "entered": NPS}


def composed(overlay: dict[str, Any]) -> ComposedKpi:
    """Return the KPI `own` of a catalogue."""
    return read_catalog(overlay, "kpicli.toml").composed["own"]


def others(**figures: list[str]) -> dict[str, Any]:
    """Return an overlay with totals of other KPIs."""
    kpis = {
        name: {"title": name, "measure": "total", "figures": each, "unit": "件"}
        for name, each in figures.items()
    }
    return {"kpi": kpis, "entered": NPS}


@pytest.mark.parametrize(
    ("overlay", "said"),
    [
        (own(figures=["voices"]), 'kpi.own.figures: two KPIs or more, such as figures = ["compl'),
        (own(figures="voices"), "kpi.own.figures: two KPIs or more"),
        (
            own(figures=["voicez", "missed_responses"]),
            "kpi.own.figures: no KPI 'voicez' (did you mean 'voices'?)",
        ),
        (own(figures=["voices", "voices"]), "kpi.own.figures: 'voices' stands there twice"),
        (own(figures=["own", "voices"]), "kpi.own.figures: it is made of itself: own -> own"),
        (
            others(a=["b", "voices"], b=["c", "voices"], c=["a", "nps"]),
            "kpi.a.figures: it is made of itself: a -> b -> c -> a",
        ),
        (
            own(figures=["voices", "voices@last-month"]),
            "kpi.own.figures: 'last-month' is no fixed period: after @ stands a month, or a range "
            "of months or days, such as voices@2017-02, voices@2016-04..2017-03",
        ),
        (own(figures=["voices", "voices@"]), "'' is no fixed period"),
        (
            own(figures=["voices", "missed_responses", "nps"]),
            "kpi.own.figures: a quotient is of two, the one over the other",
        ),
        (own(times=0), "kpi.own.times: a number above 0 is wanted"),
        (own(times=100), "kpi.own.unit: write the unit, such as unit ="),
        (own("total", figures=["voices", "nps"]), "kpi.own.unit: write the unit"),
        (own("difference", times=2), "kpi.own: no key 'times'"),
        (own(source="voices"), "kpi.own: no key 'source'"),
        (own("qotient"), "kpi.own.measure: no measure 'qotient' (did you mean 'quotient'?)"),
        (own("total", decimals=1), "kpi.own.decimals: what is counted has no decimals"),
        (own(targets=[{"at_least": 1, "per": "half", "each_part": True}]), "need parts by a col"),
        (
            {**own(), "entered": {"own": {"title": "NPS"}}},
            "entered.own: a KPI has that id",
        ),
    ],
)
def test_what_is_wrong_is_named(overlay: dict[str, Any], said: str) -> None:
    """The file, the path of the key, and what to write."""
    with pytest.raises(SettingsError) as error:
        read_catalog(overlay, "kpicli.toml")
    assert "kpicli.toml" in str(error.value)
    assert said in str(error.value)


def test_a_component_without_total_needs_common_parts() -> None:
    """Where the parts are not those of all there is nothing to divide."""
    parts = {"by": "category", "total": False}
    split = {"title": "s", "source": "voices", "measure": "count", "parts": parts}
    overlay = own(figures=["split", "missed_responses"])
    overlay["kpi"]["split"] = split
    with pytest.raises(SettingsError) as error:
        read_catalog(overlay, "kpicli.toml")
    assert "kpi.own.figures: split has no total, only parts" in str(error.value)
    overlay["kpi"]["whole"] = {**split, "parts": {"by": "category"}}
    overlay["kpi"]["own"]["figures"] = ["split", "whole"]
    found = composed(overlay).parts
    assert found is not None
    assert (found.by, found.total) == ("category", False)


def test_dates_are_no_numbers() -> None:
    """A KPI whose value is dates cannot be divided, though it knows how many they are."""
    overlay = own(figures=["missed_responses", "days"], unit="件")
    overlay["kpi"]["days"] = {
        "title": "日",
        "source": "voices",
        "measure": "dates",
        "of": "received_on",
    }
    with pytest.raises(SettingsError) as error:
        read_catalog(overlay, "kpicli.toml")
    assert "kpi.own.figures: the value of days is dates" in str(error.value)


def test_a_part_that_a_target_names_must_be_one() -> None:
    """The parts are those of the components."""
    target = {"at_most": 1, "per": "half", "part": "不万"}
    overlay = own(figures=["voices", "again"], targets=[target])
    overlay["kpi"]["again"] = {
        "title": "s",
        "source": "voices",
        "measure": "count",
        "parts": {"by": "category"},
    }
    with pytest.raises(SettingsError) as error:
        read_catalog(overlay, "kpicli.toml")
    assert "no part '不万' (did you mean '不満'?)" in str(error.value)


def test_its_version_and_digest_follow_its_components() -> None:
    """Both follow by way of others too; a title of a component changes nothing."""
    nested = own(figures=["mid", "missed_responses"], version=2, unit="件")
    nested["kpi"]["mid"] = {
        "title": "中",
        "measure": "total",
        "figures": ["base", "voices"],
        "version": 3,
    }

    def with_base(**keys: object) -> ComposedKpi:
        base = {"title": "元", "source": "voices", "measure": "count", **keys}
        return composed({**nested, "kpi": {**nested["kpi"], "base": base}})

    first = with_base()
    assert (first.version, with_base(version=4).version) == (4, 7)
    same = [with_base(title="別"), with_base(note="注"), with_base(version=4)]
    assert {definition_hash(kpi) for kpi in same} == {definition_hash(first)}
    assert definition_hash(with_base(where={"line": "生保"})) != definition_hash(first)
    assert first.sources == ("voices", "responses")
    assert [kpi.id for kpi in first.counted] == ["base", "voices", "missed_responses"]
