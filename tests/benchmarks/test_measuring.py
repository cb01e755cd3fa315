"""Child processes: what they print, how they end, and that their cost is counted."""

import sys

import pytest

from benchmarks.measuring import CommandFailed, Run, Step, Usage, run


def python(code: str) -> tuple[str, ...]:
    """Return a command."""
    return (sys.executable, "-c", code)


def test_a_pipe_hands_on_what_is_printed() -> None:
    """The second command reads what the first one prints, and the cost of both is counted."""
    upper = python("import sys; print(sys.stdin.read().upper(), end='')")
    done = run([Step((python("print('voices')"), upper))], {})
    assert done.output.split() == [b"VOICES"]
    (usage,) = done.steps
    assert usage.wall > 0
    assert usage.cpu > 0
    assert usage.peak > 1_000_000


def test_children_of_a_command_count() -> None:
    """The memory of a program that the command starts is seen: 100 MB in a grandchild."""
    inner = f"import subprocess; subprocess.run([{sys.executable!r}, '-c', 'b = bytes(10**8)'])"
    (usage,) = run([Step((python(inner),))], {}).steps
    assert usage.peak > 100_000_000


def test_the_last_step_answers() -> None:
    """Steps run in order; each has its cost, and the last one's output is the run's."""
    done = run([Step((python("print(1)"),)), Step((python("print(2)"),))], {})
    assert (len(done.steps), done.output.split()) == (2, [b"2"])


def test_the_environment_is_handed_on() -> None:
    """What is given is added to the environment."""
    done = run([Step((python("import os; print(os.environ['ASKED'])"),))], {"ASKED": "yes"})
    assert done.output.split() == [b"yes"]


@pytest.mark.parametrize("place", [0, 1])
def test_a_failure_on_either_side_of_a_pipe_is_told(place: int) -> None:
    """An exit code other than 0 is no result; the end of stderr says why."""
    commands = [python("import sys; sys.stdin.read()")] * 2
    commands[place] = python("raise SystemExit('no such column')")
    with pytest.raises(CommandFailed, match="no such column"):
        run([Step(tuple(commands))], {})


def test_steps_add_time_and_keep_the_largest_peak() -> None:
    """One after another, two programs need the time of both and the memory of the larger."""
    done = Run((Usage(1.0, 2.0, 50), Usage(0.5, 0.25, 80)), b"")
    assert done.usage == Usage(1.5, 2.25, 80)
