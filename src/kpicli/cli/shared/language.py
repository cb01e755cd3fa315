"""The language in force: --lang, else KPICLI_LANG, else Japanese.

Help texts are fixed when a command is declared, so the choice is made before that, from the
arguments themselves.
"""

import os
import sys
from collections.abc import Sequence

from kpicli.base.wording import Language, Text


def language_of(arguments: Sequence[str], environment: str | None) -> Language:
    """Return the language that the arguments ask for, else the environment, else Japanese."""
    wanted = environment
    for place, argument in enumerate(arguments):
        if argument.startswith("--lang="):
            wanted = argument.removeprefix("--lang=")
        elif argument == "--lang" and place + 1 < len(arguments):
            wanted = arguments[place + 1]
    return "en" if wanted == "en" else "ja"


LANGUAGE: Language = language_of(sys.argv[1:], os.environ.get("KPICLI_LANG"))


def say(ja: str, en: str) -> str:
    """Return the wording in the language in force."""
    return Text(ja, en).in_language(LANGUAGE)
