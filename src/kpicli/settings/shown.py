"""Which KPIs are shown where none is named, in which order, and why others are left out."""

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from kpicli.base.problems import Problem, misnamed
from kpicli.base.wording import Text

if TYPE_CHECKING:
    from kpicli.settings.settings import Settings

_WILD = frozenset("*?[")
"""What makes a pattern of a name."""

NOT_NAMED = Text("設定の kpis にない", "not named by `kpis` in the settings")
NOT_EXPORTED = Text("出力がない: {sources}", "no export of {sources}")


def shown_kpis(settings: "Settings") -> tuple[str, ...]:
    """Return the ids of the KPIs that are shown, entered ones too, in the order of showing.

    They are those that `kpis` names, in its order. Without it they are all that the settings
    declare themselves, and those of the built-in ones whose sources are exported, in catalogue
    order; all of them where nothing is exported at all.
    """
    gone = left_out(settings)
    known = settings.catalog.ids
    patterns = settings.values.kpis
    if patterns is None:
        return tuple(name for name in known if name not in gone)
    return named_by(patterns, known)


def named_by(patterns: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """Return the ids that patterns fit, each once, in the order of the patterns.

    Letters count as they are written, on Windows too.
    """
    return tuple(dict.fromkeys(name for p in patterns for name in _named(p, known)))


def _named(pattern: str, known: Sequence[str]) -> Iterable[str]:
    if _WILD.isdisjoint(pattern):  # most are ids, and to match each with all takes its time
        return (pattern,) if pattern in known else ()
    return (name for name in known if fnmatchcase(name, pattern))


def left_out(settings: "Settings") -> dict[str, Text]:
    """Return the ids of the KPIs that are not shown, each with the reason."""
    catalog, exported = settings.catalog, settings.values.exports
    patterns = settings.values.kpis
    if patterns is not None:
        known = catalog.ids
        named = named_by(patterns, known)
        return {name: NOT_NAMED for name in known if name not in named}
    if not exported:
        return {}
    missing = {
        name: [
            source
            for source in kpi.sources
            if source not in exported and catalog.source[source].of is None
        ]
        for kpis in (catalog.kpi, catalog.composed)
        for name, kpi in kpis.items()
        if name not in settings.own_kpis
    }
    return {
        name: NOT_EXPORTED.filled(sources=", ".join(sources))
        for name, sources in missing.items()
        if sources
    }


def left_out_problem(settings: "Settings", name: str, reason: Text) -> Text:
    """Return what is said of a KPI that `left_out` names with a reason, and how it is shown."""
    catalog = settings.catalog
    title = catalog.any_kpi(name).title
    advice = Text("その出力を [exports] に加えてください", "add that export to [exports]")
    if settings.values.kpis is not None:
        advice = Text(f'kpis に "{name}" を加えてください', f'add "{name}" to `kpis`')
    return Text(
        f"「{title.ja}」は出さない指標です({reason.ja})。{advice.ja}",
        f"{title.en!r} is left out ({reason.en}); {advice.en}",
    )


def in_order(settings: "Settings", names: Sequence[str]) -> tuple[str, ...]:
    """Return named KPIs in the order of `kpis`; those that it leaves out follow.

    These are in catalogue order, as all are where the settings choose none.
    """
    known = settings.catalog.ids
    chosen = () if settings.values.kpis is None else shown_kpis(settings)
    return tuple(name for name in dict.fromkeys((*chosen, *known)) if name in names)


def unknown_patterns(patterns: Sequence[str], known: Sequence[str]) -> Iterator[Problem]:
    """Yield the problem of every id or pattern under `kpis` that fits no KPI."""
    for pattern in patterns:
        if not named_by((pattern,), known):
            yield no_kpi("kpis", pattern, known)


def no_kpi(path: str, name: str, known: Sequence[str]) -> Problem:
    """Return the problem of an id or pattern that is no KPI's."""
    return misnamed(path, f"「{name}」という指標はありません", f"no KPI {name!r}", name, known)
