import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpicli.base.faults import UNREADABLE_NUMBER, Fault, Place
from kpicli.output.data import json_parts
from kpicli.output.data.json_parts import dumped, faults_object, json_cell, record_objects
from kpicli.output.data.records import Records, columns
from kpicli.output.interface import Options


def test_what_controls_or_hides_is_escaped() -> None:
    """Japanese stands as it is; controls, bidi marks, tags and lone surrogates are escaped."""
    assert dumped({"声": "感謝\x1b\x9b\u202e\u2028\U000e0041\udc83"}) == (
        '{\n  "声": "感謝\\u001b\\u009b\\u202e\\u2028\\udb40\\udc41\\udc83"\n}\n'
    )


@given(st.text(max_size=20))
def test_it_reads_back(text: str) -> None:
    """Whatever is written reads back unchanged, and no line but those of the layout is broken."""
    written = dumped({"text": text})
    assert json.loads(written) == {"text": text}
    assert len(written.splitlines()) == 3


def test_cells() -> None:
    """Decimals are strings in plain digits, dates ISO days, counts integers."""
    cells = (Decimal("1E+2"), Decimal("70.60"), date(2025, 4, 1), 7, "x", None)
    assert [json_cell(cell) for cell in cells] == ["100", "70.60", "2025-04-01", 7, "x", None]


def test_records_as_objects() -> None:
    """Each record is an object whose keys are the columns."""
    records = Records(columns(name="text", rows="integer"), (("x", 1), (None, None)))
    assert record_objects(records) == [{"name": "x", "rows": 1}, {"name": None, "rows": None}]


@pytest.mark.parametrize(("number", "listed", "left_out"), [(0, 0, 0), (3, 3, 0), (5, 3, 2)])
def test_very_many_findings(
    number: int, listed: int, left_out: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An object holds so many findings at most, the first ones, and the number of the others."""
    monkeypatch.setattr(json_parts, "MOST_FAULTS", 3)
    faults = [Fault(UNREADABLE_NUMBER, "voices", Place("a.csv", row=row)) for row in range(number)]
    told = faults_object(faults, Options("en"))
    assert told["faults_left_out"] == left_out
    assert isinstance(told["faults"], list)
    assert [each["place"]["row"] for each in told["faults"]] == list(range(listed))  # type: ignore[index,call-overload] # of Json
