"""Errors that end a run, as a tree, and the exit codes that the command line returns for them.

KpicliError
├── InternalError     1  kpicli contradicts itself: a bug, and no figure is shown
├── UsageError        2  the command line asks for something that cannot be
│   ├── PeriodError      a period word is not understood, or is ambiguous
│   └── UnknownName      no such KPI, source or dimension
├── SettingsError     3  kpicli.toml, or a catalogue, is missing or wrong
├── InputError        4  an export cannot be read as what it claims to be
│   └── EncodingError    its bytes are not text in any permitted encoding
├── NotFinal          5  figures that are not final were to be frozen
└── OutputError       7  the result cannot be written, encoded or delivered

A fault in a row is no error: it is a value (`kpicli.base.faults.Fault`), collected and counted.
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import ClassVar

from kpicli.base.wording import Text


class ExitCode(IntEnum):
    """How a run ended. Errors carry theirs (`KpicliError.exit_code`); the others are outcomes."""

    OK = 0
    BUG = 1
    USAGE = 2
    SETTINGS = 3
    INPUT = 4
    FAULTY_ROWS = 5
    MISSED_OR_MOVED = 6
    NOT_DELIVERED = 7
    DOES_NOT_ADD_UP = 8
    HUNG_UP = 129
    INTERRUPTED = 130
    TERMINATED = 143


MEANINGS: Mapping[ExitCode, Text] = {
    ExitCode.OK: Text(
        "正常(読み手がパイプを閉じたときも)", "fine (also when the reader closes the pipe)"
    ),
    ExitCode.BUG: Text("プログラムの不具合", "a bug"),
    ExitCode.USAGE: Text("使い方の誤り", "usage"),
    ExitCode.SETTINGS: Text("設定の誤り", "settings or catalogue"),
    ExitCode.INPUT: Text("入力が読めない", "an input cannot be read"),
    ExitCode.FAULTY_ROWS: Text(
        "出力したが、不備のある行か推測が数値に関わる",
        "printed, but faulty rows or guesses touch the figures",
    ),
    ExitCode.MISSED_OR_MOVED: Text(
        "目標未達、または凍結後の変化(--fail-on のときだけ)",
        "a target missed, or a figure moved (only with --fail-on)",
    ),
    ExitCode.NOT_DELIVERED: Text("書けない、届けられない", "cannot write or deliver"),
    ExitCode.DOES_NOT_ADD_UP: Text("監査した表が合わない", "an audited table does not add up"),
    ExitCode.HUNG_UP: Text("端末が閉じた", "the terminal was closed"),
    ExitCode.INTERRUPTED: Text("中断", "interrupted"),
    ExitCode.TERMINATED: Text("終了の合図を受けた", "ended by a signal (SIGTERM)"),
}
"""The codes as `--help` lists them."""


class KpicliError(Exception):
    """An expected end of the run: says what is wrong, and what to do next."""

    exit_code: ClassVar[ExitCode] = ExitCode.BUG
    """What the command line ends with."""
    message: Text
    """What is wrong."""
    hint: Text | None
    """What to do next, where that is known."""

    def __init__(self, message: Text, hint: Text | None = None) -> None:
        super().__init__(message, hint)  # both, or it could not come from another process
        self.message = message
        self.hint = hint
        if hint is not None:
            self.add_note(hint.en)  # a traceback in Python shows it below the message

    def __str__(self) -> str:
        return self.message.en


_REPORT = Text(
    "kpicli の不具合です。数値は出していません。このメッセージと kpicli --version の表示を"
    "開発元に知らせてください",
    "this is a bug in kpicli, and no figure has been shown: please report this message "
    "and what kpicli --version says",
)


class InternalError(KpicliError):
    """kpicli contradicts itself: sums that must agree do not. A bug, never the user's doing.

    Promises to users are checked by raising it, not by `assert`, which `python -O` leaves out.
    """

    def __init__(self, message: Text, hint: Text | None = _REPORT) -> None:
        super().__init__(message, hint)


class UsageError(KpicliError):
    """The command line asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class PeriodError(UsageError):
    """A period word is not understood, or could mean two things; the hint names the candidates."""


class UnknownName(UsageError):
    """A KPI, source or dimension of that name does not exist; the hint names the nearest."""


class SettingsError(KpicliError):
    """The settings file or a catalogue is missing, malformed or inconsistent."""

    exit_code = ExitCode.SETTINGS


class InputError(KpicliError):
    """An export cannot be read as what it claims to be; nothing is counted."""

    exit_code = ExitCode.INPUT


class EncodingError(InputError):
    """The bytes of an export are not text in any encoding that is permitted for it."""


class NotFinal(KpicliError):
    """Figures that are not final (provisional, partial, the period not over) are not frozen."""

    exit_code = ExitCode.FAULTY_ROWS


class OutputError(KpicliError):
    """The result cannot be written, encoded or delivered."""

    exit_code = ExitCode.NOT_DELIVERED
