"""Reading here and there in a file, mostly one place after the other."""

from kpicli.loaders.files.content import Content, HeldContent

_AHEAD = 1 << 20
_FILES = 4
_KEPT: dict[Content, tuple[int, bytes]] = {}
"""Of the files last read, where the bytes that are kept begin, and the bytes."""


def read_nearby(content: Content, start: int, stop: int) -> bytes:
    """Return the bytes from `start` up to, not including, `stop`, as `Content.read` does.

    What follows them is read and kept too: a request for every row is dear where a file lies behind
    a URL.
    """
    if isinstance(content, HeldContent):
        return content.read(start, stop)
    begin, data = _KEPT.get(content, (0, b""))
    if not begin <= start <= stop <= begin + len(data):
        begin, data = start, content.read(start, max(stop, start + _AHEAD))
        for oldest in [content, *_KEPT][: len(_KEPT) + 2 - _FILES]:
            _KEPT.pop(oldest, None)
        _KEPT[content] = begin, data
    return data[start - begin : stop - begin]
