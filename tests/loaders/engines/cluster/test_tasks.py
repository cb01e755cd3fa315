"""What the workers of a cluster do: plain functions, whatever machine they run on."""

import numpy as np
import pytest

from kpicli.base.errors import InputError, SettingsError
from kpicli.base.wording import Text
from kpicli.loaders.cells.keys import RemoteKeys
from kpicli.loaders.cells.pieces import Piece
from kpicli.loaders.engines.cluster.tasks import (
    bucket,
    is_piece,
    keys_of,
    own_version,
    read,
    repeated_in,
    together,
    without_keys,
)
from kpicli.loaders.rows.shared_keys import Numbered


def piece(*keys: int) -> Piece:
    """Return rows with these keys, and no columns."""
    return Piece(len(keys), {}, np.array(keys, np.uint64), np.zeros(len(keys), np.bool_), None)


def fails(_: int) -> int:
    """Raise what a broken file raises."""
    raise InputError(Text("壊", "broken"))


def test_what_is_wrong_with_a_file_is_an_answer() -> None:
    """It goes back as a value, to be raised where the run was asked for."""
    assert read(lambda number: 2 * number, 21, own_version()) == 42
    answer = read(fails, 1, own_version())
    assert isinstance(answer, InputError)
    assert answer.message.en == "broken"


def test_another_version_does_no_task() -> None:
    """It might count otherwise: its answer is which version it has."""
    answer = read(fails, 1, "9.9")
    assert isinstance(answer, SettingsError)
    assert own_version() in answer.message.en


def test_keys_stay_with_the_worker() -> None:
    """What goes back has their number and the name under which they can be asked for."""
    result = (piece(7, 7, 9), "more")
    assert is_piece(result)
    assert keys_of(result).tolist() == [7, 7, 9]
    left, more = without_keys(result, "k1")
    assert (left.keys, more) == (RemoteKeys("k1", 3), "more")
    assert left.rows == 3


@pytest.mark.parametrize("result", [(), ("a", 1), 3, None])
def test_other_results_have_no_keys(result: object) -> None:
    """They come back as they are."""
    assert not is_piece(result)
    assert keys_of(result).tolist() == []
    assert without_keys(result, "k1") is result


def test_buckets_share_out_the_rows() -> None:
    """Every row is in exactly one, and equal keys in the same; rows are counted from `first`."""
    keys = np.array([5, 2, 5, 4, 7, 2], np.uint64)
    buckets = [bucket(keys, 100, number, 3) for number in range(3)]
    assert sorted(row for own in buckets for row in own.rows.tolist()) == list(range(100, 106))
    assert [own.keys.tolist() for own in buckets] == [[], [4, 7], [5, 2, 5, 2]]
    repeated = repeated_in([buckets[2], Numbered(np.array([4, 4], np.uint64), np.array([1, 2]))])
    pairs = zip(repeated.keys.tolist(), repeated.rows.tolist(), strict=True)
    assert sorted(pairs) == [(2, 101), (2, 105), (4, 1), (4, 2), (5, 100), (5, 102)]


def test_nothing_together_is_nothing() -> None:
    """A bucket that no piece has rows in is empty."""
    assert len(together([]).rows) == len(together([]).keys) == 0
