"""Headers are matched with the columns that a source declares."""

import tomllib

import pytest

from kpicli.base.errors import InputError
from kpicli.catalog.read import read_catalog
from kpicli.catalog.sources import Column, Source
from kpicli.loaders.cells.headers import column_positions, is_header, match_headers
from kpicli.loaders.text.delimited import read_delimited
from support.delimited_texts import SOURCE, export


def test_a_missing_column_is_told() -> None:
    """Without its required columns the file is refused, naming what was there."""
    with pytest.raises(InputError, match=r"'受付日'.*Headers found: 受付番号、日付"):
        read_delimited(export("受付番号\t日付\nV1\t2025/4/1\n".encode()), SOURCE)


def test_a_column_that_stands_there_twice_is_refused() -> None:
    """Two columns of one meaning are an error, since nothing says which one counts."""
    with pytest.raises(InputError, match="more than once"):
        read_delimited(export("受付番号,受付日,受付日\nV1,a,b\n".encode()), SOURCE)


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


def test_what_to_write_for_a_header_of_another_name() -> None:
    """The nearest header that is there stands in the line to copy."""
    with pytest.raises(InputError) as caught:
        column_positions(("受付番号", "受付日時"), SOURCE, "v.csv")
    assert caught.value.message.en == (
        "v.csv: the required column '受付日' (お客様の声) is missing."
        " Headers found: 受付番号、受付日時"
    )
    assert caught.value.hint is not None
    assert caught.value.hint.en == (
        "if '受付日時' is that column, add to voices under [exports] in kpicli.toml: "
        'headers = { received_on = ["受付日時"] } '
        "(the entry is of the form voices = { files = …, headers = … })"
    )


def test_a_header_that_stands_there_twice_is_named_with_both_places() -> None:
    """Columns are counted from 1, as people count them."""
    with pytest.raises(InputError) as caught:
        column_positions(("受付番号", "x", "受付日", "受付日"), SOURCE, "v.csv")
    assert caught.value.message.en == (
        "v.csv: the column '受付日' stands there more than once (columns 3, 4)"
    )


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


def test_columns_of_the_very_same_header_are_chosen_by_number() -> None:
    """The first is #1; a number beyond the last one chooses nothing."""
    cells = ("受付番号", "受付日", "点数", "点数")
    for number, place in ((1, 2), (2, 3)):
        extra = {"score": (f"点数#{number}",)}
        assert column_positions(cells, SOURCE, "v.csv", extra)["score"] == place
    assert match_headers(cells, SOURCE, {"score": ("点数#3",)})["score"] == [2, 3]
    written = ("受付番号", "受付日", "Method__c#2", "点数")
    assert match_headers(written, SOURCE, {"content": ("Method__c#2",)})["content"] == [2]
    with pytest.raises(InputError) as caught:
        column_positions(cells, SOURCE, "v.csv")
    assert caught.value.hint is not None
    assert 'headers = { score = ["点数#2"] }' in caught.value.hint.en


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


ROWS = (("V1", "2025/4/1", "1", "苦情"), ("V2", "2025/4/2", "2", "感謝"))


@pytest.mark.parametrize(
    ("cells", "advised"),
    [
        (("受付番号", "受付時", "点数", "x"), "受付時"),
        (("受付番号", "x", "点数", "受付け日"), None),  # these cells are no dates
        (("受付番号", "x", "点数", "声の区分"), None),  # no column that is in use
    ],
)
def test_a_suggestion_fits_the_cells(cells: tuple[str, ...], advised: str | None) -> None:
    """A suggested column is free, and its cells can be read as what is wanted."""
    with pytest.raises(InputError) as caught:
        column_positions(cells, SOURCE, "v.csv", None, ROWS)
    assert caught.value.hint is not None
    assert (f"if {advised!r} is" in caught.value.hint.en) == (advised is not None)
    assert (f'["{advised or "見出し"}"]') in caught.value.hint.en


def test_an_id_is_never_suggested_under_a_column_of_days() -> None:
    """Nor under one whose cells come again."""
    rows = [("3", "2025/4/1 9:00", "2025/4/1", "1"), ("4", "2025/4/2 9:00", "2025/4/2", "1")]
    with pytest.raises(InputError, match=r".") as caught:
        column_positions(
            ("レコード番号", "受付日時", "受付日", "受付番"), SOURCE, "v.csv", None, rows
        )
    assert caught.value.hint is not None
    assert "if 'レコード番号' is" in caught.value.hint.en


@pytest.mark.parametrize("header", ["受付\n日時", '受付"日時', "受付\\日時", "受付\u2028日時"])
def test_a_suggestion_is_toml(header: str) -> None:
    """Whatever signs the header holds, what is advised can be pasted, and then fits."""
    with pytest.raises(InputError) as caught:
        column_positions(("受付番号", header), SOURCE, "v.csv")
    assert caught.value.hint is not None
    _, _, entry = caught.value.hint.en.partition("kpicli.toml: ")
    added = tomllib.loads(entry.partition(" (the entry")[0])["headers"]
    extra = {name: tuple(headers) for name, headers in added.items()}
    assert column_positions(("受付番号", header), SOURCE, "v.csv", extra)["received_on"] == 1
