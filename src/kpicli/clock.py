"""What day it is, in the agency's time zone."""

import os
from datetime import date, datetime, tzinfo


def today_in(zone: tzinfo) -> date:
    """Return the current day in `zone`.

    The environment variable KPICLI_TODAY (2025-10-01) overrides it, so that a run can be repeated
    as of an earlier day.
    """
    fixed = os.environ.get("KPICLI_TODAY")
    return date.fromisoformat(fixed) if fixed else datetime.now(zone).date()
