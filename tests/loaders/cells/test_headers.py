"""Headers are matched with the columns that a source declares."""

import pytest

from kpicli.catalog.read import read_catalog
from kpicli.catalog.sources.columns import Column
from kpicli.catalog.sources.source import Source
from kpicli.loaders.cells.column_positions import column_positions
from kpicli.loaders.cells.headers import is_header, match_headers, unpivoted_name
from support.delimited_texts import SOURCE


def test_spellings_compare_folded() -> None:
    """Width, white space and line ends do not matter; columns that nobody declares are passed."""
    cells = (" 受付番号", "受付日\n", "備考", "声の区分")
    assert match_headers(cells, SOURCE) == {"voice_id": [0], "received_on": [1], "category": [3]}
    assert match_headers(("ｺﾒﾝﾄ", "点数"), SOURCE, {"content": ("コメント",)}) == {
        "content": [0],
        "score": [1],
    }


def test_a_header_row_has_every_required_column() -> None:
    """The others may be missing; the settings may add a spelling to any."""
    assert is_header(("備考", "受付日", "受付番号"), SOURCE)
    assert not is_header(("受付番号", "声の区分"), SOURCE)
    assert is_header(("番号", "受付日"), SOURCE, {"voice_id": ("番号",)})


def with_columns(**columns: Column) -> Source:
    """Return the voices source with these columns added or changed."""
    return Source(
        id="voices",
        title=SOURCE.title,
        key=SOURCE.key,
        rhythm=SOURCE.rhythm,
        columns={**SOURCE.columns, **columns},
    )


CATALOG = read_catalog()
SYNONYMS = [
    (source.id, name, header)
    for source in CATALOG.source.values()
    for name, column in source.columns.items()
    for header in column.headers[1:]
]


@pytest.mark.parametrize(("source_id", "name", "synonym"), SYNONYMS)
def test_a_synonym_beside_the_usual_header_is_another_column(
    source_id: str, name: str, synonym: str
) -> None:
    """Whichever of both comes first; alone, the synonym is the header."""
    source = CATALOG.source[source_id]
    usual = {key: column.headers[0] for key, column in source.columns.items()}
    header = list(usual.values())
    place = header.index(usual[name])
    assert column_positions([*header, synonym], source, "v.csv")[name] == place
    assert column_positions([synonym, *header], source, "v.csv")[name] == place + 1
    assert (
        column_positions([synonym if h == usual[name] else h for h in header], source, "v")[name]
        == place
    )


def test_a_header_of_the_settings_wins_over_a_synonym_as_the_usual_one_does() -> None:
    """Beside the usual one it is refused: nothing says which of both is meant."""
    team = Column(headers=("チーム", "部署"), type="text")
    source = with_columns(team=team)
    cells = ("受付番号", "受付日", "部署", "課")
    assert match_headers(cells, source)["team"] == [2]
    assert match_headers(cells, source, {"team": ("課",)})["team"] == [3]
    assert match_headers((*cells, "チーム"), source, {"team": ("課",)})["team"] == [3, 4]
    assert match_headers((*cells, "チーム"), source, {"team": ("チーム",)})["team"] == [4]


def test_two_columns_may_be_read_from_one_of_the_file() -> None:
    """Unless the settings say which column a header is of."""
    source = with_columns(points=SOURCE.columns["score"])
    cells = ("受付番号", "受付日", "点数", "点数")
    assert match_headers(cells[:3], source)["score"] == [2]
    assert match_headers(cells[:3], source)["points"] == [2]
    chosen = match_headers(cells, source, {"score": ("点数#1",), "points": ("点数#2",)})
    assert (chosen["score"], chosen["points"]) == ([2], [3])


@pytest.mark.parametrize(
    "header", ["番　号", "受付\n番号", "受\r\n付 番号", '="受付番号"', "\x0b 受付番号 \u3000"]
)
def test_white_space_and_wrapping_do_not_matter(header: str) -> None:
    """As in a workbook, also where a text file has them; `番　号` is 番号."""
    wanted = "番号" if header.startswith("番") else "受付番号"
    source = with_columns(voice_id=Column(headers=(wanted,), type="id", required=True))
    assert match_headers(("受 付 日", header), source) == {"received_on": [0], "voice_id": [1]}


@pytest.mark.parametrize(
    ("header", "pattern", "name"),
    [
        ("4月", "*月", "4月"),
        ("４ 月", "*月", "４ 月"),
        ("4月分", "*月", None),
        ("4月分", "{name}分", "4月"),
        ("満足度 [対応]", "満足度[{name}]", "対応"),
        ("満足度[対応]", "満足度[*]", "満足度[対応]"),
        ("a.b", "a?b", None),
        ("a.b", "a.*", "a.b"),
        ("", "*", None),
        ("2025-04-01", "*月", "2025-04-01"),
        ("2025-04-01", "2025年*", "2025-04-01"),
        ("2025-04-01", "{name}/4", "2025-04-01"),
        ("2025-04-01", "5月", None),
        ("年\n計", "年計", "年計"),
    ],
)
def test_columns_to_unpivot(header: str, pattern: str, name: str | None) -> None:
    """`*` is any text, `{name}` what is taken; brackets are themselves, days fit as months."""
    assert unpivoted_name(header, [pattern]) == name
    assert unpivoted_name(header, ["x", pattern]) == name
