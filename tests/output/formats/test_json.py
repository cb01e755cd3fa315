"""json: one object that reads back unchanged, whatever stands in it."""

import json

from kpicli.model.summary import Summary
from kpicli.output.formats import Options
from kpicli.output.formats.json import render
from kpicli.output.summary.answer import summary_answer


def test_it_is_one_object_of_a_known_shape(summary: Summary) -> None:
    """The version of the shape comes first; the text ends with a line end."""
    text = render(summary_answer(summary), Options())
    assert text.startswith('{\n  "schema_version": ')
    assert text.endswith("}\n")
    assert json.loads(text)["period"]["name"] == "2025H1"


def test_signs_that_control_are_escaped_and_read_back(hostile: Summary) -> None:
    """Japanese stands as it is; nothing that hides or controls is in the text."""
    text = render(summary_answer(hostile), Options())
    assert "お客様の声" in text
    assert not {"\x1b", "\u202e"} & set(text)
    (voices,) = json.loads(text)["kpis"]
    shown = json.dumps(voices["figures"]["groups"], ensure_ascii=False)
    assert json.dumps("\x1b[31m")[1:-1] in shown
    assert "\u202e逆" in shown


def test_numbers_keep_every_digit(summary: Summary) -> None:
    """Counts are integers, percentages decimal strings, what is not there is null."""
    kpis = json.loads(render(summary_answer(summary), Options()))["kpis"]
    totals = {kpi["id"]: kpi["figures"]["total"] for kpi in kpis if kpi["figures"]["total"]}
    assert totals["voices"]["value"] == 1841
    assert (totals["talks"]["value"], totals["talks"]["numerator"]) == ("70.6", 178)
    assert totals["navi"]["value"] is None
