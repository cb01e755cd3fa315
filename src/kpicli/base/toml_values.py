"""Texts as values of TOML."""

import json
from collections.abc import Iterable


def array(values: Iterable[str]) -> str:
    """Return texts as an array of TOML."""
    return "[" + ", ".join(map(quoted, values)) + "]"


def quoted(text: str) -> str:
    """Return a text as a TOML string; JSON's are such, but for the character DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
