"""Settings that nobody has confirmed: which there are, where, and what rests on them."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.base.wording import Text
from kpicli.model.summary import Guess
from kpicli.settings.guesses import (
    guessed_title,
    guessed_warning,
    guesses_of,
    kpis_using,
    resting,
)
from kpicli.settings.settings import Settings, read_settings, settings_of_text

TEXT = """fiscal_year = { starts = 4 }
guesses = ["fiscal_year.starts", {guesses}]
[[exports.voices]]
files = ["a.csv"]
covers = "2024-04..2024-09"
[[exports.voices]]
files = ["b.csv"]
covers = "2025-04..2025-09"
[exports.voices.headers]
category = ["種別"]
received_on = ["日付"]
[exports.meetings]
files = ["m.csv"]
covers = "2025-04..2025-09"
"""


def settings(folder: Path, *guesses: str) -> Settings:
    """Return settings of two exports of voices and one of meetings, with these guesses."""
    file = folder / "kpicli.toml"
    named = ", ".join(f'"{guess}"' for guess in guesses)
    file.write_text(TEXT.replace("{guesses}", named), encoding="utf-8")
    return read_settings(file)


def test_where_guesses_stand(tmp_path: Path) -> None:
    """Each guess has its line; a key of two entries is one guess for each of them."""
    own = settings(tmp_path, "exports.voices.covers", "exports.voices.headers.category")
    assert guesses_of(own) == (
        Guess("fiscal_year.starts", 1),
        Guess("exports.voices.covers", 5),
        Guess("exports.voices.covers", 8),
        Guess("exports.voices.headers.category", 10),
    )


def test_settings_that_are_no_file(tmp_path: Path) -> None:
    """Of settings that are not written yet the guesses have no line."""
    text = 'guesses = ["fiscal_year.starts"]\nfiscal_year = { starts = 4 }\n'
    own = settings_of_text(text, tmp_path / "kpicli.toml")
    assert guesses_of(own) == (Guess("fiscal_year.starts"),)
    assert guesses_of(settings_of_text("", tmp_path / "kpicli.toml")) == ()


@pytest.mark.parametrize(
    ("guess", "some", "none"),
    [
        ("exports.voices.headers.received_on", {"voices", "voices_nonlife"}, {"followups"}),
        (
            "exports.voices.headers.category",
            {"complaint_improvements", "voices"},
            {"insurer_reports"},
        ),
        ("exports.voices", {"voices", "complaint_improvements"}, {"compliance_meetings"}),
        ("exports.meetings.covers", {"compliance_meetings"}, {"voices"}),
        ("exports.voices.covers", set(), {"voices"}),  # its rows say which months it covers
        ("fiscal_year.starts", set(), {"voices"}),  # moves no figure of a period
    ],
)
def test_what_rests_on_a_guess(tmp_path: Path, guess: str, some: set[str], none: set[str]) -> None:
    """KPIs rest on the columns that they use, on what dates their rows, and on sparse months."""
    moved = {name for name, paths in resting(settings(tmp_path, guess)).items() if guess in paths}
    assert some <= moved
    assert none.isdisjoint(moved)
    assert bool(moved) is bool(some)


def test_a_column_that_tells_rows_apart(tmp_path: Path) -> None:
    """Whatever counts rows uses their key; kpis of other sources do not."""
    catalog = settings(tmp_path).catalog
    every = {kpi.id for kpi in catalog.kpi.values() if "voices" in kpi.sources}
    by_key = kpis_using(catalog, catalog.kpi.values(), "voices", "voice_id")
    assert {kpi.id for kpi in by_key} == every


def test_a_composed_kpi_rests_on_its_parts(tmp_path: Path) -> None:
    """What is made of a figure that rests on a guess rests on it, too."""
    (tmp_path / "kpicli.toml").write_text(
        'guesses = ["exports.voices.headers.category"]\n'
        '[exports.voices]\nfiles = ["a.csv"]\n[exports.voices.headers]\ncategory = ["x"]\n'
        '[kpi.rate]\ntitle = "改善の割合"\nmeasure = "quotient"\n'
        'figures = ["complaint_improvements", "insurer_reports"]\n',
        encoding="utf-8",
    )
    own = read_settings(tmp_path / "kpicli.toml")
    assert resting(own)["rate"] == ("exports.voices.headers.category",)


@pytest.mark.parametrize(
    ("guess", "meant"),
    [
        ("exports.voices.cover", "exports.voices.covers"),
        ("exports.voicez.covers", "exports.voices.covers"),
        ("fiscal_year.start", "fiscal_year.starts"),
    ],
)
def test_a_guess_about_nothing(tmp_path: Path, guess: str, meant: str) -> None:
    """A key that is not in the file is an error with the nearest that is: no guess gets lost."""
    with pytest.raises(SettingsError) as error:
        settings(tmp_path, guess)
    assert f"there is no key '{guess}' in the file (did you mean '{meant}'?)" in str(error.value)
    assert f'correct: guesses = ["fiscal_year.starts", "{meant}"]' in str(error.value)


def test_a_guess_about_what_has_been_removed(tmp_path: Path) -> None:
    """Where nothing is near the key, the advice is to take it out, and no other is proposed."""
    with pytest.raises(SettingsError) as error:
        settings(tmp_path, "exports.meetings.blanks")
    assert "「exports.meetings.blanks」という設定はファイルにありません" in error.value.message.ja
    assert "この一覧から消してください" in error.value.message.ja
    assert "正:" not in error.value.message.ja


def test_the_words() -> None:
    """A title and a warning say that a figure is no final one, in both languages."""
    assert guessed_title(Text("声", "voices")) == Text("声(推測)", "voices (guess)")
    warning = guessed_warning(("exports.voices.covers",))
    assert warning.ja.endswith("確定していません: exports.voices.covers")
    assert warning.en.startswith("not final, as it rests on settings that nobody has confirmed")
