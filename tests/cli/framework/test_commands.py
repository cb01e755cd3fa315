"""Commands that do not exist are told with the nearest that do."""

import pytest

from support.command_line import PROJECT, Run


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("sumarize",), ["「sumarize」", "summarize"]),
        (("--lang", "fr", "kpis"), ["--lang", "ja, en"]),
        ((), ["使い方: "]),
    ],
)
def test_wrong_command(args: tuple[str, ...], words: list[str], run_kpicli: Run) -> None:
    """Exit 2 as well for a command that is missing or unknown."""
    outcome = run_kpicli(PROJECT, *args)
    assert (outcome.code, outcome.out) == (2, b"")
    assert [word for word in words if word not in outcome.err] == []
