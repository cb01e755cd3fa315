"""Rows are found again, whichever file they stand in."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kpicli.loaders.rows.dataset import Dataset
from kpicli.published.record import FrozenSource
from kpicli.published.rows.columns import SourceRows
from kpicli.reconcile.matching import Matched
from kpicli.reconcile.rows.source_trace import SourceTrace
from support.frozen_project import by_id, told
from support.frozen_voices import VOICES, voices
from support.small_project import Project


def test_a_later_export_supersedes(tmp_path: Path) -> None:
    """A row that a later export has otherwise is told with both, the old file being still read."""
    project = voices(tmp_path)
    project.freeze()
    (tmp_path / "later.csv").write_text(
        "受付番号,受付日,商品区分,声の区分\nV1,2025/4/1,生保,要望\nV9,2025/10/20,生保,要望\n",
        encoding="utf-8",
    )
    file = tmp_path / "kpicli.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace('files = "voices0', 'files = ["later.csv", "voices0'
        ).replace('.csv", covers', '.csv"], covers'), encoding="utf-8")  # fmt: skip
    changed = by_id(project.diff())["voices"].rows
    assert [(row.cause.value, row.superseded) for row in changed] == [("recategorised", True)]
    assert changed[0].place is not None
    assert (changed[0].file, changed[0].place.file) == ("voices0.csv", "later.csv")


def test_another_reading_of_the_same_file(tmp_path: Path) -> None:
    """Where the file is the same, a move comes from code tables or settings."""
    project = voices(tmp_path, [*VOICES[:3], "V5,2025/7/1,損保,苦情,,"])
    project.freeze(not_final=True)
    file = tmp_path / "kpicli.toml"
    synonyms = ', synonyms = { category = { "不満" = ["苦情"] } } }'
    file.write_text(
        file.read_text(encoding="utf-8").replace(" }]", f"{synonyms}]"), encoding="utf-8"
    )
    assert told(by_id(project.diff())["voices"])["不満"] == [(1,), ("catalogue", 1, 1)]


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return a dataset, of which the tests below replace what they need."""
    return Project(tmp_path_factory.mktemp("matched")).export("voices", VOICES).load("voices")


KEYS = [f"{number:024x}" for number in (0, 1, 2**95)]


def rows_with(keys: list[str]) -> SourceRows:
    """Return rows of a source that have these keys."""
    return SourceRows.of_list([(key, 0, "00" * 6) for key in keys])


@given(
    then=st.lists(st.sampled_from(KEYS), max_size=6),
    now=st.lists(st.tuples(st.sampled_from(KEYS), st.booleans()), max_size=6),
)
def test_which_row_stands_for_a_key(
    dataset: Dataset, then: list[str], now: list[tuple[str, bool]]
) -> None:
    """As frozen the first; as it is the last that is not faulty, else the last: as one counts."""
    frozen = FrozenSource(id="voices", title="声", key=("k",), columns=(), rows=rows_with(then))
    trace = SourceTrace("voices", ("k",), (), rows_with([key for key, _ in now]))
    faulty = np.array([each for _, each in now], np.bool_)
    matched = Matched(frozen, (), trace, replace(dataset, faulty=faulty))
    first = {key: then.index(key) for key in then}
    last = {key: row for row, (key, _) in enumerate(now)}
    last |= {key: row for row, (key, broken) in enumerate(now) if not broken}
    for keys, groups in ((then, matched.groups_then), ([k for k, _ in now], matched.groups_now)):
        assert [matched.then_of[group] for group in groups] == [first.get(key, -1) for key in keys]
        assert [matched.now_of[group] for group in groups] == [last.get(key, -1) for key in keys]
    assert matched.groups == len({*first, *last})
