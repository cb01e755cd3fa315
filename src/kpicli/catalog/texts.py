"""Texts of the catalogue, one string or Japanese and English beside each other; units, scales."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal

from msgspec import Struct
from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from kpicli.base.problems import InvalidValue, Problem, invalid, misnamed
from kpicli.base.wording import Text, Unit

UNITS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "件": ("case", "cases"),
        "名": ("person", "people"),
        "人": ("person", "people"),
        "回": ("time", "times"),
        "科目": ("subject", "subjects"),
        "円": ("yen", "yen"),
        "点": ("point", "points"),
        "歳": ("year", "years"),
        "日": ("day", "days"),
        "営業日": ("business day", "business days"),
        "か月": ("month", "months"),
        "年": ("year", "years"),
        "時間": ("hour", "hours"),
        "分": ("minute", "minutes"),
        "社": ("company", "companies"),
        "店": ("shop", "shops"),
        "通": ("letter", "letters"),
        "枚": ("sheet", "sheets"),
        "世帯": ("household", "households"),
        "契約": ("contract", "contracts"),
        "%": ("%", "%"),
    }
)
"""The usual counters with their English singular and plural."""

Scale = Literal["千", "万", "百万", "億"]


class Scaled(Struct, frozen=True):
    """The power of ten of a scale, and its name in both languages."""

    power: int
    name: Text

    def before(self, unit: Unit) -> Unit:
        """Return the unit with the scale before it, as in 万件."""
        en = f"{self.name.en} {unit.en}".rstrip()
        return Unit(f"{self.name.ja}{unit.ja}", en)


SCALES: Mapping[Scale, Scaled] = MappingProxyType(
    {
        "千": Scaled(3, Text("千", "thousand")),
        "万": Scaled(4, Text("万", "ten thousand")),
        "百万": Scaled(6, Text("百万", "million")),
        "億": Scaled(8, Text("億", "hundred million")),
    }
)
"""The units in which large numbers are shown."""


def parse_text(raw: object) -> Text:
    """Return the text that a TOML value gives: a string, or a table of `ja` and `en`.

    Without English the Japanese stands in its place. `InvalidValue` says what is wrong.
    """
    if isinstance(raw, Text):
        return raw
    table = _table(raw, ("ja", "en"))
    return Text(table["ja"], table.get("en", table["ja"]))


def parse_unit(raw: object) -> Unit:
    """Return the unit that a TOML value gives; usual Japanese counters have their English.

    `one` is the English singular. An empty unit is none.
    """
    if isinstance(raw, Unit):
        return raw
    if raw == "":
        return Unit("", "")
    table = _table(raw, ("ja", "en", "one"))
    one, several = UNITS.get(table["ja"], ("", table["ja"]))
    if "en" in table:
        one, several = table.get("one", ""), table["en"]
    return Unit(table["ja"], several, table.get("one", one))


def _table(raw: object, keys: tuple[str, ...]) -> dict[str, str]:
    """Return the strings of a text by language; one string alone is the Japanese."""
    if isinstance(raw, str):
        raw = {"ja": raw}
    if not isinstance(raw, Mapping):
        raise invalid(
            '文字列か、両方の言葉 { ja = "…", en = "…" } で書いてください',
            'a text, or both languages: { ja = "…", en = "…" }',
        )
    for key, words in raw.items():
        if key not in keys:
            raise InvalidValue(unknown_key(str(key), keys))
        if not isinstance(words, str) or not words.strip():
            raise invalid("空でない文字列を書いてください", "a text that is not empty", str(key))
    if "ja" not in raw:
        raise invalid("日本語の ja も書いてください", "the Japanese is missing, write `ja` too")
    return {str(key): words.strip() for key, words in raw.items()}


def unknown_key(key: str, known: Iterable[str]) -> Problem:
    """Return the problem of a key that a table does not have."""
    return misnamed("", f"「{key}」というキーはありません", f"no key {key!r}", key, known)


def with_id(title: Text, name: str) -> Text:
    """Return a title that, where it has no English, is shown in English beside its id."""
    if title.en != title.ja or title.ja.isascii() or not name:
        return title
    return Text(title.ja, f"{title.ja} ({name})")


def beside_id(title: str, name: str) -> str:
    """Return a title with its id behind it, which `with_id` may have put there already."""
    own = f"({name})"
    return title if title.endswith(own) else f"{title} {own}"


# pydantic's own BeforeValidator and PlainValidator inspect their function at each of the hundreds
# of fields that have one, and look for a schema of the field's type: a tenth of a short run.


class Before(Struct, frozen=True):
    """The function that a field's raw value goes through before pydantic validates it.

    `written` is the JSON Schema of what may be written, made of that of the parsed value.
    """

    parse: Callable[[object], object]
    written: Callable[[JsonSchemaValue], JsonSchemaValue] | None = None

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return the schema of the field, with the function before it."""
        return core_schema.no_info_before_validator_function(self.parse, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON Schema of what may be written."""
        if self.written is None:
            return handler(schema)
        inner = schema.get("schema")
        return self.written({} if inner is None else handler(inner))


class Matching(Struct, frozen=True):
    """The form that a text must have, as a pattern and in words."""

    pattern: str
    words: Text

    def __get_pydantic_core_schema__(
        self, source: type, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return the schema of the field, which refuses other forms."""
        return core_schema.no_info_after_validator_function(self._matched, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON Schema of the field with the pattern."""
        return {**handler(schema), "pattern": self.pattern}

    def _matched(self, text: str) -> str:
        if re.search(self.pattern, text) is None:
            raise InvalidValue(Problem("", self.words))
        return text


class _InBothLanguages(Struct, frozen=True):
    """The function that alone makes the value of a field: a text or unit in both languages."""

    parse: Callable[[object], object]
    languages: tuple[str, ...]

    def __get_pydantic_core_schema__(self, _: type, __: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the field; it is written as its Japanese."""
        # Digests of the catalogue go by the Japanese: a translation changes no figure.
        japanese = core_schema.plain_serializer_function_ser_schema(
            _japanese, return_schema=core_schema.str_schema()
        )
        return core_schema.no_info_plain_validator_function(self.parse, serialization=japanese)

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, __: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the JSON Schema: a text, or a table of languages."""
        words = {language: {"type": "string", "minLength": 1} for language in self.languages}
        table = {"type": "object", "properties": words, "required": ["ja"]}
        return or_text({**table, "additionalProperties": False})


def or_text(schema: JsonSchemaValue) -> JsonSchemaValue:
    """Return the JSON Schema of a value that may also be one text."""
    return {"anyOf": [{"type": "string"}, schema]}


def _japanese(text: Any) -> str:  # noqa: ANN401 - a text or a unit, as pydantic hands it
    return str(text.ja)


TextField = Annotated[Text, _InBothLanguages(parse_text, ("ja", "en"))]
"""A field that holds a text in both languages."""
UnitField = Annotated[Unit, _InBothLanguages(parse_unit, ("ja", "en", "one"))]
"""A field that holds a unit in both languages."""
