"""The work of a cluster's workers: plain functions of what is sent to them.

Whatever is lost with a worker is computed again by the same function from the same arguments, so
none of them may depend on when or where it runs.
"""

import pickle
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from typing import TypeVar, cast

import numpy as np
from msgspec.structs import replace

from kpicli.base.errors import InputError, InternalError, KpicliError
from kpicli.base.wording import Text
from kpicli.loaders.cells.keys import Keys, RemoteKeys
from kpicli.loaders.cells.pieces import Piece
from kpicli.loaders.engines.cluster.cluster_errors import other_version
from kpicli.loaders.rows.shared_keys import Numbered, repeated_numbers

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")


@cache
def own_version() -> str:
    """Return the version of kpicli where this runs."""
    return version("kpicli")


def unpacked(packed: bytes) -> object:
    """Return what the one who asks has packed to be sent once."""
    return pickle.loads(packed)  # noqa: S301 - who may send tasks may send any code


def read(run: Callable[[_Task], _Result], task: _Task, expected: str) -> _Result | KpicliError:
    """Do a task; what is wrong with a file, or with this worker, is a result too."""
    if own_version() != expected:
        return other_version("a worker", own_version(), expected)
    try:
        return run(task)
    except InputError as error:
        return error


def is_piece(result: object) -> bool:
    """Return whether a result is a piece of a file, with what else is known of it."""
    return isinstance(result, tuple) and bool(result) and isinstance(result[0], Piece)


def keys_of(result: object) -> Keys:
    """Return the keys of the piece that was read: they stay; none where it was no piece."""
    if isinstance(result, tuple) and is_piece(result):
        piece: Piece = result[0]
        if isinstance(piece.keys, RemoteKeys):
            raise InternalError(
                Text(
                    "読んだ部分の行の番号が手元にありません",
                    "the keys of a piece that was just read are not here",
                )
            )
        return piece.keys
    return np.zeros(0, np.uint64)


def without_keys(result: _Result, name: str) -> _Result:
    """Return what goes back: the result, its keys replaced by the name under which they stay."""
    if isinstance(result, tuple) and is_piece(result):
        piece, *rest = result
        return cast(_Result, (replace(piece, keys=RemoteKeys(name, piece.rows)), *rest))
    return result


def bucket(keys: Keys, first: int, number: int, buckets: int) -> Numbered:
    """Return the rows, counted from `first`, whose keys belong to one of so many buckets."""
    rows = np.flatnonzero(keys % np.uint64(buckets) == np.uint64(number))
    return Numbered(keys[rows], rows + first)


def repeated_in(parts: Sequence[Numbered]) -> Numbered:
    """Return, of a bucket's rows from all pieces, those whose key occurs more than once."""
    return repeated_numbers(together(parts))


def together(parts: Sequence[Numbered]) -> Numbered:
    """Return all rows of the parts side by side."""
    if not parts:
        return Numbered(np.zeros(0, np.uint64), np.zeros(0, np.int64))
    keys, rows = [part.keys for part in parts], [part.rows for part in parts]
    return Numbered(np.concatenate(keys), np.concatenate(rows))
