"""Reading what was published or entered of the periods that a run needs."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from kpicli.published.entered import read_entered
from kpicli.published.lookup import NOTHING_PUBLISHED, Published

if TYPE_CHECKING:
    from kpicli.base.faults import Fault
    from kpicli.model.periods import Period
    from kpicli.settings.request import Request
    from kpicli.settings.settings import Settings


def read_published(
    settings: "Settings", request: "Request", periods: Iterable["Period"], today: date
) -> Published:
    """Return what is needed of the folder: records of `periods`, and all entered values.

    With `request.recompute` no record is read. Raises `InputError` for a file that cannot be read
    as what it should be, or was edited, and what `find_secret` raises.
    """
    if not settings.published.is_dir():
        return NOTHING_PUBLISHED
    entered = read_entered(settings, today)
    any_version = request.allow_definition_change
    if request.recompute or not any(settings.published.glob("*.json")):
        return Published(entered=entered, any_version=any_version)
    from kpicli.published.store import RecordFolder, StoredRecord  # most runs have no records

    folder = RecordFolder(settings)
    records: dict[str, StoredRecord] = {}
    findings: list[Fault | None] = []
    for period in periods:
        stored = folder.read(period)
        if stored is None:
            findings.append(folder.missing(period))
        else:
            records[period.name] = stored
            findings += stored.findings
    told = tuple(dict.fromkeys(fault for fault in findings if fault is not None))
    return Published(records, told, entered, any_version)
