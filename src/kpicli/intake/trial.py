"""Reading what is proposed by the loaders, before anybody is told of it."""

from pathlib import Path

from msgspec.structs import replace

from kpicli.base.clock import today_in
from kpicli.base.errors import KpicliError
from kpicli.intake.matching.sources import Feed
from kpicli.intake.proposal import Proposal
from kpicli.intake.writing import settings_text
from kpicli.loaders.load import load
from kpicli.settings.locate import FILE_NAME
from kpicli.settings.settings import settings_of_text

_FAULTY = 0.1
"""Where more than this share of the rows cannot be read, a table is not what it seems."""


def is_readable(feed: Feed, home: Path) -> bool:
    """Return whether the loaders make the rows of a table whose lines are no rows.

    They must be as many as the profile of the table has, hardly any of them faulty. A table whose
    lines are its rows needs no trial.
    """
    if feed.table.parents is None:
        return True
    decided = replace(feed, others=(), undecided=False, doubtful={})
    if not decided.is_complete:
        return True  # it is asked about, and read once more when it is answered
    try:
        settings = settings_of_text(settings_text(Proposal((decided,)), "ja"), home / FILE_NAME)
        (dataset,) = load(settings, [feed.source.id], today_in(settings.zone)).values()
    except KpicliError:
        return False
    known = dataset.accounting
    rows = known.read - known.not_data
    return rows == feed.table.rows and known.faulty <= _FAULTY * rows
