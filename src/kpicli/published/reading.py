"""Reading what was published or entered of the periods that a run needs."""

import errno
import stat
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kpicli.base.errors import SettingsError
from kpicli.base.storage import REASONS, reason_of
from kpicli.base.wording import Text
from kpicli.catalog.definition import definition_hash
from kpicli.published.entered import read_entered
from kpicli.published.lookup import NOTHING_PUBLISHED, Published

if TYPE_CHECKING:
    from kpicli.base.faults import Fault
    from kpicli.catalog.catalog import Catalog
    from kpicli.model.periods import Period
    from kpicli.published.store import StoredRecord
    from kpicli.settings.request import Request
    from kpicli.settings.settings import Settings


def read_published(
    settings: "Settings", request: "Request", periods: Iterable["Period"], today: date
) -> Published:
    """Return what is needed of the folder: records of `periods`, and all entered values.

    With `request.recompute` no record is read. Raises `InputError` for a file that cannot be read
    as what it should be, or was edited, `SettingsError` where the folder is none, and what
    `find_secret` raises.
    """
    if not _is_there(settings.published):
        return NOTHING_PUBLISHED
    entered = read_entered(settings, today)
    any_version = request.allow_definition_change
    if request.recompute or not holds_records(settings.published):
        return Published(entered=entered, any_version=any_version)
    from kpicli.published.store import RecordFolder  # most runs have no records

    folder = RecordFolder(settings)
    records: dict[str, StoredRecord] = {}
    findings: list[Fault | None] = []
    for period in periods:
        stored = folder.read(period, rows=False)
        if stored is None:
            findings.append(folder.missing(period))
        else:
            records[period.name] = stored
            findings += stored.findings
    told = tuple(dict.fromkeys(fault for fault in findings if fault is not None))
    return Published(records, told, entered, any_version, _digests(records, settings.catalog))


def _digests(
    records: "Mapping[str, StoredRecord]", catalog: "Catalog"
) -> Mapping[tuple[str, str], str]:
    """Return today's digests of the definitions that the records' KPIs still have."""
    from kpicli.published.redefined import is_redefined

    frozen = ((name, kpi) for name, stored in records.items() for kpi in stored.record.kpis)
    return {
        (name, kpi.id): definition_hash(now)
        for name, kpi in frozen
        for now in [catalog.kpi.get(kpi.id) or catalog.composed.get(kpi.id)]
        if now is not None and not is_redefined(kpi, now, catalog)
    }


def holds_records(folder: Path) -> bool:
    """Return whether a folder holds records; without any, what reads them need not be loaded."""
    return any(folder.glob("*.json"))


def _is_there(folder: Path) -> bool:
    """Return whether there is a folder of what was published.

    Raises `SettingsError` for what is no folder or cannot be looked at: comparisons would be
    counted anew as though nothing had been published.
    """
    try:
        mode = folder.stat().st_mode
    except FileNotFoundError:
        return False
    except OSError as error:
        reason = reason_of(error)
    else:
        if stat.S_ISDIR(mode):
            return True
        reason = REASONS[errno.ENOTDIR]
    raise SettingsError(
        Text(
            f"published のフォルダー {folder} を開けません({reason.ja})",
            f"the folder {folder} of `published` cannot be opened: {reason.en}",
        ),
        Text(
            "kpicli.toml の published と、フォルダーの権限を確かめてください",
            "check `published` in kpicli.toml, and the permissions of the folder",
        ),
    )
