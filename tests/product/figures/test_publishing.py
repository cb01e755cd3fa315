from pathlib import Path

import pytest

import kpicli
from support.frozen_project import FrozenProject, by_id, rows_of, told
from support.small_project import TODAY

pytestmark = pytest.mark.slow

LATE = "sample_data/お客様の声_2025年6-9月.csv"
EARLY = "sample_data/お客様の声_2025年4-6月.csv"


def late_rows(lines: list[str]) -> list[str]:
    """Add two late voices, re-categorise the first of July, remove one of August."""
    place = next(n for n, line in enumerate(lines) if ",2025/7/" in line and ",感謝," in line)
    lines[place] = lines[place].replace(",感謝,", ",要望,")
    wanted = (",2025/8/", ",生保,感謝,")
    plain = [n for n, line in enumerate(lines) if line.endswith(",,,,")]
    del lines[next(n for n in plain if all(part in lines[n] for part in wanted))]
    new = ("V9900001,2025/9/30,損保,不満,,S018,遅れて登録", "V9900002,2025/9/29,生保,感謝,,S018,同")
    return [*lines[:-1], *(f"{row},,,," for row in new), ""]


def test_diff_names_exactly_what_was_done(tmp_path: Path) -> None:
    """Two late rows, one re-categorised, one removed, one version raised: these and no others."""
    project = FrozenProject.sample(tmp_path)
    project.freeze()
    assert not project.diff().changed
    project.edit(LATE, late_rows, "cp932")
    project.settings_too("[kpi.navi_uses]\nextends = true\nversion = 2")
    found = by_id(project.diff())
    assert {kpi: told(each) for kpi, each in found.items()} == {
        "voices": {
            "total": [(1,), ("removed", 1, -1), ("added", 2, 2)],
            "感謝": [(-1,), ("removed", 1, -1), ("recategorised", 1, -1), ("added", 1, 1)],
            "不満": [(1,), ("added", 1, 1)],
            "要望": [(1,), ("recategorised", 1, 1)],
        },
        "navi_uses": {},
        "voices_nonlife": {"total": [(1,), ("added", 1, 1)]},
    }
    assert (found["navi_uses"].versions, found["navi_uses"].compared) == ((1, 2), False)
    causes = [(cause, changes) for cause, _, changes in rows_of(found["voices"])]
    assert sorted(causes) == [
        ("added", ()),
        ("added", ()),
        ("recategorised", (("category", "感謝", "要望"),)),
        ("removed", ()),
    ]


def test_the_report_still_compares_with_what_was_published(tmp_path: Path) -> None:
    """前期 of the next half is what was frozen, whatever the exports say by then."""
    project = FrozenProject.sample(tmp_path)
    project.freeze("2024H2")
    old = "sample_data/お客様の声_2024年度.csv"
    project.edit(old, lambda lines: [x for x in lines if "2025/3/" not in x], "cp932")
    config = tmp_path / "kpicli.toml"
    for recompute, origin in ((False, "frozen"), (True, "computed")):
        summary = kpicli.summarize(
            "2025H1", kpis=["voices"], compare=["previous"], recompute=recompute,
            config=config, today=TODAY,
        )  # fmt: skip
        other = summary.figures[0].comparisons[0]
        assert other.origin.kind == origin
        assert (other.value.number == 406) is (origin == "frozen")
        assert summary.figures[0].value.number == 841
