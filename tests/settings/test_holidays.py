"""The holidays of a calendar, wherever they are written."""

from datetime import date
from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.settings.holidays import holiday_dates
from support.small_project import Project

LISTED = "国民の祝日・休日月日,国民の祝日・休日名称\n2025/4/29,昭和の日\n2025/5/5,こどもの日\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_file_has_them_in_its_first_column(encoding: str, tmp_path: Path) -> None:
    """A header is passed over, and either encoding is read."""
    (tmp_path / "祝日.csv").write_text(LISTED, encoding=encoding)
    assert holiday_dates("祝日.csv", tmp_path) == [date(2025, 4, 29), date(2025, 5, 5)]


def test_the_national_ones_are_those_of_the_law(tmp_path: Path) -> None:
    """A substitute holiday is one, too: 4 May 2025 is a Sunday, so 6 May is off."""
    national = holiday_dates("JP", tmp_path)
    assert isinstance(national, list)
    may = [day.isoformat() for day in national if (day.year, day.month) == (2025, 5)]
    assert may == ["2025-05-03", "2025-05-04", "2025-05-05", "2025-05-06"]


@pytest.mark.parametrize(
    ("content", "message"),
    [(None, "cannot open"), (b"a,b\n", "no date"), (b"\x82\n\x82", "neither UTF-8 nor cp932")],
)
def test_what_holds_none_is_refused(content: bytes | None, message: str, tmp_path: Path) -> None:
    """No file, a file without dates and one in another encoding are errors in words."""
    if content is not None:
        (tmp_path / "祝日.csv").write_bytes(content)
    with pytest.raises(SettingsError) as error:
        holiday_dates("祝日.csv", tmp_path)
    assert message in str(error.value)


def test_a_changed_file_changes_the_figure(tmp_path: Path) -> None:
    """Business days follow the file as it is now, and no figure of before is kept."""
    rows = ["V1,2025/4/28,生保,不満,東,2025/4/30"]
    project = (
        Project(tmp_path)
        .export("voices", rows)
        .toml(
            '[kpi.own]\ntitle = "試し"\nsource = "voices"\nmeasure = "count"\n'
            'where = { improved_on = { on_or_before = "@received_on + 1 business day" } }\n'
            '[calendar]\nclosed = "土"\nholidays = "祝日.csv"'
        )
    )
    (tmp_path / "祝日.csv").write_text(LISTED, encoding="utf-8")
    assert project.summarize("own").number() == 1
    (tmp_path / "祝日.csv").write_text(LISTED.replace("4/29", "4/20"), encoding="utf-8")
    assert project.summarize("own").number() == 0
