"""All KPIs of all packs: generated exports, and three programs that say the same of them."""

import hashlib
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from benchmarks.bench import WrongAnswer
from benchmarks.plan import Written
from benchmarks.rows import NEVER
from benchmarks.scenarios import width
from benchmarks.width import answers
from benchmarks.width.tables import PACKS, TABLES
from benchmarks.width.write import drawn, write
from kpicli.catalog.read import read_catalog

pytestmark = pytest.mark.slow

ROWS = 3_000


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the exports of every source."""
    folder = tmp_path_factory.mktemp("width")
    write(folder, ROWS, seed=1)
    return folder


@pytest.fixture(scope="module")
def printed(exports: Path) -> bytes:
    """Return what kpicli prints of them."""
    return width._first(exports)


def test_every_source_and_kpi_of_every_pack_is_there(printed: bytes) -> None:
    """Nothing is left out, nothing is faulty, and each KPI has figures of the six months."""
    catalog = read_catalog(packs=PACKS)
    summary = json.loads(printed)
    assert {source["id"] for source in summary["sources"]} == set(catalog.source)
    assert {kpi["id"] for kpi in summary["kpis"]} == {*catalog.kpi, "followed_policyholders"}
    assert not [s["id"] for s in summary["sources"] if s["accounting"]["faulty"]]
    assert {len(kpi["figures"]["groups"]) for kpi in summary["kpis"]} == {6}


def test_stocks_and_cohorts_are_what_was_drawn(printed: bytes) -> None:
    """Policies in force and those that go on after 13 months, by numpy from the drawn numbers."""
    (table,) = (each for each in TABLES if each.source == "policies")
    rows = drawn(table, np.arange(ROWS), ROWS, seed=1).columns
    end = 2_008  # 2025-09-30, where day 0 is 2020-04-01
    started, ended = rows["契約日"], rows["消滅日"]
    force = (started <= end) & ((ended == NEVER) | (ended > end))
    told = answers.counts_of(printed)
    assert told["policies_in_force", None] == force.sum() > 0
    assert told["premium_in_force", None] == str(rows["保険料"][force].sum())
    assert told["policyholders", None] == len(set(rows["契約者番号"][force].tolist()))


@pytest.mark.parametrize("script", ["width_pandas"])
def test_a_script_says_the_same(exports: Path, printed: bytes, script: str) -> None:
    """Every value is compared; who is told another one is wrong."""
    assert answers.compared(printed) > 2_000
    assert width._peer(exports, printed, script)().usage.cpu > 0
    with pytest.raises(WrongAnswer, match="values differ, such as"):
        width._peer(exports, printed.replace(b'"value": ', b'"value": 1', 1), script)()


def test_voices_have_to_be_what_was_drawn(exports: Path, printed: bytes) -> None:
    """One improvement more than was drawn is a wrong answer."""
    width._check_voices(exports, printed)
    written = Written.read(exports)
    try:
        replace(written, improved=written.improved + 1).save(exports)
        with pytest.raises(WrongAnswer, match="complaint_improvements"):
            width._check_voices(exports, printed)
    finally:
        written.save(exports)


def test_a_seed_makes_the_same_bytes(exports: Path, tmp_path: Path) -> None:
    """The same seed writes the same exports, another one others."""

    def digests(folder: Path) -> list[str]:
        files = sorted(folder.glob("*.csv"))
        return [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]

    for name, seed in (("again", 1), ("other", 2)):
        write(tmp_path / name, ROWS, seed)
    assert digests(tmp_path / "again") == digests(exports)
    assert digests(tmp_path / "other") != digests(exports)


SUMMARY = {
    "period": {"name": "2025H1"},
    "kpis": [
        {
            "id": "mean",
            "figures": {
                "total": {
                    "value": "2.7",
                    "numerator": None,
                    "denominator": 3,
                    "comparisons": [
                        {
                            "period": {"name": "2024H2"},
                            "value": None,
                            "numerator": None,
                            "denominator": 0,
                        }
                    ],
                },
                "parts": [],
                "groups": [],
            },
        }
    ],
}


@pytest.mark.parametrize(
    ("listed", "unlike"),
    [
        ([["mean", "2025H1", None, [8, 3]]], 0),
        ([["mean", "2025H1", None, [8, 3]], ["mean", "2024H2", None, [0, 0]]], 0),
        ([["mean", "2025H1", None, [9, 3]]], 1),
        ([["mean", "2025H1", None, [8, 4]]], 1),
        ([["mean", "2025H1", None, 2.7]], 0),
        ([["mean", "2025H1", None, 2.6]], 1),
        ([], 1),
        ([["mean", "2025H1", None, [8, 3]], ["mean", "2024H2", None, [1, 1]]], 1),
        ([["mean", "2025H1", None, [8, 3]], ["mean", "2025H1", "生保", 4]], 1),
        ([["mean", "2025H1", None, [8, 3]], ["mean", "2025H1", "生保", 0]], 0),
        ([["mean", "2025H1", None, [8, 3]], ["mean", "2024H2", "生保", 4]], 0),
    ],
)
def test_values_are_compared_one_by_one(listed: list[object], unlike: int) -> None:
    """A mean agrees where it rounds to what is shown; a value that one has alone is a difference.

    But not a part that only another period has, which is not shown.
    """
    answer = answers.from_list(json.dumps(listed).encode())
    assert len(answers.differences(json.dumps(SUMMARY).encode(), answer)) == unlike
    assert all(isinstance(value, Decimal | tuple) for value in answer.values())
