"""What an export is declared to be: columns, key and base date."""

from typing import Any

import pytest
from pydantic import ValidationError

from kpicli.catalog.sources.source import Source

COLUMNS: dict[str, Any] = {
    "voice_id": {"headers": ["受付番号"], "type": "id"},
    "received_on": {"headers": ["受付日", "受 付 日時"], "type": "date"},
    "improved_on": {"headers": ["改善日"], "type": "date"},
    "team": {"headers": ["チーム"], "type": "text"},
}


REGISTER = {
    "rhythm": "register",
    "in_force": ["received_on", "improved_on"],
    "until": "last_day_in",
}


def made(**changed: object) -> Source:
    """Return a source, changed."""
    raw = {"title": "声", "key": ["voice_id"], "rhythm": "continuous", "columns": COLUMNS}
    return Source.model_validate({**raw, **changed})


def test_the_first_date_column_dates_a_row() -> None:
    """In a register no day does: it says who is there."""
    assert made().base_date == "received_on"
    assert made(rhythm="sparse").base_date == "received_on"
    assert made(**REGISTER).base_date is None


def test_an_id_of_its_own_only_tells_rows_apart() -> None:
    """A key of two columns, of a text, or of a register says something besides."""
    assert made().lone_key == "voice_id"
    assert made(key=["voice_id", "team"]).lone_key is None
    assert made(key=["team"]).lone_key is None
    assert made(**REGISTER).lone_key is None


def test_every_spelling_leads_to_its_column() -> None:
    """Folded, so that width and space within do not matter."""
    spellings = made().spellings
    assert spellings["受付番号"] == ("voice_id",)
    assert {name for names in spellings.values() for name in names} == set(COLUMNS)
    assert [names for key, names in spellings.items() if "日時" in key] == [("received_on",)]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"key": ["voice"]}, "the key names the column 'voice', which is not declared"),
        ({"key": []}, "at least 1 item"),
        ({"key": ["team"], "columns": {"team": COLUMNS["team"]}}, "needs a date column"),
    ],
)
def test_a_source_needs_a_key_and_a_date(changed: dict[str, object], said: str) -> None:
    """Without them no row could be told from another, or belong to a period."""
    with pytest.raises(ValidationError, match=said):
        made(**changed)
