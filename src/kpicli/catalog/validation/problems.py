"""The problems that pydantic finds in declared data, at the keys as they are written there."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kpicli.base.errors import SettingsError
from kpicli.base.problems import InvalidValue, Problem, joined, misnamed
from kpicli.base.wording import Text, listed
from kpicli.catalog.validation.words import remedy_of, words_of

Choices = Mapping[str, Sequence[str]]
"""The kinds among which a key chooses, by that key: `measure`, `kind`."""


class InvalidSettings(SettingsError):
    """A settings file, or a catalogue, with all that is wrong in it."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        ja, en = ("\n".join(f"  {each.line(lang)}" for each in problems) for lang in ("ja", "en"))
        super().__init__(
            Text(f"{file} の設定に誤りがあります:\n{ja}", f"{file} is not valid:\n{en}"),
            Text("上のキーを直してください", "correct the keys named above"),
        )
        self.args = file, tuple(problems)  # or it could not come from another process
        self.file, self.problems = file, tuple(problems)


def invalid_settings(
    error: ValidationError, file: str, raw: object, choices: Choices | None = None, above: str = ""
) -> InvalidSettings:
    """Return the error that names every wrong key of a settings file or catalogue.

    `raw` is the data as it is written, below the key path `above`.
    """
    problems = problems_of(error, raw, choices or {})
    return InvalidSettings(file, [each.below(above) for each in problems])


def problems_of(error: ValidationError, raw: object, choices: Choices) -> list[Problem]:
    """Return what is wrong with `raw`.

    A value that may be of several types has an error for each of them; they are one problem.
    """
    own: list[Problem] = []
    wanted: dict[str, list[Problem]] = {}
    for details in error.errors():
        path, raised = _path(details, raw), details.get("ctx", {}).get("error")
        if isinstance(raised, InvalidValue):
            own += (each.below(path) for each in raised.problems)
        elif isinstance(raised, ValidationError):  # of a table that is validated by itself
            own += (each.below(path) for each in problems_of(raised, details["input"], choices))
        else:
            wanted.setdefault(path, []).append(_own_words(details, path, choices))
    return [*map(_as_one, wanted.values()), *own]


def _as_one(problems: Sequence[Problem]) -> Problem:
    texts = dict.fromkeys(each.text for each in problems)
    remedy = next((each.remedy for each in problems if each.remedy), "")
    return replace(problems[0], text=listed(list(texts), "、または", ", or "), remedy=remedy)


def _own_words(details: ErrorDetails, path: str, choices: Choices) -> Problem:
    kind, context, written = details["type"], details.get("ctx", {}), details["input"]
    words = words_of(kind, context)
    if kind in ("union_tag_invalid", "union_tag_not_found"):
        key = str(context["discriminator"]).strip("'")
        names, path = choices.get(key, ()), joined(path, key)
        return misnamed(path, words.ja, words.en, context.get("tag", ""), names)
    if kind in ("literal_error", "enum"):
        names = re.findall(r"[^', ]+", str(context["expected"]).replace(" or ", ", "))
        ja, en = f"「{written}」という値はありません", f"no value {written!r}"
        if isinstance(written, str):
            return misnamed(path, ja, en, written, names)
        known = ", ".join(names)
        return Problem(path, Text(f"{ja}(使えるもの: {known})", f"{en} (there are: {known})"))
    return Problem(path, words, remedy=remedy_of(kind, written))


def _path(details: ErrorDetails, raw: object) -> str:
    """Return the keys that lead to a problem, as they stand in the file.

    pydantic adds the kind of a table and the type that a value was tried as; it counts what stands
    alone as a list of one; and columns made of others, which stand among the others, are `derived`.
    """
    keys: list[str] = []
    value: Any = raw
    loc = details["loc"]
    if loc[:1] == ("composed",):  # which stand among the other KPIs
        loc = ("kpi", *loc[1:])
    if loc[:1] in (("kpi",), ("check",)):
        loc = (*loc[:2], *loc[3:])
    for place in loc:
        if isinstance(value, dict) and place == "derived" and place not in value:
            place = "columns"
        inside = isinstance(value, list) and isinstance(place, int) and place < len(value)
        if inside or (isinstance(value, dict) and place in value):
            keys.append(str(place))
            value = value[place]
    if details["type"] == "missing":
        keys.append(str(details["loc"][-1]))
    return joined(*keys)
