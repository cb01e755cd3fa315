"""Each usual slip of TOML has the line that was meant."""

import tomllib
from collections.abc import Iterable, Iterator

import pytest

from kpicli.settings.toml.corrected_lines import SLIPS

LINES = [
    ('区分 = "苦情"', {"区分": "苦情"}),
    ("[kpi.苦情]", {"kpi": {"苦情": {}}}),
    ('[kpi."x".声 の数] # 注', {"kpi": {"x": {"声 の数": {}}}}),
    ('where = { 区分 = "不満", a = 1 }', {"where": {"区分": "不満", "a": 1}}),
    ("timezone = “Asia/Tokyo”", {"timezone": "Asia/Tokyo"}),
    ("timezone = 「Asia/Tokyo」", {"timezone": "Asia/Tokyo"}),
    ('timezone＝"Asia/Tokyo"', {"timezone": "Asia/Tokyo"}),
    ('timezone　=　"東京　都"', {"timezone": "東京　都"}),
    ("［exports］", {"exports": {}}),
    ('files = ["a.csv"、 "b.csv"]', {"files": ["a.csv", "b.csv"]}),
    ('files = "C:\\Users\\声.csv"', {"files": "C:\\Users\\声.csv"}),
    ("files = C:\\data\\a.csv", {"files": "C:\\data\\a.csv"}),
    ("timezone = Asia/Tokyo # 東京", {"timezone": "Asia/Tokyo"}),
    ("files = [声.csv, 'b.csv']", {"files": ["声.csv", "b.csv"]}),
    ("covers = 2025-04..2025-09", {"covers": "2025-04..2025-09"}),
    ("voices = { covers = 2025H1 }", {"voices": {"covers": "2025H1"}}),
    ('timezone = "Asia/Tokyo', {"timezone": "Asia/Tokyo"}),
    ('timezone = Asia/Tokyo"', {"timezone": "Asia/Tokyo"}),
    ('files = ["a.csv]', {"files": ["a.csv"]}),
    ('files = ["a.csv" # 注', {"files": ["a.csv"]}),
    ("[exports", {"exports": {}}),
    ("[exports]]", {"exports": {}}),
    ("x = { a = 1", {"x": {"a": 1}}),
    ("total = True", {"total": True}),
    ("total = いいえ", {"total": False}),
    ("starts = 04", {"starts": 4}),
    ('timezone: "Asia/Tokyo"', {"timezone": "Asia/Tokyo"}),
    ('timezone "Asia/Tokyo"', {"timezone": "Asia/Tokyo"}),
]


@pytest.mark.parametrize(("line", "meant"), LINES)
def test_the_line_that_was_meant(line: str, meant: object) -> None:
    """It is not TOML as written; the first correction that is says what was meant."""
    with pytest.raises(tomllib.TOMLDecodeError):
        tomllib.loads(line)
    assert meant in list(read(own for slip in SLIPS for own in slip.corrected(line)))[:1]


def read(lines: Iterable[str]) -> Iterator[dict[str, object]]:
    """Give the tables of those lines that are TOML."""
    for line in lines:
        try:
            yield tomllib.loads(line)
        except tomllib.TOMLDecodeError:
            continue


@pytest.mark.parametrize("line", ["since = 2025/4/1", "since = 2025-4-1", "since = 2025年4月1日"])
def test_a_day_is_a_date(line: str) -> None:
    """A day in another form is a date of TOML, not a text."""
    own = next(read(o for slip in SLIPS for o in slip.corrected(line)))
    assert str(own["since"]) == "2025-04-01"


@pytest.mark.parametrize(
    "line", ['a = "“x”、＝"', "a = 'C:\\x'", '"声" = 1', "a = [1, 2] # 注＝“x”", '[a."声"]', ""]
)
def test_what_is_right_stays(line: str) -> None:
    """Signs within texts and comments are meant: most slips leave a right line as it is."""
    tomllib.loads(line)
    for slip in SLIPS[:7]:
        assert [own for own in slip.corrected(line) if own != line] == []
