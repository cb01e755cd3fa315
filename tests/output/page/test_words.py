from collections.abc import Iterator, Mapping
from unicodedata import east_asian_width

from kpicli.base.wording import Text
from kpicli.output.page import words


def texts() -> Iterator[Text]:
    """Return every label."""
    for found in vars(words).values():
        if isinstance(found, Text):
            yield found
        elif isinstance(found, Mapping):
            yield from (text for text in found.values() if isinstance(text, Text))


def test_width_is_certain() -> None:
    """No label holds a character that some terminals show in one cell and others in two."""
    shown = "".join(text.ja + text.en for text in texts())
    assert len(shown) > 1000
    assert {c for c in shown if east_asian_width(c) == "A"} == set()


def test_cp932_has_every_label() -> None:
    """Every label can be written for old tools."""
    for text in texts():
        assert text.ja.encode("cp932").decode("cp932") == text.ja
        assert text.en.encode("ascii").decode("ascii") == text.en
