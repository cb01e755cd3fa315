"""The exit codes, which scripts rely on."""

from kpicli.base.errors import (
    EncodingError,
    InputError,
    KpicliError,
    NotFinal,
    OutputError,
    PeriodError,
    SettingsError,
    UnknownName,
    UsageError,
)
from kpicli.base.exit_codes import MEANINGS, ExitCode


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
