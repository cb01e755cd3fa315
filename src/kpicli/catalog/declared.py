"""The base of every table that the catalogue and the settings declare."""

from typing import Annotated

from pydantic import (
    BaseModel,
    ConfigDict,
    ValidationInfo,
    field_validator,
    model_validator,
)

from kpicli.base.problems import InvalidValue
from kpicli.base.wording import Text
from kpicli.catalog.texts import Before, TextField, or_text, unknown_key, with_id


def _as_tuple(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Names = Annotated[tuple[str, ...], Before(_as_tuple, or_text)]
"""One name or a list of names."""


class Definition(BaseModel):
    """Base of everything in the catalogue: frozen, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        str_strip_whitespace=True,
        defer_build=True,  # most are only ever part of a catalogue, whose validator holds them all
    )

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """Return the keys that may stand in such a table."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="before")
    @classmethod
    def _only_known_keys(cls, raw: object) -> object:
        known = cls.known_keys()
        unknown = [key for key in raw if key not in known] if isinstance(raw, dict) else []
        if unknown:
            raise InvalidValue(*(unknown_key(str(key), known) for key in unknown))
        return raw


class Titled(Definition):
    """A table of the catalogue with an id and a title."""

    id: str = ""
    title: TextField

    @field_validator("title")
    @classmethod
    def _shown_with_its_id(cls, title: Text, info: ValidationInfo) -> Text:
        return with_id(title, info.data.get("id", ""))
