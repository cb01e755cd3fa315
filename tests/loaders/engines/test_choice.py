"""The engine that was asked for by name, or a word on why there is none."""

import pytest

from kpicli.base.errors import UsageError
from kpicli.loaders.engines.choice import check_engine, open_engine


def test_this_machine_leaves_the_choice_to_the_loader() -> None:
    """How much there is to read decides between one thread, threads and processes."""
    with open_engine("local") as engine:
        assert engine is None


@pytest.mark.parametrize(
    ("name", "scheduler", "message", "hint"),
    [
        ("spark", None, "there is no engine 'spark'", "there are: local, dask"),
        ("local", "tcp://127.0.0.1:1", "--scheduler needs --engine dask", "add --engine dask"),
    ],
)
def test_what_does_not_go_together(
    name: str, scheduler: str | None, message: str, hint: str
) -> None:
    """It is refused before anything is loaded or connected, with what to write."""
    for refused in (lambda: check_engine(name, scheduler), open_engine(name, scheduler).__enter__):
        with pytest.raises(UsageError) as caught:
            refused()
        assert caught.value.message.en == message
        assert caught.value.hint is not None
        assert caught.value.hint.en == hint
