"""Questions to the person, answered by lines of stdin."""

import io

import pytest

from kpicli.base.errors import UsageError
from kpicli.cli.shared import dialogue


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    """Let stdin hold a text."""
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


@pytest.mark.parametrize(("text", "place"), [("\n", 0), ("2\n", 1), ("２\n", 1), (" 3 \n", 2)])
def test_a_number_or_enter(monkeypatch: pytest.MonkeyPatch, text: str, place: int) -> None:
    """Enter chooses the first answer; a number, of any width, its own."""
    typed(monkeypatch, text)
    assert dialogue.ask(["which?"], 3) == place


def test_asked_once_more(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is no number of an answer is said to be none, and the next line counts."""
    typed(monkeypatch, "4\nx\n2\n")
    assert dialogue.ask(["which?"], 3) == 1
    assert capsys.readouterr().err.count("1 から 3 の番号です") == 2


@pytest.mark.parametrize(
    ("text", "yes"), [("\n", True), ("y\n", True), ("n\n", False), ("Ｎ\n", False)]
)
def test_confirm(monkeypatch: pytest.MonkeyPatch, text: str, yes: bool) -> None:
    """Enter agrees, n does not."""
    typed(monkeypatch, text)
    assert dialogue.confirm("write?") is yes


def test_the_input_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody answers the run ends, and says how to go on without questions."""
    typed(monkeypatch, "")
    with pytest.raises(UsageError) as error:
        dialogue.ask(["which?"], 2)
    assert error.value.hint is not None
    assert "--yes" in error.value.hint.en
