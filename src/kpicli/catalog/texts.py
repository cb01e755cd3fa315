"""Texts of the catalogue: one string, or Japanese and English beside each other."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated

from pydantic import PlainSerializer, PlainValidator

from kpicli.base.wording import Text, Unit, nearest

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


def parse_text(raw: object) -> Text:
    """Return the text that a TOML value gives: a string, or a table of `ja` and `en`.

    Without English the Japanese stands in its place. `ValueError` says what is wrong.
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
        raise ValueError('a text, or both languages: { ja = "…", en = "…" }')
    for key, words in raw.items():
        if key not in keys:
            raise ValueError(f"no key {key!r}{nearest(str(key), keys)}")
        if not isinstance(words, str) or not words.strip():
            raise ValueError(f"{key}: a text that is not empty")
    if "ja" not in raw:
        raise ValueError("the Japanese is missing, write `ja` too")
    return {str(key): words.strip() for key, words in raw.items()}


def with_id(title: Text, name: str) -> Text:
    """Return a title that, where it has no English, is shown in English beside its id."""
    if title.en != title.ja or title.ja.isascii() or not name:
        return title
    return Text(title.ja, f"{title.ja} ({name})")


_japanese = PlainSerializer(lambda text: text.ja, return_type=str)
"""Digests of the catalogue go by the Japanese: a translation changes no figure."""

TextField = Annotated[Text, PlainValidator(parse_text), _japanese]
"""A field that holds a text in both languages."""
UnitField = Annotated[Unit, PlainValidator(parse_unit), _japanese]
"""A field that holds a unit in both languages."""
