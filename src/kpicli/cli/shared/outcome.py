"""The outcome of a run: its exit code, and whether `--only-if` is met."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kpicli.base.errors import ExitCode, UsageError
from kpicli.base.wording import Text
from kpicli.settings.arguments import parse_names

if TYPE_CHECKING:
    from kpicli.model.summary import Summary

CONDITIONS = ("missed", "changed", "faults")


def read_conditions(given: list[str] | None) -> tuple[str, ...]:
    """Return the conditions that --only-if names; raises `UsageError` for one that is none."""
    names = parse_names(given, "--only-if")
    for name in names:
        if name not in CONDITIONS:
            known = ", ".join(CONDITIONS)
            raise UsageError(
                Text(f"--only-if に「{name}」はありません", f"--only-if knows no {name!r}"),
                Text(f"使えるもの: {known}", f"there are: {known}"),
            )
    return names


@contextmanager
def condition_met(
    conditions: Sequence[str], config: Path | None, kpis: Sequence[str], summary: "Summary"
) -> Iterator[bool]:
    """Yield whether the figures are to be shown: one of the conditions is met, or none is named.

    For `changed` the figures are remembered once they have been written, separately for each
    `config` and `kpis`.
    """
    met = not conditions or ("missed" in conditions and target_missed(summary))
    met = met or ("faults" in conditions and _has_faults(summary))
    if "changed" not in conditions:
        yield met
        return
    from kpicli.cache.last_figures import LastFigures
    from kpicli.settings.locate import settings_in_force

    last = LastFigures(settings_in_force(config), kpis, summary)
    met = met or last.changed()
    yield met
    if met:
        last.remember()


def exit_code(summary: "Summary", *, fail_on_target: bool = False) -> ExitCode:
    """Return how a run that shows the figures ends.

    Rows in doubt that touch a figure, and guesses of the settings on which one rests, go before a
    missed target, which counts only when asked for.
    """
    if summary.guessed or faults_touch(summary):
        return ExitCode.FAULTY_ROWS
    if fail_on_target and target_missed(summary):
        return ExitCode.MISSED_OR_MOVED
    return ExitCode.OK


def faults_touch(summary: "Summary") -> bool:
    """Return whether rows in doubt touch a figure, one of a trend, or one that is compared."""
    values = [figure.value for figure, _ in summary.figures_of_all_periods]
    values += [c.value for figure in summary.figures for c in figure.comparisons]
    return any(value.faulty_rows for value in values)


def target_missed(summary: "Summary") -> bool:
    """Return whether a figure misses its target, or none of several KPIs reaches theirs."""
    targets = (figure.target for figure in summary.figures)
    return any(target is not None and target.status == "missed" for target in targets) or any(
        target.status == "missed" for target in summary.joint_targets
    )


def _has_faults(summary: "Summary") -> bool:
    warned = any(head.warnings for head in summary.kpis.values())
    faults = any(fault.level == "fault" for fault in summary.faults)
    return faults_touch(summary) or faults or warned
