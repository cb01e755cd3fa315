"""Names that do not exist, and the nearest that do."""

import difflib
from collections.abc import Iterable


def nearest(name: str, names: Iterable[str]) -> str:
    """Return ` (did you mean …?)` with the likeliest of `names`, or what there is."""
    names = list(names)
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
    return f" (did you mean {near[0]!r}?)" if near else f" (there are: {', '.join(names)})"
