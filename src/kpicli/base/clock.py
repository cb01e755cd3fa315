"""The current day in the agency's time zone."""

import os
from datetime import date, datetime, tzinfo

from kpicli.base.errors import UsageError
from kpicli.base.wording import Text

VARIABLE = "KPICLI_TODAY"


def today_in(zone: tzinfo) -> date:
    """Return the current day in `zone`.

    The environment variable KPICLI_TODAY (2025-10-01) overrides it, so that a run can be repeated
    as of an earlier day. Raises `UsageError` where it holds anything but such a day.
    """
    fixed = os.environ.get(VARIABLE)
    if not fixed:
        return datetime.now(zone).date()
    try:
        return date.fromisoformat(fixed)
    except ValueError:
        raise UsageError(
            Text(
                f"環境変数 {VARIABLE} が日付ではありません",
                f"the environment variable {VARIABLE} is no date",
            ),
            Text(
                "2025-10-01 の形にするか、変数を消してください",
                "write it as 2025-10-01, or unset it",
            ),
        ) from None
