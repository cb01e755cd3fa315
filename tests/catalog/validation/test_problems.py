"""All that pydantic can find wrong with our models is said in words of our own, at its key.

The models are given, at every key that the packs and the tests' settings have, a value of every
kind that TOML has. What comes back are the errors that our models can give.
"""

import ast
import json
import pickle
import re
import tomllib
from collections.abc import Iterator
from copy import copy
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from kpicli.base.problems import Problem, problem
from kpicli.catalog.catalog import Catalog
from kpicli.catalog.checks import CHECKS
from kpicli.catalog.measures import KINDS
from kpicli.catalog.read import SECTIONS, pack_text, read_packs
from kpicli.catalog.validation.problems import InvalidSettings, problems_of
from kpicli.catalog.validation.words import OTHER, WORDS
from kpicli.mail.settings import MailSettings
from kpicli.published.record import Record
from kpicli.report.principles import Principles
from kpicli.settings.settings import SettingsFile
from support.root import ROOT

CHOICES = {"measure": [*KINDS], "kind": CHECKS}
JAPANESE = re.compile("[ぁ-んァ-ン一-龥]")
ODD: tuple[object, ...] = (
    *("", "x", "x" * 100, -1, 10**30, 0.5, float("inf"), True),
    *(date(2025, 4, 1), datetime(2025, 4, 1, 9, tzinfo=UTC), time(9)),
    *([], [3], ["a", "b", "c"], {}, {"x": 3}, {"calendar": 3, "as": "x"}),
)
"""A value of every kind, and of some kinds too short, too long or out of bounds.

Each is tried at every key, and each trial validates a whole catalogue: one more costs a second.
"""
SETTINGS = """\
timezone = "Asia/Tokyo"
kpis = ["voices"]
reach_back_months = 6
secret_file = "x"
[fiscal_year]
starts = 4
named_by = "first"
halves = ["前半", "後半"]
[exports]
voices = [{ files = ["a.csv"], sheet = ["x"], id_width = { voice_id = 5 }, serials = 1900 }]
staff = { files = "b.csv", as_of = 2025-04-01, keeps_ended = true, holds = { team = ["x"] } }
[report]
trend = 3
contents = true
links = [{ text = "a", to = "b" }]
published_on = { 2025H1 = 2025-12-12 }
correspondence = { "1" = { policy = "x", at = "y" } }
"""
CATALOGUE = """\
blanks = ["－"]
calendar = { closed = ["土"], holidays = [2025-05-05] }
[check.a]
title = "a"
source = "accidents"
kind = "order"
earlier = "reported_on"
later = "closed_on"
[check.b]
title = "b"
source = "accidents"
kind = "differ"
columns = ["reported_on", "closed_on"]
[check.c]
title = "c"
source = "accidents"
kind = "filled"
column = "closed_on"
where = { line = "x" }
[check.d]
title = "d"
source = "accidents"
kind = "present"
columns = ["line"]
[entered.nps]
title = "NPS"
ratio = false
unit = { ja = "点", en = "points", one = "point" }
[codes.held]
values = { "a" = ["b"], "c" = [] }
several = "each"
numerals = [{ since = 2020-01-01, meanings = { "①" = "a" } }]
[codes.months]
values = {1=[], 2=[], 3=[], 4=[], 5=[], 6=[], 7=[], 8=[], 9=[], 10=[], 11=[], 12=[]}
[kpi.top]
title = "上位"
source = "accidents"
measure = "sum"
of = "days_to_contact"
top = { by = "days_to_contact", most = 3 }
scale = "千"
rounding = "down"
version = 2
at = "end"
parts = { by = "line" }
targets = [{ at_least = 3, per = "half", since = 2025-04-01, part = "自動車保険" }]
exclude = { line = ["y"] }
[kpi.rules]
title = "規則"
source = "accidents"
measure = "rules"
rules = [{ label = "a", date = "reported_on", where = { line = "x" }, until_as_of = true }]
[kpi.both]
title = "両方"
source = "accidents"
measure = "ratio"
numerator_in = { source = "policies", by = "number", date = ["from"] }
[source.policies]
title = "契約"
key = ["number"]
rhythm = "register"
in_force = ["from", "to"]
until = "last_day_in"
within = "3 days"
base_date = "from"
[source.policies.columns]
number = { headers = "番号", type = "id", required = true, personal = false }
from = { headers = "始", type = "date", order = "mdy", blanks = ["－"] }
to = { headers = "終", type = "date" }
amount = { headers = "額", type = "number", labelled = true, title = "額" }
total = { type = "number", from = { add = ["amount"], subtract = "amount" } }
share = { type = "number", from = { divide = ["amount", "total"] } }
first = { type = "date", from = { first_of = ["from", "to"] } }
month = { type = "code", codes = "months", from = { calendar = "from", as = "month" } }
box = { type = "code", codes = "held", from = { options = { "a" = "A", "c" = "C" } } }
[source.policies.columns.looked]
type = "code"
codes = "any_line"
from = { look_up = "accidents", by = "number", take = "line", on = "from" }
[source.made]
title = "まとめ"
of = "accidents"
per = ["reported_on"]
[source.made.columns]
many = { type = "number", from = { count = "row" } }
"""
MAIL = """\
sender = "a@example.jp"
to = ["b@example.jp"]
attach = "csv"
on_doubt = "send"
lock_wait = 3
catch_up_months = 2
journal = "x"
[smtp]
host = "localhost"
port = 25
security = "none"
verify = true
timeout = 3
attempts = 2
retry_wait = 1
password_command = []
"""


def _catalogue() -> dict[str, Any]:
    """Return tables of every kind, few enough to be validated thousands of times."""
    raw = read_packs(["accidents", "survey"])
    for section, tables in tomllib.loads(CATALOGUE).items():
        raw[section] = {**raw.get(section, {}), **tables} if isinstance(tables, dict) else tables
    for section in ("source", "codes", "kpi", "check", "entered"):
        for name, table in raw.get(section, {}).items():
            table["id"] = name  # as the reader of catalogues does, whatever is written
    return raw


def _models() -> Iterator[tuple[type[BaseModel], dict[str, Any]]]:
    yield Catalog, _catalogue()
    yield SettingsFile, tomllib.loads(SETTINGS)
    yield MailSettings, tomllib.loads(MAIL)
    principles = ROOT / "src" / "kpicli" / "report" / "principles.toml"
    yield Principles, tomllib.loads(principles.read_text(encoding="utf-8"))
    record = ROOT / "tests/data/record_of_version_1/published/2025H1.json"
    yield Record, json.loads(record.read_text(encoding="utf-8"))


def _places(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Give the first path of every shape: members of a list, and of a table by ids, are alike."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, below in value.items():
            yield from _places(below, (*path, key))
    elif isinstance(value, list):
        for number, below in enumerate(value[:1]):
            yield from _places(below, (*path, number))


def _shape(path: tuple[str | int, ...], known: set[str]) -> tuple[str, ...]:
    return tuple(str(key) if key in known else "*" for key in path)


def _keys(model: type[BaseModel]) -> set[str]:
    """Return the keys that a model and those below it declare."""
    own = {field.alias or name for name, field in model.model_fields.items()}
    return own.union(*map(_keys, model.__subclasses__()))


def _wrong(raw: dict[str, Any], path: tuple[str | int, ...], odd: object) -> dict[str, Any]:
    whole = copy(raw)
    at: Any = whole
    for key in path[:-1]:
        at[key] = copy(at[key])
        at = at[key]
    if odd is None:
        del at[path[-1]]
    else:
        at[path[-1]] = odd
    return whole


@cache
def provoked() -> tuple[tuple[dict[str, str], tuple[str | int, ...], tuple[Problem, ...]], ...]:
    """Return for every wrong document the types and messages of pydantic, and our problems."""
    every = []
    for model, raw in _models():
        model.model_validate(raw)  # else nothing beyond its own mistake would be tried
        known, seen = _keys(BaseModel), set[tuple[str, ...]]()
        for path in _places(raw):
            if _shape(path, known) in seen or path[-1] == "id":
                continue
            seen.add(_shape(path, known))
            for odd in (None, *ODD):
                wrong = _wrong(raw, path, odd)
                try:
                    model.model_validate(wrong)
                except ValidationError as error:
                    messages = {each["type"]: each["msg"] for each in error.errors()}
                    problems = tuple(problems_of(error, wrong, CHOICES))
                    every.append((messages, path, problems))
    return tuple(every)


@pytest.mark.slow
def test_every_error_that_our_models_give_is_said_in_our_words() -> None:
    """Of thousands of wrong documents no problem is without a cause in Japanese and in English."""
    assert len(provoked()) > 3000
    for messages, path, problems in provoked():
        assert problems, path
        for each in problems:
            assert JAPANESE.search(each.text.ja), (path, each)
            assert each.text != OTHER, (path, messages)
            for message in messages.values():
                assert message.removeprefix("Value error, ") not in each.text.ja, (path, each)


@pytest.mark.slow
def test_there_are_words_for_what_our_models_give_and_nothing_else() -> None:
    """A sentence that no document can provoke would be one that nobody has read."""
    kinds = {kind for messages, _, _ in provoked() for kind in messages} - {"value_error"}
    assert kinds == set(WORDS)


def test_paths_are_as_written() -> None:
    """Neither the measure, nor the number of what stands alone, nor the tried type is in it."""
    raw = {
        "kpi": {"own": {"title": "x", "source": "x", "measure": "rules", "rules": [{"label": 3}]}},
        "source": {"s": {"columns": {"x": {"from": {"bins": 3}, "type": "date"}}}},
    }
    with pytest.raises(ValidationError) as error:
        Catalog.model_validate(raw)
    paths = {each.path for each in problems_of(error.value, raw, CHOICES)}
    assert {"kpi.own.rules.0.label", "kpi.own.rules.0.where"} <= paths
    assert {"source.s.columns.x.from.bins", "source.s.columns.x.from.edges"} <= paths
    written = {"exports": {"voices": {"files": 3, "sheet": 4}}}
    with pytest.raises(ValidationError) as error:
        SettingsFile.model_validate(written)
    problems = {each.path: each.text.en for each in problems_of(error.value, written, {})}
    assert problems == {
        "exports.voices.files": "a list is wanted: [ … ]",
        "exports.voices.sheet": 'a text is wanted, in quotes: "…", or a list is wanted: [ … ]',
    }


def test_a_kind_is_asked_for_by_its_key() -> None:
    """A KPI lacks its `measure`, a check its `kind`; each has its own names."""
    raw = {"check": {"c": {"title": "x", "source": "x", "kind": "odrer"}}, "kpi": {"k": {}}}
    with pytest.raises(ValidationError) as error:
        Catalog.model_validate(raw)
    lines = [each.line("en") for each in problems_of(error.value, raw, CHOICES)]
    assert "check.c.kind: no kind 'odrer' (did you mean 'order'?)" in lines
    assert any(
        line.startswith("kpi.k.measure: the key is missing (there are: co") for line in lines
    )


def test_settings_errors_travel() -> None:
    """One that a worker raises reaches the person as it is."""
    error = InvalidSettings("k.toml", [problem("a", "違います", "wrong")])
    other = pickle.loads(pickle.dumps(error))
    assert (other.message, other.problems, other.exit_code) == (error.message, error.problems, 3)


SPEAKING = ("catalog", "settings", "mail/settings.py", "mail/addresses.py", "published/record.py")


def _calls() -> Iterator[tuple[Path, ast.Call]]:
    for part in (*SPEAKING, "report/principles.py", "values/moments.py"):
        place = ROOT / "src" / "kpicli" / part
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    yield file, node


def test_no_validator_raises_words_of_one_language() -> None:
    """What declared data lacks is said by `InvalidValue`, whose every word is in both languages."""
    for file, call in _calls():
        name, line = getattr(call.func, "id", ""), f"{file.name}:{call.lineno}"
        assert name != "ValueError", line
        places = {"invalid": 0, "problem": 1, "misnamed": 1}
        if name in places and not isinstance(call.args[places[name]], ast.Name | ast.Attribute):
            words = ast.unparse(call.args[places[name]])
            assert JAPANESE.search(words) or words.startswith("f'{ja}"), line


def test_packs_have_no_problem() -> None:
    """The sections that may be wrong are those that the packs are written in."""
    for name in ("insurance_agency", "survey"):
        assert set(tomllib.loads(pack_text(name))) <= set(SECTIONS)
