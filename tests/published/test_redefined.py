"""Whether a KPI was frozen under another definition: by digest, else by version and words."""

from pathlib import Path

import pytest
from pydantic import BaseModel

from kpicli.catalog.definition import define, definition_hash
from kpicli.published.frozen_values import FrozenText
from kpicli.published.record import FrozenKpi
from kpicli.published.redefined import is_redefined
from kpicli.settings.settings import Settings, read_settings
from support.small_project import Project


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Return the settings of a project with the built-in KPIs."""
    return read_settings(Project(tmp_path).export("voices", []).config)


def frozen(settings: Settings, **changes: object) -> FrozenKpi:
    """Return お客様の声 as they are frozen now, with other fields."""
    kpi = settings.catalog.kpi["voices"]
    words = define(kpi, settings.catalog)
    fields = {
        "id": "voices",
        "title": "声",
        "principles": (),
        "unit": "件",
        "measure": "count",
        "version": kpi.version,
        "definition": tuple({"ja": text.ja, "en": text.en} for text in words),
        "definition_hash": definition_hash(kpi),
        "reading_hash": "",
        "figures": (),
    }
    return FrozenKpi.model_validate({**fields, **changes})


def redefined(settings: Settings, **changes: object) -> bool:
    """Return whether such a KPI counts as redefined."""
    catalog = settings.catalog
    return is_redefined(frozen(settings, **changes), catalog.kpi["voices"], catalog)


def test_the_same_digest_is_the_same_definition(settings: Settings) -> None:
    """Whatever the words were then, in whatever version."""
    assert not redefined(settings)
    assert not redefined(settings, definition=(), version=7)


def test_another_digest_with_the_same_words_is_the_same(settings: Settings) -> None:
    """A later kpicli writes definitions down otherwise; English words and targets do not count."""
    own = frozen(settings)
    english = tuple(FrozenText(ja=text.ja, en="?") for text in own.definition)
    target = FrozenText(ja="目標: 毎月1 以上", en="")
    for definition in (own.definition, english, (*own.definition, target)):
        assert not redefined(settings, definition_hash="aa", definition=_plain(definition))


def test_other_words_or_another_version_are_another_definition(settings: Settings) -> None:
    """One line more, one less, or another number."""
    words = _plain(frozen(settings).definition)
    assert redefined(settings, definition_hash="aa", definition=words[:-1])
    assert redefined(settings, definition_hash="aa", definition=(*words, {"ja": "a", "en": "a"}))
    assert redefined(settings, definition_hash="aa", version=2)


def _plain(texts: tuple[BaseModel, ...]) -> tuple[dict[str, object], ...]:
    return tuple(text.model_dump() for text in texts)
