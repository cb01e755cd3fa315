"""The seal of a frozen record: keyed digests by which whatever was edited is noticed and named.

It is taken of the record as JSON, whose spaces and line ends do not matter. Each part has a digest
of its own: a field of the record, a field of a KPI or source, a file. The digest of all of them, in
their order, is what cannot be made without the secret; those of the parts tell which was edited.
"""

import json
from collections.abc import Iterator, Mapping

from kpicli.published.record import Seal
from kpicli.published.secret import Secret

_Fields = Mapping[str, str]
_RECORD = "record"
"""The entry of the record's own fields."""

_SHORT = 16
"""So much of a part's digest is kept: it only names what the whole has shown to be edited."""


def edited_parts(raw: Mapping[str, object], seal: Seal, secret: Secret) -> tuple[str, ...]:
    """Return which parts of a record are not as they were sealed: none where all are.

    `raw` is the record as its file has it. What came, went or changed is named by its path, such as
    `note` or `kpis.voices.figures`; "seal" stands for another order, or a seal that was edited.
    """
    now = seal_of(raw, secret)
    if now.whole == seal.whole:
        return ()
    entries = dict.fromkeys((*seal.parts, *now.parts))
    named = (each for e in entries for each in _changed(e, seal.parts.get(e), now.parts.get(e)))
    return tuple(named) or ("seal",)


def _changed(entry: str, then: _Fields | None, now: _Fields | None) -> Iterator[str]:
    """Yield what changed of one entry: all of it where it came or went, else field by field."""
    if then is None or now is None:
        yield entry
        return
    for field in dict.fromkeys((*then, *now)):
        if then.get(field) != now.get(field):
            yield field if entry == _RECORD else f"{entry}.{field}"


def seal_of(raw: Mapping[str, object], secret: Secret) -> Seal:
    """Return the seal of a record, given as JSON has it; a seal that it has already is no part."""
    parts: dict[str, dict[str, str]] = {}
    digests: list[str] = []
    for entry, field, part in _parts(raw):
        text = json.dumps(part, sort_keys=True, separators=(",", ":"))
        digest = secret.digest("part", (entry, field, text))
        digests.append(digest)
        parts.setdefault(entry, {})[field] = digest[:_SHORT]
    return Seal(whole=secret.digest("seal", digests), parts=parts)


def _parts(raw: Mapping[str, object]) -> Iterator[tuple[str, str, object]]:
    """Yield entry, field and content of every part, in the order of the file."""
    for name, part in raw.items():
        if name == "files" and isinstance(part, list):
            yield from ((name, str(number), file) for number, file in enumerate(part))
        elif name in ("kpis", "sources") and isinstance(part, list):
            for each in part:
                entry = f"{name}.{each['id']}"
                yield from ((entry, field, content) for field, content in each.items())
        elif name != "seal":
            yield _RECORD, name, part
