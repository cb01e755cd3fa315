"""Every declared column has one place in a header row; where it has none, advice that works."""

import tomllib

import pytest

from kpicli.base.errors import InputError
from kpicli.loaders.cells.column_positions import column_positions, repeated_columns
from kpicli.loaders.cells.headers import match_headers
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


def test_what_to_write_for_a_header_of_another_name() -> None:
    """The nearest header that is there stands in the line to copy."""
    with pytest.raises(InputError) as caught:
        column_positions(("受付番号", "受付日時"), SOURCE, "v.csv")
    assert caught.value.message.en == (
        "v.csv: the required column '受付日' (お客様の声 (voices)) is missing."
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
        "v.csv: the column '受付日' stands there more than once (columns 3 (C), 4 (D))"
    )


def test_columns_of_the_very_same_header_are_chosen_by_number() -> None:
    """The first is #1; a number beyond the last one chooses nothing."""
    cells = ("受付番号", "受付日", "点数", "点数")
    for number, place in ((1, 2), (2, 3)):
        extra = {"score": (f"点数#{number}",)}
        assert column_positions(cells, SOURCE, "v.csv", extra)["score"] == place
    assert match_headers(cells, SOURCE, {"score": ("点数#3",)})["score"] == [2, 3]
    written = ("受付番号", "受付日", "Method__c#2", "点数")
    assert match_headers(written, SOURCE, {"content": ("Method__c#2",)})["content"] == [2]
    assert "score" not in column_positions(cells, SOURCE, "v.csv")
    assert repeated_columns(cells, SOURCE) == {
        "score": '3 (C), 4 (D); headers = { score = ["点数#2"] }'
    }


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
