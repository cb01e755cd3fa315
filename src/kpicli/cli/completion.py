"""What the shell offers after --kpi and --period. Errors are silent: a completion never fails."""

from collections.abc import Iterator

from kpicli.errors import KpicliError


def complete_kpi(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the ids and titles of the KPIs that begin so."""
    try:
        from kpicli.settings import read_settings

        kpis = read_settings(None).catalog.kpi
    except KpicliError:
        return
    for name, kpi in kpis.items():
        if name.startswith(incomplete):
            yield name, kpi.title


def complete_period(incomplete: str) -> Iterator[tuple[str, str]]:
    """Yield the last two years' halves and months, and the words for relative periods."""
    try:
        from kpicli.clock import today_in
        from kpicli.periods import Period
        from kpicli.settings import read_settings

        settings = read_settings(None)
    except KpicliError:
        return
    today = today_in(settings.zone)
    words = ["last-month", "this-month", "last-half", "this-half", "last-year"]
    half = Period.of("half", today, settings.fiscal)
    month = Period.of("month", today, settings.fiscal)
    periods = [Period.parse(word, fiscal=settings.fiscal, today=today) for word in words]
    offered = list(zip(words, periods, strict=True))
    for _ in range(4):
        offered.append((half.name, half))
        half = half.previous()
    for _ in range(12):
        offered.append((month.name, month))
        month = month.previous()
    for name, period in offered:
        if name.startswith(incomplete):
            yield name, period.described("ja")
