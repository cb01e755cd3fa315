"""Texts of the catalogue in one language or in both."""

import pytest

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text, Unit
from kpicli.catalog.read import read_catalog
from kpicli.catalog.texts import UNITS, parse_text, parse_unit, with_id

OWN = {"title": "対応漏れ", "source": "voices", "measure": "count"}


def own(**fields: object) -> dict[str, object]:
    """Return the tables of a catalogue with one KPI of one's own."""
    return {"kpi": {"own": {**OWN, **fields}}}


def test_one_string_is_the_japanese() -> None:
    """Without English the Japanese stands in its place, and a title has its id beside it."""
    assert parse_text(" 対応漏れ ") == Text("対応漏れ", "対応漏れ")
    assert read_catalog(own()).kpi["own"].title == Text("対応漏れ", "対応漏れ (own)")
    assert with_id(Text("NPS", "NPS"), "nps") == Text("NPS", "NPS")


def test_both_languages_beside_each_other() -> None:
    """Titles, units and notes take a table of both."""
    both = {"ja": "対応漏れ", "en": "Missed responses"}
    kpi = read_catalog(own(title=both, note=both, unit={"ja": "滴", "en": "drops"})).kpi["own"]
    assert kpi.title == kpi.note == Text("対応漏れ", "Missed responses")
    assert kpi.unit == Unit("滴", "drops")


def test_a_built_in_title_keeps_its_english_where_only_the_japanese_is_replaced() -> None:
    """Table over table merges; a string replaces both, as its English may not fit any more."""
    over = {"kpi": {"voices": {"extends": True, "title": {"ja": "声"}}}}
    assert read_catalog(over).kpi["voices"].title == Text("声", "Customer voices")
    over = {"kpi": {"voices": {"extends": True, "title": "声"}}}
    assert read_catalog(over).kpi["voices"].title == Text("声", "声 (voices)")


def test_usual_units_have_their_english() -> None:
    """One and several; others stay as they are written."""
    assert parse_unit("名") == Unit("名", "people", "person")
    assert parse_unit("頭") == Unit("頭", "頭")
    assert parse_unit({"ja": "名", "en": "members", "one": "member"}).one == "member"
    assert parse_unit({"ja": "名", "en": "members"}) == Unit("名", "members")
    assert parse_unit("") == Unit("", "")
    assert all(parse_unit(unit).after("1", "ja") == f"1{unit}" for unit in UNITS)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": 3}, 'kpi.own.title: a text, or both languages: { ja = "…", en = "…" }'),
        ({"title": {"en": "x"}}, "kpi.own.title: the Japanese is missing, write `ja` too"),
        ({"title": {"ja": "x", "fr": "y"}}, "kpi.own.title: no key 'fr'"),
        ({"title": {"ja": "x", "en": " "}}, "kpi.own.title.en: a text that is not empty"),
        ({"unit": {"ja": "滴", "many": "drops"}}, "kpi.own.unit: no key 'many'"),
        ({"note": ""}, "kpi.own.note.ja: a text that is not empty"),
        ({"better": "more"}, "kpi.own.better: no value"),
        ({"public": "いいえ"}, "kpi.own.public: true or false is wanted"),
    ],
)
def test_what_is_wrong_is_named(fields: dict[str, object], said: str) -> None:
    """With the path of the key."""
    with pytest.raises(SettingsError) as error:
        read_catalog(own(**fields), "kpicli.toml")
    assert said in error.value.message.en


def test_english_of_values_that_there_are_not() -> None:
    """A closed code table names the nearest value."""
    with pytest.raises(SettingsError) as error:
        read_catalog({"codes": {"line": {"extends": True, "en": {"生": "life"}}}})
    assert "codes.line.en: no value '生'" in error.value.message.en


def test_everything_built_in_has_english() -> None:
    """Titles, units, notes, labels and code values: each says something else than the Japanese."""
    catalog = read_catalog()
    texts = [each.title for each in (*catalog.kpi.values(), *catalog.source.values())]
    texts += [check.title for check in catalog.check.values()]
    texts += [kpi.unit for kpi in catalog.kpi.values()]
    notes = [kpi.note for kpi in catalog.kpi.values()]
    texts += [note for note in notes if note is not None]
    assert len(notes) == len([note for note in notes if note is not None]) == 29
    for kpi in catalog.kpi.values():
        texts += [Text(ja, en) for own in kpi.labels.values() for ja, en in own.items()]
    for table in catalog.codes.values():
        texts += [table.label(value) for value in table.values]
    for source in catalog.source.values():
        texts += [source.heading(name) for name in source.columns]
    assert [text for text in texts if not text.en.isascii() or not text.en.strip()] == []
