"""Whether a KPI was frozen under another definition than it has now."""

from kpicli.catalog.definition import define, definition_hash
from kpicli.catalog.kpis import Kpi
from kpicli.catalog.sources import SourceTables
from kpicli.published.record import FrozenKpi

_TARGET = "目標: "


def is_redefined(frozen: FrozenKpi, kpi: Kpi, tables: SourceTables) -> bool:
    """Return whether the definition is another one; a new title or target is none.

    The same digest is the same definition. Another digest may be but a later kpicli's way of
    writing down the same one: then the version, and the definition in (Japanese) words, decide.
    """
    if definition_hash(kpi) == frozen.definition_hash:
        return False
    if kpi.version != frozen.version:
        return True
    now = [text.ja for text in define(kpi, tables) if not text.ja.startswith(_TARGET)]
    return now != [text.ja for text in frozen.definition if not text.ja.startswith(_TARGET)]
