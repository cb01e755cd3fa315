"""Whether there is an occasion to speak: `--only-if`, and what faults and targets come to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpicli.base.errors import UsageError
from kpicli.base.exit_codes import ExitCode
from kpicli.base.wording import Text
from kpicli.settings.arguments import parse_names

if TYPE_CHECKING:
    from kpicli.cli.answer import Asked
    from kpicli.model.figures import Summary

OCCASIONS = ("missed", "changed", "faults")


def check_occasions(names: Sequence[str]) -> Sequence[str]:
    """Return the names; raises `UsageError` for one that is no occasion."""
    for name in names:
        if name not in OCCASIONS:
            known = ", ".join(OCCASIONS)
            raise UsageError(
                Text(f"--only-if に「{name}」はありません", f"--only-if knows no {name!r}"),
                Text(f"使えるもの: {known}", f"there are: {known}"),
            )
    return names


@contextmanager
def occasion(names: Sequence[str], asked: "Asked", summary: "Summary") -> Iterator[bool]:
    """Give whether to speak: where no occasion is named, or one of those named is there.

    For `changed` the figures are remembered as shown once they have been written.
    """
    given = not names or ("missed" in names and target_missed(summary))
    given = given or ("faults" in names and _has_faults(summary))
    if "changed" not in names:
        yield given
        return
    from kpicli.cache.last_shown import Shown
    from kpicli.settings.locate import settings_in_force

    shown = Shown(settings_in_force(asked.common.config), parse_names(asked.kpi, "--kpi"), summary)
    given = given or shown.changed()
    yield given
    if given:
        shown.remember()


def exit_code(summary: "Summary", *, fail_on_target: bool = False) -> ExitCode:
    """Return how a run that shows the figures ends.

    Rows in doubt that touch a figure go before a missed target, which counts only when asked for.
    """
    if faults_touch(summary):
        return ExitCode.FAULTY_ROWS
    if fail_on_target and target_missed(summary):
        return ExitCode.MISSED_OR_MOVED
    return ExitCode.OK


def faults_touch(summary: "Summary") -> bool:
    """Tell whether rows in doubt touch a figure, or one that it is compared with."""
    values = [figure.value for figure in summary.figures]
    values += [c.value for figure in summary.figures for c in figure.comparisons]
    return any(value.faulty_rows for value in values)


def target_missed(summary: "Summary") -> bool:
    """Tell whether a figure misses its target."""
    targets = (figure.target for figure in summary.figures)
    return any(target is not None and target.status == "missed" for target in targets)


def _has_faults(summary: "Summary") -> bool:
    return faults_touch(summary) or any(fault.level == "fault" for fault in summary.faults)
