"""Reading what is proposed by the loaders, before anybody is told of it."""

from decimal import Decimal
from pathlib import Path

from msgspec.structs import replace

from kpicli.base.clock import today_in
from kpicli.base.errors import KpicliError
from kpicli.intake.matching.feed import Feed
from kpicli.intake.proposal import Proposal
from kpicli.intake.writing import settings_text
from kpicli.loaders.load import load
from kpicli.loaders.rows.dataset import Dataset
from kpicli.settings.locate import FILE_NAME
from kpicli.settings.settings import settings_of_text

_FAULTY = 0.1
"""Where more than this share of the rows cannot be read, a table is not what it seems."""


def is_readable(feed: Feed, home: Path) -> bool:
    """Return whether the loaders make the rows of a table whose lines are no rows.

    They must be as many as the profile of the table has, hardly any of them faulty, and numbers by
    month must have the same sum. A table whose lines are its rows needs no trial.
    """
    if feed.table.parents is None and not feed.made:
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
    months = feed.table.months
    if feed.made and months is not None:
        return (rows, _sum(dataset, feed.made[1])) == (months.filled, months.total)
    return rows == feed.table.rows and known.faulty <= _FAULTY * rows


def _sum(dataset: Dataset, name: str) -> Decimal:
    """Return the sum of a column of numbers; rows that cannot be read have none."""
    column = dataset.column(name)
    numbers = [Decimal(str(value)) for value in column.values]
    return sum((numbers[code] for code in column.codes.tolist() if code >= 0), Decimal(0))
