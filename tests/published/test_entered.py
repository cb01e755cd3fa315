"""Values entered by hand: read whole, or refused with their line."""

import re
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import InputError
from support.entered_values import HEADER, project, summarized
from support.small_project import Project


def test_a_figure_that_no_export_holds(tmp_path: Path) -> None:
    """An entered KPI stands after the others, with source and date, and is compared."""
    found = project(
        tmp_path,
        "2025H1,nps,,45,,,保険会社A,2025-10-05,速報",
        "2024年度下期,nps,,41.5,,,保険会社A,2025/4/5,",
        "2025H1,share,,70.6,178,252,保険会社A,2025-10-05,",
    )
    summary = summarized(found)
    assert list(summary.kpis)[-2:] == ["nps", "share"]
    nps = next(figure for figure in summary.figures if figure.kpi == "nps")
    assert (nps.value.number, nps.origin.kind, nps.origin.source) == (45, "entered", "保険会社A")
    previous, year_ago = nps.comparisons
    assert (str(previous.value.number), str(previous.change)) == ("41.5", "3.5")
    assert (previous.origin.kind, year_ago.value.status.value) == ("entered", "no_data")
    share = next(figure for figure in summary.figures if figure.kpi == "share")
    assert (str(share.value.number), share.value.numerator) == ("70.6", 178)
    assert summary.kpis["nps"].remarks[0].en == (
        "2025H1: 45 was entered on 2025-10-05, from 保険会社A (速報)"
    )


def test_without_a_value_there_is_no_data(tmp_path: Path) -> None:
    """An entered KPI without a value in the period is told as no data, not left out."""
    summary = summarized(project(tmp_path), "nps")
    assert [figure.value.status.value for figure in summary.figures] == ["no_data"]


def test_it_stands_only_where_no_export_covers(tmp_path: Path) -> None:
    """A year ago is entered; what was counted is not replaced, and the contradiction is told."""
    found = project(
        tmp_path,
        "2024H1,voices,,163,,,公表ページ,2025-04-05,",
        "2025H1,voices,,99,,,公表ページ,2025-10-05,",
        "2025H1,voices,感謝,1,,,公表ページ,2025-10-05,",
    )
    summary = summarized(found, "voices")
    total = summary.figures[0]
    assert (total.value.number, total.origin.kind) == (2, "computed")
    year_ago = total.comparisons[1]
    assert (year_ago.value.number, year_ago.change, year_ago.origin.kind) == (163, -161, "entered")
    told = [remark.en for remark in summary.kpis["voices"].remarks]
    assert "2025H1: the entered 99 contradicts 2, which stands (公表ページ)" in told
    assert not any("感謝" in words for words in told)


def test_it_fills_a_period_that_no_export_covers(tmp_path: Path) -> None:
    """A figure and a part of a period before the exports are shown as entered."""
    found = project(
        tmp_path,
        "2024H1,voices,,163,,,公表ページ,2025-04-05,",
        "2024H1,voices,感謝,100,,,公表ページ,2025-04-05,",
    )
    figures = summarized(found, "voices", period="2024H1").figures
    shown = {(f.item, f.value.number, f.origin.kind) for f in figures}
    assert {(None, 163, "entered"), ("感謝", 100, "entered")} <= shown
    assert ("不満", None, "computed") in shown


def test_it_is_frozen_and_its_change_is_told(tmp_path: Path) -> None:
    """An entered value is part of what was published; diff says when it was changed."""
    found = project(tmp_path, "2025H1,nps,,45,,,保険会社A,2025-10-05,")
    found.freeze()
    assert not found.diff().changed
    file = tmp_path / "published" / "他.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",45,", ",47,"), encoding="utf-8")
    (kpi,) = found.diff().kpis
    (move,) = kpi.moves
    assert (kpi.id, move.difference) == ("nps", 2)
    assert move.why is not None
    assert move.why.en == "an entered value: there are no rows behind it"


def test_cp932(tmp_path: Path) -> None:
    """A csv that Excel saved in cp932, with a line of blanks, is read as well."""
    found = project(tmp_path)
    lines = f"{HEADER}\r\n2025H1,nps,,45,,,保険会社①,2025/10/5,\r\n,,,,,,,,\r\n"
    (tmp_path / "published" / "他.csv").write_bytes(lines.encode("cp932"))
    assert summarized(found, "nps").figures[0].origin.source == "保険会社①"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("上期,nps,,45,,,A,2025-10-05,", "line 2, period:"),
        ("2025H1,npz,,45,,,A,2025-10-05,", "line 2, kpi: no KPI 'npz'; did you mean 'nps'?"),
        ("2025H1,nps,,x,,,A,2025-10-05,", "line 2, value: no number"),
        ("2025H1,nps,,,,,A,2025-10-05,", "line 2, value: must be there"),
        ("2025H1,nps,,45,,,,2025-10-05,", "line 2, source: must be there"),
        ("2025H1,nps,,45,,,A,,", "line 2, entered_on: must be there"),
        ("2025H1,nps,,45,,,A,2025-02-30,", "line 2, entered_on: no date"),
        ("2025H1,nps,,45,1,2,A,2025-10-05,", "line 2, numerator: both belong to a ratio"),
        ("2025H1,share,,45,1,,A,2025-10-05,", "line 2, denominator: both belong to a ratio"),
        ("2025H1,share,,45,1,2,A,2025-10-05,", "line 2, value: 1/2 is 50.0"),
        ("2025H1,share,,45,1,-2,A,2025-10-05,", "line 2, denominator: no whole number"),
        ("2025H1,voices,,4.5,,,A,2025-10-05,", "line 2, value: a count is a whole number"),
        ("2025H1,voices_nonlife,x,4,,,A,2025-10-05,", "line 2, item: voices_nonlife has no parts"),
        ("2025H1,scheme_explanations,,4,,,A,2025-10-05,", "line 2, item: scheme_explanations"),
        ("2025H1,nps", "line 2: not as many cells"),
        ('2025H1,"nps', "line 2: "),
        ("2025H1,nps,,45,,,A,2025-10-05,\n2025上,nps,,46,,,A,2025-10-05,", "line 3, kpi: entered"),
    ],
)  # fmt: skip
def test_a_line_that_is_wrong(tmp_path: Path, line: str, told: str) -> None:
    """Each is an error that names file, line and column."""
    found = project(tmp_path, line)
    with pytest.raises(InputError) as error:
        summarized(found, "voices")
    message = error.value.message.en
    assert message.startswith("entered values, 他.csv")
    assert told.partition(",")[2].strip() in message or told in message
    what = error.value.message.ja.partition("正しくありません: ")[2]
    assert what != message.partition(": ")[2]
    assert re.search("[ぁ-ん一-龠]", what), "it says it in Japanese, too"


NPS_BELOW = "2025H1,nps,,-20,,,A,2025-10-05,"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("2024H1,voices,,-5,,,A,2025-10-05,", "value: a count is never negative"),
        ("2024H1,voices,感謝,-5,,,A,2025-10-05,", "value: a count is never negative"),
        ("2024H1,renewal_talks,,170.6,,,A,2025-10-05,", "value: a rate is a percentage"),
        ("2024H1,renewal_talks,,-1,,,A,2025-10-05,", "value: a rate is a percentage"),
        ("2024H1,share,,120,,,A,2025-10-05,", "value: a rate is a percentage"),
        ("2024H1,share,,100,10001,10000,A,2025-10-05,", "numerator: it is larger"),
        ("2024H1,share,,0,0,0,A,2025-10-05,", "denominator: there is no rate of nothing"),
        ("2024H1,voices,苦情,5,,,A,2025-10-05,", "item: voices has no such part"),
        ("2024H1,elderly_cases,書類,5,,,A,2025-10-05,", "item: elderly_cases has no such part"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be(tmp_path: Path, line: str, told: str) -> None:
    """It is an error that names file, line and column, and says what to do."""
    found = project(tmp_path, NPS_BELOW, line)
    with pytest.raises(InputError) as error:
        summarized(found, "voices")
    assert error.value.message.en.startswith(f"entered values, 他.csv line 3, {told}")
    assert "他.csv 行3" in error.value.message.ja
    assert error.value.hint is not None


@pytest.mark.parametrize(
    "header", ["", "period,kpi,value,source", f"{HEADER},owner", f"{HEADER},kpi"]
)
def test_a_header_that_is_wrong(tmp_path: Path, header: str) -> None:
    """A column that is missing, unknown or there twice is named."""
    with pytest.raises(InputError, match="header"):
        summarized(project(tmp_path, header=header), "voices")


def test_an_id_belongs_to_one(tmp_path: Path) -> None:
    """An entered KPI cannot have the id of another."""
    small = Project(tmp_path).toml('[entered.voices]\ntitle = "声"')
    with pytest.raises(
        kpicli.base.errors.SettingsError, match=r"entered\.voices: a KPI has that id"
    ):
        small.load("voices")
