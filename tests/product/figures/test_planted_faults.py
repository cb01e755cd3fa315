"""Random projects with planted faults: `tests/fuzz/fuzz_projects.py` draws them by the thousand."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from fuzz.fuzz_projects import counted, run
from fuzz.projects.generate import FAULTS, random_draft
from fuzz.projects.judge import Finding, Judge
from fuzz.projects.writing import write
from kpicli.model.summary import Summary
from kpicli.model.value import Status

SEEDS = range(1, 17)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_figure_is_final_and_wrong(seed: int, tmp_path: Path) -> None:
    """Every final figure is that of a recount by plain Python, faults or not."""
    outcome = run(seed, tmp_path)
    assert not outcome.failed, (outcome.draft.faults, outcome.findings, outcome.refused)


def test_every_kind_of_fault_is_planted() -> None:
    """The drawing reaches every kind, and a third of the projects have none."""
    drafts = [random_draft(seed) for seed in range(400)]
    planted = {name.split()[0] for draft in drafts for name in draft.faults}
    assert planted == set(FAULTS)
    assert 80 < sum(not draft.faults for draft in drafts) < 240


def test_the_same_seed_writes_the_same_files(tmp_path: Path) -> None:
    """What failed can be repeated by its number."""
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        write(random_draft(3), tmp_path / name)
    texts = [
        {
            file.name: file.read_bytes()
            for file in (tmp_path / name).iterdir()
            if file.suffix != ".xlsx"
        }
        for name in ("one", "other")
    ]
    assert texts[0] == texts[1]


def wrong(findings: Sequence[Finding]) -> list[Finding]:
    """Return the figures that are final and should not be."""
    return [finding for finding in findings if not finding.doubt]


def test_the_judge_sees_every_figure_that_is_off_by_one(tmp_path: Path) -> None:
    """A final count that is raised by one is named, whichever it is."""
    draft = random_draft(clean_seed())
    write(draft, tmp_path)
    summary = counted(draft, tmp_path)
    assert wrong([*Judge(draft).findings(summary)]) == []
    final = [
        place
        for place, figure in enumerate(summary.figures)
        if figure.value.status is Status.OK and figure.value.numerator is None
    ]
    for place in random.Random(1).sample(final, 10):
        assert wrong([*Judge(draft).findings(raised(summary, place))])


def raised(summary: Summary, place: int) -> Summary:
    """Return the Summary with one figure raised by one."""
    figures = [*summary.figures]
    value = figures[place].value
    assert value.number is not None
    figures[place] = replace(figures[place], value=replace(value, number=value.number + 1))
    return replace(summary, figures=tuple(figures))


def clean_seed() -> int:
    """Return the first seed whose project has no fault."""
    return next(seed for seed in range(100) if not random_draft(seed).faults)
