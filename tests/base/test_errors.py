"""Errors and faults as values that travel between processes, and the exit codes of scripts."""

import pickle

import pytest

from kpicli.base import faults
from kpicli.base.errors import (
    MEANINGS,
    EncodingError,
    ExitCode,
    InputError,
    InternalError,
    KpicliError,
    NotFinal,
    OutputError,
    PeriodError,
    SettingsError,
    UnknownName,
    UsageError,
)
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


def test_the_numbers_stay() -> None:
    """Every code has the number that scripts compare with, and a meaning in the help."""
    assert {code.name: code.value for code in ExitCode} == {
        "OK": 0,
        "BUG": 1,
        "USAGE": 2,
        "SETTINGS": 3,
        "INPUT": 4,
        "FAULTY_ROWS": 5,
        "MISSED_OR_MOVED": 6,
        "NOT_DELIVERED": 7,
        "DOES_NOT_ADD_UP": 8,
        "HUNG_UP": 129,
        "INTERRUPTED": 130,
        "TERMINATED": 143,
    }
    assert list(MEANINGS) == list(ExitCode)


def test_every_error_ends_in_its_code() -> None:
    """An error of each class ends the run with the code that its tree gives it."""
    codes = {
        KpicliError: 1,
        UsageError: 2,
        PeriodError: 2,
        UnknownName: 2,
        SettingsError: 3,
        InputError: 4,
        EncodingError: 4,
        NotFinal: 5,
        OutputError: 7,
    }
    assert {error: error.exit_code.value for error in codes} == codes
