"""What stands before any command."""

from importlib.metadata import version

from support.command_line import PROJECT, Run


def test_version(run_kpicli: Run) -> None:
    """--version names the program and its version."""
    assert run_kpicli(PROJECT, "--version").text == f"kpicli {version('kpicli')}\n"
