"""The current day: of the agency's zone, or the one that is given."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kpicli.base.clock import VARIABLE, today_in
from kpicli.base.errors import UsageError

FAR_EAST, FAR_WEST = timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))


def test_the_day_is_that_of_the_zone(monkeypatch: pytest.MonkeyPatch) -> None:
    """26 hours apart, two zones never share a day; each gets its own."""
    monkeypatch.delenv(VARIABLE, raising=False)
    before = datetime.now(UTC)
    east, west = today_in(FAR_EAST), today_in(FAR_WEST)
    after = datetime.now(UTC)
    assert before.astimezone(FAR_EAST).date() <= east <= after.astimezone(FAR_EAST).date()
    assert before.astimezone(FAR_WEST).date() <= west <= after.astimezone(FAR_WEST).date()
    assert east > west


def test_a_run_is_repeated_as_of_an_earlier_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """KPICLI_TODAY holds in every zone."""
    monkeypatch.setenv(VARIABLE, "2025-10-01")
    assert today_in(FAR_EAST) == today_in(FAR_WEST) == date(2025, 10, 1)


@pytest.mark.parametrize("text", ["2025-9-31", "yesterday", "R7.10.1"])
def test_no_day_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is no day names the variable and the form, and never falls back to the clock."""
    monkeypatch.setenv(VARIABLE, text)
    with pytest.raises(UsageError) as caught:
        today_in(UTC)
    assert caught.value.message.en == "the environment variable KPICLI_TODAY is no date"
    assert caught.value.hint is not None
    assert "2025-10-01" in caught.value.hint.en
