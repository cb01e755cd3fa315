"""The engine that was asked for by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kpicli.base.errors import SettingsError, UsageError
from kpicli.base.wording import Text

if TYPE_CHECKING:
    from kpicli.loaders.engines.interface import Engine

ENGINES = ("local", "dask")


@contextmanager
def open_engine(name: str = "local", scheduler: str | None = None) -> "Iterator[Engine | None]":
    """Return, as a context, the engine of a name; None leaves the choice to the loader.

    `local` are the processors of this machine. `dask` are the workers of a Dask cluster: that of
    the scheduler's address, or without one some that are started here. Raises `UsageError` for
    another name, for a scheduler without `dask` or one that cannot be reached, and `SettingsError`
    where Dask is not installed.
    """
    check_engine(name, scheduler)
    if name == "local":
        yield None
        return
    try:
        import distributed  # noqa: F401 - asked for first, so that its absence can be reported
    except ImportError as error:
        raise _not_installed() from error
    from kpicli.loaders.engines.cluster.connection import connected
    from kpicli.loaders.engines.cluster.engine import Dask

    with connected(scheduler) as client:
        yield Dask(client)


def check_engine(name: str, scheduler: str | None) -> None:
    """Raise `UsageError` where there is no such engine, or a scheduler is not what it needs."""
    if name not in ENGINES:
        known = ", ".join(ENGINES)
        raise UsageError(
            Text(f"--engine に「{name}」はありません", f"there is no engine {name!r}"),
            Text(f"使えるもの: {known}", f"there are: {known}"),
        )
    if scheduler is not None and name != "dask":
        raise UsageError(
            Text("--scheduler は --engine dask と使います", "--scheduler needs --engine dask"),
            Text("--engine dask も付けてください", "add --engine dask"),
        )


def _not_installed() -> SettingsError:
    return SettingsError(
        Text("Dask が入っていません", "Dask is not installed"),
        Text('pip install "kpicli[dask]"', 'pip install "kpicli[dask]"'),
    )
