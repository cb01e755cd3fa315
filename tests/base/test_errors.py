"""Errors and faults as values that travel between processes."""

import pickle

import pytest

from kpicli.base import faults
from kpicli.base.errors import EncodingError, InputError, InternalError, KpicliError
from kpicli.base.wording import Text


@pytest.mark.parametrize("kind", [KpicliError, InternalError, InputError, EncodingError])
@pytest.mark.parametrize("hint", [None, Text("直す", "correct it")])
def test_an_error_travels_whole(kind: type[KpicliError], hint: Text | None) -> None:
    """What a reader in another process raises arrives with its words in both languages."""
    sent = kind(Text("読めません", "unreadable"), hint)
    found = pickle.loads(pickle.dumps(sent))
    assert type(found) is kind
    assert (found.message, found.hint, str(found)) == (sent.message, hint, "unreadable")


def test_a_kind_of_fault_travels_as_itself() -> None:
    """The kind that arrives is the catalogue's own object."""
    for kind in faults.CATALOGUE.values():
        assert pickle.loads(pickle.dumps(kind)) is kind
