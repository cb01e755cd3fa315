"""Options of a mail."""

import pytest

from support.command_line import Run
from support.mail_runs import DRY, MAIL, project


@pytest.mark.parametrize(
    "args",
    [
        ("--to", "a@example.jp\nBcc: x@example.jp"),
        ("--to", "山田"),
        ("--to", "a@b@example.jp"),
        ("--attach", "rows"),
        ("--attach", "table"),
        ("--on-doubt", "perhaps"),
        ("--kpi", "voice"),
        ("--compare", "next"),
        ("--catch-up", "-o", "m.eml"),
        ("--show-personal",),
        ("--by", "staff"),
        ("--show-values",),
    ],
)
def test_wrong_options(args: tuple[str, ...], run_kpicli: Run) -> None:
    """Exit 2: no address that is none, no rows, nothing by persons, no cells of faults."""
    outcome = run_kpicli(project(), *DRY, *args)
    assert (outcome.code, outcome.out) == (2, b"")


def test_allowed_domains(run_kpicli: Run) -> None:
    """A recipient outside the allowed domains is refused, on the command line too."""
    files = project(f'{MAIL}allowed_domains = ["example.co.jp"]\n')
    assert run_kpicli(files, *DRY, "--to", "a@Example.co.jp").code == 0
    outcome = run_kpicli(files, *DRY, "--to", "a@example.co.jp,b@evil.example.jp")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "evil.example.jp" in outcome.err
