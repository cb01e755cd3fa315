"""The JSON Schema of kpicli.toml, made of the models that read it."""

import pkgutil
import tomllib
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue, models_json_schema
from pydantic_core import core_schema

from kpicli.catalog.catalog import Catalog
from kpicli.catalog.read import EXTENDABLE, SECTIONS
from kpicli.settings.settings import SettingsFile

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_PARTIAL = "Extension"
"""What the name of a table ends in that extends a built-in one: no key of it is required."""


def settings_schema(mail: type[BaseModel]) -> JsonSchemaValue:
    """Return the JSON Schema of a settings file, whose section `[mail]` is the model `mail`.

    Dates are texts in it, as editors of TOML have them.
    """
    models = (SettingsFile, Catalog, mail)
    _, whole = models_json_schema(
        [(model, "validation") for model in models], schema_generator=_Described
    )
    tables: dict[str, Any] = whole["$defs"]
    _with_written_forms(tables)
    _with_conditions(tables)
    top = tables.pop(SettingsFile.__name__)
    sections = tables.pop(Catalog.__name__)["properties"]
    properties = {**top["properties"], **{name: sections[name] for name in SECTIONS}}
    written = [sections[name]["additionalProperties"] for name in ("kpi", "composed")]
    properties["kpi"] = {**properties["kpi"], "additionalProperties": {"anyOf": written}}
    section = {"$ref": f"#/$defs/{mail.__name__}"}
    properties["mail"] = {**section, "description": top["properties"]["mail"]["description"]}
    for name in EXTENDABLE:
        properties[name] = _extendable(properties[name])
    partial = {f"{name}{_PARTIAL}": _without_required(table) for name, table in tables.items()}
    return {
        "$schema": _DIALECT,
        "title": "kpicli.toml",
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": {**tables, **partial},
    }


def descriptions() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """Return what each key means in Japanese and English, by model, or `any`."""
    content = pkgutil.get_data(__package__, "keys.toml") or b""
    return tomllib.loads(content.decode())


class _Described(GenerateJsonSchema):
    """JSON Schema whose keys have their descriptions; a model has none of its own."""

    words = descriptions()

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of a key without its default, which docs/settings.md names."""
        return self.generate_inner(schema["schema"])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the schema of a model, its keys described in both languages."""
        made = super().model_schema(schema)
        made.pop("description", None)
        made.pop("title", None)
        for key, own in made.get("properties", {}).items():
            own.pop("title", None)
            words = described(schema["cls"], key)
            if words is not None:
                own["description"] = " / ".join(words)
        return made


def described(model: type[BaseModel], key: str) -> tuple[str, str] | None:
    """Return what a key of a model means in Japanese and English; None where nothing says."""
    for each in model.__mro__:
        words = _Described.words.get(each.__name__, {})
        if key in words:
            ja, en = words[key]
            return ja, en
    return _Described.words["any"].get(key)


def _with_written_forms(tables: dict[str, Any]) -> None:
    """Add what the models accept in another form than they keep it in, where a table is written."""
    source = tables["Source"]
    del source["properties"]["derived"]
    columns = source["properties"]["columns"]
    made = {"$ref": "#/$defs/DerivedColumn"}
    columns["additionalProperties"] = {"anyOf": [columns["additionalProperties"], made]}
    tables["DerivedColumn"]["required"].remove("headers")
    for key in ("key", "rhythm", "columns"):  # of a source `of` another they are that one's
        source["required"].remove(key)
    for kind in tables["DerivedColumn"]["properties"]["from"]["anyOf"]:
        kind.pop("title", None)
        kind.pop("description", None)
        for key, own in kind["properties"].items():
            own.pop("title", None)
            own.pop("default", None)
            own["description"] = " / ".join(_Described.words["Derivation"][key])
    holidays = tables["Calendar"]["properties"]["holidays"]
    words = holidays.pop("description")
    tables["Calendar"]["properties"]["holidays"] = {
        "anyOf": [{"type": "string"}, holidays],
        "description": words,
    }
    for name in ("Target", "JointTarget"):
        table = tables[name]
        for key in ("from", "by"):
            words = " / ".join(_Described.words["Spanned"][key])
            day = {"type": "string", "format": "date", "description": words}
            table["properties"][key] = day
        table["required"] = [key for key in table["required"] if key != "per"]
        table["anyOf"] = [{"required": ["per"]}, {"required": ["from", "by"]}]
    for name in [*tables]:
        if "id" in tables[name].get("properties", {}):
            del tables[name]["properties"]["id"]  # the table's name is its id


def _with_conditions(part: Any) -> None:  # noqa: ANN401 - JSON of any kind
    """Describe the words of conditions, wherever a filter may be written."""
    if isinstance(part, list):
        for each in part:
            _with_conditions(each)
    elif isinstance(part, dict):
        words = _Described.words["Condition"]
        keys = part.get("properties", {})
        if keys.keys() == words.keys():
            part["properties"] = {
                key: {**own, "description": " / ".join(words[key])} for key, own in keys.items()
            }
        else:
            for each in part.values():
                _with_conditions(each)


def _extendable(section: JsonSchemaValue) -> JsonSchemaValue:
    """Return the schema of a section whose tables are whole, or extend a built-in one."""
    table = section["additionalProperties"]
    words = " / ".join(_Described.words["any"]["extends"])
    extension = _without_required(table)
    return {
        **section,
        "additionalProperties": {
            "if": {"properties": {"extends": {"const": True}}, "required": ["extends"]},
            "then": extension,
            "else": table,
            "properties": {"extends": {"type": "boolean", "description": words}},
        },
    }


def _without_required(schema: Any) -> Any:  # noqa: ANN401 - JSON of any kind
    """Return a schema in which nothing is required, and `extends` may be written."""
    if isinstance(schema, list):
        return [_without_required(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    partial = {
        "anyOf" if key == "oneOf" else key: _without_required(value)
        for key, value in schema.items()
        if key not in ("required", "discriminator", "minProperties", "default")
    }
    if "$ref" in schema:
        partial["$ref"] = f"{schema['$ref']}{_PARTIAL}"
    if schema.get("type") == "object" and "properties" in schema:
        partial["properties"] = {**partial["properties"], "extends": {"type": "boolean"}}
    return partial
