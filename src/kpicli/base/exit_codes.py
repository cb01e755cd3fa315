"""The exit codes of the command line, and their meanings as `--help` lists them."""

from collections.abc import Mapping
from enum import IntEnum

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
        "出力したが、不備のある行が数字に関わる", "printed, but faulty rows touch the figures"
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
