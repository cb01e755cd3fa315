"""Whether a KPI was frozen under another definition than it has now."""

from collections.abc import Iterable

from kpicli.catalog.composed import ComposedKpi
from kpicli.catalog.definition import define, definition_hash
from kpicli.catalog.kpis.kpi import Kpi
from kpicli.catalog.measures.ratio import RatioKpi
from kpicli.catalog.sources.tables import SourceTables
from kpicli.catalog.words import filter_words
from kpicli.published.kinds import ROSTER_RATIO
from kpicli.published.record import FrozenKpi

_MEASURE, _TARGET = "数え方: ", "目標: "


def is_redefined(frozen: FrozenKpi, kpi: Kpi | ComposedKpi, tables: SourceTables) -> bool:
    """Return whether the definition is another one; a new title or target is none.

    The same digest is the same definition. Another digest may be but a later kpicli's way of
    writing down the same one: then the version, and the definition in (Japanese) words, decide.
    """
    # Neither way alone would do for the records that there are. Without the digest, every line of
    # `define` that a later kpicli words otherwise would make all of them redefined. Without the
    # words, so would a digest that was made in another way: before it left unused words out, or of
    # a default that is no more. It cannot be made again, as a record does not hold what it is of.
    if definition_hash(kpi) == frozen.definition_hash:
        return False
    if kpi.version != frozen.version:
        return True
    then = _compared(line.ja for line in frozen.definition)
    if frozen.measure == ROSTER_RATIO and isinstance(kpi, Kpi):
        return then != _as_roster_ratio(frozen, kpi, tables)
    return then != _compared(line.ja for line in define(kpi, tables))


def _compared(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if not line.startswith(_TARGET)]


def _as_roster_ratio(frozen: FrozenKpi, kpi: Kpi, tables: SourceTables) -> list[str] | None:
    """Return the definition as it was written down when a ratio on a register was a `roster_ratio`.

    None where it could not have been one: it said who is on the list on the period's last day by
    the first and the last day in service.
    """
    register = tables.source[kpi.source]
    if not isinstance(kpi, RatioKpi) or kpi.numerator_in is None or frozen.roster is None:
        return None
    if (frozen.source, frozen.roster.source) != (kpi.numerator_in.source, register.id):
        return None
    days = {*register.in_force} <= {*frozen.roster.columns}
    if not kpi.is_stock(tables) or kpi.at != "end" or kpi.exclude or kpi.parts or not days:
        return None
    if register.until != "last_day_in":
        return None
    log = kpi.numerator_in.as_count(kpi)
    alike = {name: getattr(kpi, name) for name in ("version", "decimals", "rounding")}
    log = log.model_copy(update=alike)
    members = filter_words(kpi.where, register, tables)
    measure = (
        f"{_MEASURE}比率。分母は{register.title.ja}で {members.ja}、期間末に在籍の人。"
        "分子はそのうち記録のある人"
    )
    lines = _compared(line.ja for line in define(log, tables))
    return [measure if line.startswith(_MEASURE) else line for line in lines]
