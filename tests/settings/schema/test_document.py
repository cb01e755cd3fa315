"""The JSON Schema accepts what kpicli reads, and refuses what it does not."""

import re
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from kpicli.catalog import derivations
from kpicli.catalog.conditions import COMPARISONS
from kpicli.catalog.declared import Definition
from kpicli.mail.settings import MailSettings
from kpicli.settings.schema.document import described, descriptions, settings_schema
from support.root import ROOT

SCHEMA = settings_schema(MailSettings)
FILES = [
    ROOT / "kpicli.toml",
    *(ROOT / "examples").rglob("*.toml"),
    *(ROOT / "src" / "kpicli" / "catalog" / "packs").glob("*.toml"),
    *(ROOT / "tests" / "data").rglob("kpicli.toml"),
]
KPI = '[kpi.own]\ntitle = "x"\nsource = "voices"\nmeasure = "count"\n'


def as_editors_have_it(value: object) -> object:
    """Return TOML as JSON: dates and times are texts."""
    if isinstance(value, dict):
        return {key: as_editors_have_it(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_editors_have_it(below) for below in value]
    return value.isoformat() if isinstance(value, date | time) else value


def problems(text: str) -> list[str]:
    """Return the paths of what the schema refuses in a settings file."""
    errors = Draft202012Validator(SCHEMA).iter_errors(as_editors_have_it(tomllib.loads(text)))
    return [".".join(map(str, error.absolute_path)) for error in errors]


def test_it_is_a_json_schema() -> None:
    """The metaschema says so."""
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_kpicli_reads_is_accepted(file: Path) -> None:
    """The sample's settings, every example, every pack."""
    assert problems(file.read_text(encoding="utf-8")) == []


BLOCKS = re.findall(
    r"^```toml\n(.*?)^```", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.M | re.S
)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_documentation_is_accepted(block: str) -> None:
    """Each example in docs/settings.md that is TOML by itself."""
    assert problems(block) == []


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("expots = {}", ""),
        ("timezone = 9", "timezone"),
        ('fiscal_year = { starts = 13, named_by = "first" }', "fiscal_year.starts"),
        ('fiscal_year = { named_by = "frist" }', "fiscal_year.named_by"),
        ('[exports]\nvoices = { file = "a.csv" }', "exports.voices"),
        ("[exports]\nvoices = 3", "exports.voices"),
        (KPI.replace("count", "cuont"), "kpi.own"),
        (KPI.replace('title = "x"\n', ""), "kpi.own"),
        (KPI + "where = 3\n", "kpi.own.where"),
        (KPI + 'where = { line = { nto = "x" } }\n', "kpi.own.where"),
        (KPI + 'better = "more"\n', "kpi.own.better"),
        ('[kpi.voices]\nextends = true\ncolour = "red"\n', "kpi.voices"),
        ('[kpi.voices]\nextends = true\nbetter = "more"\n', "kpi.voices"),
        ('[source.x.columns]\na = { headers = "a", type = "dat" }\n', "source.x.columns.a"),
        ("[mail]\nsender = 3\n", "mail.sender"),
        ("[mail.smtp]\nport = 0\n", "mail.smtp.port"),
        ("[calendar]\nclosed = 3\n", "calendar.closed"),
        ('[kpi.x]\ntitle = "x"\nmeasure = "quotient"\nfigures = 3\n', "kpi.x"),
    ],
)
def test_what_kpicli_refuses_is_refused(text: str, path: str) -> None:
    """Unknown keys, other types, names that are not there, missing keys: at or above the key."""
    assert any(f"{path}.".startswith(f"{each}.") or each == path for each in problems(text))


def test_an_extension_requires_nothing() -> None:
    """A built-in table is completed with a header or a target alone."""
    text = '[source.voices]\nextends = true\ncolumns = { line = { blanks = ["－"] } }\n'
    text += '[kpi.voices]\nextends = true\ntargets = [{ at_least = 3, per = "half" }]\n'
    assert problems(text) == []
    assert problems(text.replace("extends = true\n", "")) != []


def models(base: type[BaseModel] = Definition) -> Iterator[type[BaseModel]]:
    """Give every model that settings are read by."""
    for word in derivations.MODULES:
        derivations.declared_by(word)
    for model in base.__subclasses__():
        if model.__module__.startswith("kpicli.") and "principles" not in model.__module__:
            yield model
        yield from models(model)


def test_every_key_is_described_in_both_languages() -> None:
    """One sentence each; none is left over for a key that is gone."""
    used = set()
    for model in models():
        for name, field in model.model_fields.items():
            key = field.alias or name
            if key == "derived":
                continue
            words = described(model, key)
            assert words is not None, (model, key)
            ja, en = words
            assert re.search("[ぁ-んァ-ン一-龥]|^CC|^BCC|^CSS", ja), (model, key)
            assert en.isascii(), (model, key)
            owner = (m.__name__ for m in model.__mro__ if key in descriptions().get(m.__name__, {}))
            used.add((next(owner, "any"), key))
    written = {(name, key) for name, keys in descriptions().items() for key in keys}
    elsewhere = {("any", "extends"), ("Source", "derived"), ("Derivation", "copy")}
    elsewhere |= {("Condition", word) for word in ("not", "missing", *COMPARISONS)}
    assert written - used - elsewhere == {("Spanned", "from"), ("Spanned", "by")}


def test_descriptions_reach_the_editor() -> None:
    """At top, in tables, in what a column is made of."""
    assert (
        SCHEMA["properties"]["exports"]["description"]
        == "出力ごとのファイル / The files of each source"
    )
    column: dict[str, Any] = SCHEMA["$defs"]["DerivedColumn"]["properties"]["from"]
    assert all(
        own["description"] for kind in column["anyOf"] for own in kind["properties"].values()
    )
    filters = SCHEMA["$defs"]["CountKpi"]["properties"]["where"]["anyOf"][0]
    condition = filters["additionalProperties"]["anyOf"][-1]["properties"]
    assert condition["above"]["description"] == "より大きい / Above"
    assert all(own["description"] for own in condition.values())
