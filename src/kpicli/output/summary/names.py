"""Names of cells that hold figures, by which formulas of an office's own sheets find them."""

import re

from kpicli.model.summary import Summary

_NOT_IN_NAMES = re.compile(r"[^\w.]|^(?=\d)")
_LONGEST = 200


def figure_names(summary: Summary) -> dict[int, str]:
    """Return, by the identity of each figure outside any group, its name: `kpi_voices.感謝`.

    Signs that no name may have become `_`; of two names that would be one the second has a number.
    """
    names: dict[int, str] = {}
    taken: set[str] = set()
    for figure in summary.figures:
        if figure.by is not None or figure.period != summary.period:
            continue
        kind = None if figure.kind in ("total", "part", "subpart") else figure.kind
        parts = [part for part in (figure.kpi, kind, figure.item) if part is not None]
        base = ".".join(_NOT_IN_NAMES.sub("_", part) for part in parts)
        name = f"kpi_{base}"[:_LONGEST]
        number = 2
        while name.casefold() in taken:
            name = f"kpi_{base}"[: _LONGEST - 4] + f"_{number}"
            number += 1
        taken.add(name.casefold())
        names[id(figure)] = name
    return names
