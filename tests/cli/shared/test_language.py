"""Which language the command line speaks."""

import pytest

from kpicli.cli.shared.language import language_of
from support.command_line import process


def test_the_environment_names_the_language() -> None:
    """KPICLI_LANG=en does what --lang en does; --lang is stronger."""
    assert process("--help", KPICLI_LANG="en").text.startswith("Usage: ")
    assert process("--lang=ja", "--help", KPICLI_LANG="en").text.startswith("使い方: ")


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ((), None, "ja"),
        ((), "en", "en"),
        ((), "fr", "ja"),
        (("--lang", "en", "check"), None, "en"),
        (("--lang=en", "check"), "ja", "en"),
        (("--lang", "ja"), "en", "ja"),
        (("--lang", "en", "--lang", "ja"), None, "ja"),
        (("--lang",), "en", "en"),
    ],
)
def test_arguments_go_before_the_environment(
    arguments: tuple[str, ...], environment: str | None, language: str
) -> None:
    """The last --lang counts; what is no language of ours is Japanese."""
    assert language_of(arguments, environment) == language
