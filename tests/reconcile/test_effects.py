"""Random edits of a small project: whatever was done, the numbers add up to the difference."""

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpicli.reconcile.changes import PeriodDiff
from support.frozen_project import FrozenProject
from support.small_project import Project

LINES, KINDS = ("生保", "損保", ""), ("感謝", "不満", "要望", "その他", "", "苦情")
DAYS = ("2025/3/31", "2025/4/1", "2025/6/15", "2025/9/30", "2025/10/1", "2025/9/31", "")
THEMES, PEOPLE = ("公的介護保険制度", "個人情報"), ("S1", "S2", "S3")

voice = st.tuples(st.sampled_from(DAYS), st.sampled_from(LINES), st.sampled_from(KINDS),
                  st.sampled_from(DAYS))  # fmt: skip
training = st.tuples(st.sampled_from(DAYS[:-2]), st.sampled_from(THEMES), st.sampled_from(PEOPLE),
                     st.sampled_from(("合格", "不合格", "")))  # fmt: skip
talk = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(DAYS), st.sampled_from(LINES))
member = st.tuples(st.sampled_from(("生保", "損保")), st.sampled_from(("", "2025/6/1")))
ledgers = st.tuples(
    st.dictionaries(st.integers(1, 6), voice, max_size=6),
    st.dictionaries(st.integers(1, 5), training, max_size=5),
    st.dictionaries(st.integers(1, 5), talk, max_size=5),
    st.dictionaries(st.sampled_from(PEOPLE), member, max_size=3),
)
Ledgers = tuple[
    dict[int, tuple[str, ...]],
    dict[int, tuple[str, ...]],
    dict[int, tuple[str, ...]],
    dict[str, tuple[str, ...]],
]


def written(ledger: Ledgers) -> dict[str, list[str]]:
    """Return the rows of every source."""
    voices, trainings, talks, staff = ledger
    return {
        "voices": [
            f"V{n},{day},{line},{kind},,{to}" for n, (day, line, kind, to) in voices.items()
        ],
        "trainings": [
            f"T{n},{day},{theme},ロープレ,{who},1,{n}0,{result}"
            for n, (day, theme, who, result) in trainings.items()
        ],
        "explanations": [
            f"E{n},{day},C{n},公的介護保険制度,有,{line},{who}"
            for n, (who, day, line) in talks.items()
        ],
        "staff": [f"{who},{team},2020/4/1,{left}" for who, (team, left) in staff.items()],
    }


def numbers(found: PeriodDiff) -> dict[tuple[str, str | None], object]:
    """Return every figure that moved, with its difference."""
    return {(k.id, m.item): m.after for k in found.kpis for m in k.moves}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(before=ledgers, after=ledgers)
def test_the_effects_add_up(before: Ledgers, after: Ledgers) -> None:
    """Every move's effects sum to its difference, and back again nothing has moved."""
    with tempfile.TemporaryDirectory() as name:
        small = Project(Path(name))
        for source, rows in written(before).items():
            small.export(source, rows, covers=None if source == "staff" else "2024-04..2025-12")
        small.toml(
            '[kpi.scores]\ntitle = "点"\nsource = "trainings"\nmeasure = "sum"\nof = "score"'
        )
        project = FrozenProject.of(small)
        project.freeze(not_final=True)
        kept = {
            source: (small.folder / f"{source}0.csv").read_bytes() for source in written(before)
        }
        for source, rows in written(after).items():
            project.edit(f"{source}0.csv", lambda lines, own=rows: [lines[0], *own, ""])  # type: ignore[misc] # the rows of this turn
        for kpi in project.diff().kpis:
            for move in kpi.moves:
                if move.why is not None:  # rows in doubt alone make no number to explain
                    assert None in (move.before.number, move.after.number)
                    continue
                for part in ("number", "numerator", "denominator"):
                    then, now = getattr(move.before, part), getattr(move.after, part)
                    steps = [getattr(effect, part) for effect in move.effects]
                    if None in steps:  # a percentage over nobody lay between: the fraction tells
                        assert part == "number" or then is None
                    elif then is not None and now is not None:
                        assert sum(steps) == now - then
        for source, content in kept.items():
            (small.folder / f"{source}0.csv").write_bytes(content)
        assert numbers(project.diff()) == {}
