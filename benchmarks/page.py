"""The page that shows the tables: what stands between a scenario's markers is written anew."""

import re
from pathlib import Path


class NoMarkers(Exception):
    """The page has no place, or several, for what is to stand there."""


def replaced(page: str, name: str, text: str) -> str:
    """Return the page with `text` between `<!-- NAME: begin … -->` and `<!-- NAME: end -->`.

    Raises `NoMarkers` where the two do not stand there exactly once.
    """
    begin, end = rf"<!-- {re.escape(name)}: begin\b[^\n]*-->\n", f"<!-- {name}: end -->\n"
    between = re.compile(rf"^({begin}).*?^({re.escape(end)})", re.DOTALL | re.MULTILINE)
    if len(between.findall(page)) != 1:
        raise NoMarkers(f"the page needs one pair of markers <!-- {name}: begin/end -->")
    return between.sub(lambda markers: f"{markers[1]}\n{text.strip()}\n\n{markers[2]}", page)


def write_into(path: Path, name: str, text: str) -> None:
    """Replace what the page at `path` says of `name`."""
    path.write_text(replaced(path.read_text(encoding="utf-8"), name, text), encoding="utf-8")
