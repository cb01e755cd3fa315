"""Reading periods in tests: as of one day, and over fiscal years of any beginning."""

from datetime import date

from hypothesis import strategies as st

from kpicli.model.periods import FiscalYear, Period

TODAY = date(2025, 10, 5)

fiscals = st.builds(FiscalYear, st.integers(1, 12), st.sampled_from(["first", "last"]))
days = st.dates(date(1900, 1, 1), date(2150, 12, 31))


def parse(text: str, fiscal: FiscalYear | None = None) -> Period:
    """Return what `text` means on 2025-10-05."""
    return Period.parse(text, fiscal=fiscal or FiscalYear(), today=TODAY)
