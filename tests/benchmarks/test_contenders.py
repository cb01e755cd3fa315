"""kpicli and its peers give the answer that was written into the files."""

import re
from dataclasses import replace
from datetime import date

import pytest

from benchmarks.answers import from_csv, from_kpicli, from_list
from benchmarks.bench import WrongAnswer, one_run
from benchmarks.contenders import IN_THE_HALF, PANDAS, Contender, Dataset, kpicli
from benchmarks.dates import DATE_STYLES, DAYS, day, written_days
from benchmarks.exports import write_exports
from benchmarks.plan import Plan

pytestmark = pytest.mark.slow

PLAN = Plan(rows=4_000, styles=tuple(DATE_STYLES), duplicates=0.1, superseded=0.05)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """Return files with every date style, overlaps and corrections."""
    folder = tmp_path_factory.mktemp("exports")
    return Dataset(folder, PLAN, write_exports(PLAN, folder))


@pytest.mark.parametrize("contender", [kpicli(), PANDAS], ids=lambda c: c.name)
def test_an_installed_contender_is_right(data: Dataset, contender: Contender) -> None:
    """Kpicli and the pandas script, as they are measured, count what was written."""
    assert contender.missing() == []
    assert one_run(contender, data).output


def test_a_wrong_answer_stops_the_benchmark(data: Dataset) -> None:
    """Counts of all rows are not those of the half."""
    with pytest.raises(WrongAnswer, match="pandas script counts"):
        one_run(replace(PANDAS, answers="raw"), data)


def test_the_pattern_of_dates_takes_the_half_and_no_more() -> None:
    """Csvkit's pattern agrees with the calendar on every day in every style."""
    for place, text in enumerate(written_days(tuple(DATE_STYLES))):
        inside = date(2025, 4, 1) <= day(place % DAYS) <= date(2025, 9, 30)
        assert bool(re.search(IN_THE_HALF, text)) is inside, text


def test_spellings_of_one_meaning_add_up() -> None:
    """Every form of output gives counts in the words of the catalogue."""
    expected = {"損保": {"感謝": 5}, "生保": {"不満": 1}}
    listed = '[["損保", "感謝", 2], ["損害保険", "お褒め", 3], ["生命保険", "ご不満", 1]]'
    lines = "商品区分,声の区分,count\n損保,感謝,2\n損害保険,お褒め,3\n生命保険,ご不満,1\n"
    assert from_list(listed.encode()) == expected
    assert from_csv(lines.encode()) == expected


def test_zero_parts_are_left_out_of_an_answer() -> None:
    """Kpicli prints a part of zero, the peers have no row for it."""
    parts = '[{"part": "category", "item": "感謝", "value": 5}, '
    parts += '{"part": "category", "item": "要望", "value": 0}]'
    groups = f'[{{"group": "損保", "parts": {parts}}}]'
    printed = f'{{"kpis": [{{"figures": {{"groups": {groups}}}}}]}}'
    assert from_kpicli(printed.encode()) == {"損保": {"感謝": 5}}
