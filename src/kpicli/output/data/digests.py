"""Digests by which a later run knows figures again without keeping them."""

import hashlib
import json

from kpicli.model.summary import Summary
from kpicli.output.page.tidy import COLUMNS, tidy_rows

DIGESTED = COLUMNS[: COLUMNS.index("faulty_rows") + 1]
"""The tidy columns that count. Journals keep digests: with a further one, all that was mailed
would look changed, and be sent again."""


def figures_digest(summary: Summary) -> str:
    """Return a digest of the figures that are shown: equal where every one of them is.

    The day of the run does not count, nor do the files; values, states, targets and comparisons do.
    """
    rows = [[str(row[name]) for name in DIGESTED] for row in tidy_rows(summary)]
    states = [
        [comparison.kind, str(comparison.value.number), comparison.value.status.value]
        for figure in summary.figures
        for comparison in figure.comparisons
    ]
    return short_digest([rows, states])


def short_digest(parts: object) -> str:
    """Return 32 hexadecimal digits, equal where plain values (lists, texts, numbers) are."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
