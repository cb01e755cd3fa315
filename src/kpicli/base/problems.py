"""What is wrong with declared data, such as settings: the key, the cause, and what was meant."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from kpicli.base.wording import Language, Text, nearest_of, suggestion

Remedy = Literal["", "quote", "unquote", "list", "unlist", "literal"]
"""What may be done to a value: put it into quotes or brackets, or take it out of them.

`literal` are the quotes within which a backslash is one.
"""


class Problem(Struct, frozen=True):
    """What is wrong with a key.

    `path` leads to it by dots, from the table at hand, which is "". `slip` is a name that is
    written wrongly, there as a key or as a value, and `meant` the nearest that there is. `remedy`
    is what may make the key's value one of the type that is wanted.
    """

    path: str
    text: Text
    slip: str = ""
    meant: str = ""
    remedy: Remedy = ""

    def below(self, path: str) -> "Problem":
        """Return the problem as it is seen from further above: `path` leads to the table."""
        return replace(self, path=joined(path, self.path))

    def line(self, language: Language) -> str:
        """Return path and cause."""
        text = self.text.in_language(language)
        return f"{self.path}: {text}" if self.path else text


def problem(path: str, ja: str, en: str) -> Problem:
    """Return a problem in words alone."""
    return Problem(path, Text(ja, en))


def misnamed(path: str, ja: str, en: str, name: object, names: Iterable[str]) -> Problem:
    """Return the problem that `name` is none of `names`, with the nearest of them or all."""
    names = list(names)
    near = suggestion(str(name), names)
    text = Text(f"{ja}({near.ja})", f"{en} ({near.en})")
    return Problem(path, text, slip=str(name), meant=nearest_of(str(name), names) or "")


def joined(*keys: str) -> str:
    """Return keys as a path; an empty one is the table itself."""
    return ".".join(key for key in keys if key)


class InvalidValue(ValueError):
    """Declared data that cannot be: raised where it is parsed, and then placed by who reads it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(each.line("en") for each in self.problems)


def invalid(ja: str, en: str, path: str = "") -> InvalidValue:
    """Return the error of one problem with the table at hand, or with a key of it."""
    return InvalidValue(problem(path, ja, en))
