"""Headers are matched with the columns that a source declares."""

import pytest

from kpicli.base.errors import InputError
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
        "if '受付日時' is that column, write under [exports] in kpicli.toml: "
        'voices = { files = "v.csv", headers = { received_on = ["受付日時"] } }'
    )


def test_a_header_that_stands_there_twice_is_named_with_both_places() -> None:
    """Columns are counted from 1, as people count them."""
    with pytest.raises(InputError) as caught:
        column_positions(("受付番号", "x", "受付日", "受付日"), SOURCE, "v.csv")
    assert caught.value.message.en == (
        "v.csv: the column '受付日' stands there more than once (columns 3, 4)"
    )
