"""The base of declared tables: unknown keys are refused with the nearest that there is."""

import pytest
from pydantic import Field, ValidationError

from kpicli.catalog.declared import Definition, Names


class Declared(Definition):
    """A table with a key that is no Python name."""

    names: Names = ()
    source: str = Field("", alias="from")


def test_a_key_is_known_by_how_it_is_written() -> None:
    """An alias is the key that stands in the file; a name alone is a list of one."""
    assert Declared.known_keys() == ("names", "from")
    own = Declared.model_validate({"names": "a", "from": "b"})
    assert (own.names, own.source) == (("a",), "b")


def test_an_unknown_key_is_refused_with_the_nearest() -> None:
    """A slip is an error that names what was meant, never passed over."""
    with pytest.raises(ValidationError, match=r"no key 'nams'.*names"):
        Declared.model_validate({"nams": "a"})
