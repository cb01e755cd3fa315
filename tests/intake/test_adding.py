"""Further exports at the end of a settings file."""

from pathlib import Path

import pytest

from kpicli.base.errors import SettingsError
from kpicli.intake.adding import added_text, without_known
from kpicli.intake.offering import settings_of
from kpicli.intake.proposal import Proposal
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text

TEXT = '# ours\n[[exports.voices]]\nfiles = "a*.csv"'


def proposed(folder: Path, *names: str) -> Proposal:
    """Return what is proposed for exports of voices of these names."""
    for number, name in enumerate(names):
        rows = [f"V{number}{n:02},2025/{4 + n % 6}/{1 + n},生保,感謝" for n in range(1, 25)]
        text = "\n".join(("受付番号,受付日,商品区分,声の区分", *rows, ""))
        (folder / name).write_text(text, encoding="utf-8")
    return understand([folder], folder)[1]


def test_at_the_end(tmp_path: Path) -> None:
    """What stands there stays to the letter, and what is added is read with it."""
    proposal = proposed(tmp_path, "b.csv")
    text = added_text(TEXT, proposal, settings_of(TEXT, tmp_path), "ja", guessed=False)
    assert text.startswith(TEXT + "\n")
    entries = settings_of(text, tmp_path).values.exports["voices"]
    assert [entry.files for entry in entries] == [("a*.csv",), ("b.csv",)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (TEXT, ("exports.voices.covers",)),
        (
            'guesses = ["timezone"]\ntimezone = "Asia/Tokyo"\n',
            ("exports.voices.covers", "timezone"),
        ),
        (
            'timezone = "Asia/Tokyo"\nguesses = [ # open\n  "timezone",\n]\n',
            ("exports.voices.covers", "timezone"),
        ),
        ("[report]\ntrend = 2\n", ("exports.voices.covers",)),
    ],
)
def test_what_is_guessed_is_listed(tmp_path: Path, before: str, after: tuple[str, ...]) -> None:
    """Further guesses stand with those before, in whatever form the list is, each once."""
    proposal = proposed(tmp_path, "b.csv")
    text = added_text(before, proposal, settings_of(before, tmp_path), "ja", guessed=True)
    settings = settings_of(text, tmp_path)
    assert settings.values.guesses == after
    assert "timezone" not in before or settings.values.timezone == "Asia/Tokyo"
    again = added_text(text, proposal, settings, "ja", guessed=True)
    assert settings_of(again, tmp_path).values.guesses == after


def test_what_patterns_name_is_there(tmp_path: Path) -> None:
    """A file that a pattern of the settings names is no further one."""
    proposal = proposed(tmp_path, "a1.csv", "b.csv")
    rest, known = without_known(proposal, settings_of(TEXT, tmp_path))
    assert known == ["a1.csv"]
    assert [feed.table.file for feed in rest.feeds] == ["b.csv"]


def test_another_pack(tmp_path: Path) -> None:
    """An export of a pack that the settings do not name is refused, with the line to write."""
    text = 'catalogue = ["renewals"]\n'
    with pytest.raises(SettingsError) as error:
        added_text(
            text, proposed(tmp_path, "b.csv"), settings_of(text, tmp_path), "ja", guessed=True
        )
    assert error.value.hint is not None
    assert 'catalogue = ["renewals", "insurance_agency"]' in error.value.hint.en


MONTHS = "店舗,4月,5月,6月\n東,3,1,2\n西,1,0,2\n"


def by_month(folder: Path, name: str) -> Proposal:
    """Return what is proposed for a table by month of this name, alone in its folder."""
    folder.mkdir()
    (folder / name).write_text(MONTHS, encoding="utf-8")
    return understand([folder], folder.parent)[1]


def test_tables_by_month(tmp_path: Path) -> None:
    """A further year of a table by month is added without its source, which is there already."""
    first = settings_text(by_month(tmp_path / "a", "来店件数_2024年度.csv"), "ja")
    later = by_month(tmp_path / "b", "来店件数_2025年度.csv")
    text = added_text(first, later, settings_of(first, tmp_path), "ja", guessed=True)
    entries = settings_of(text, tmp_path).values.exports["monthly"]
    assert [(entry.files, entry.covers) for entry in entries] == [
        (("a/来店件数_2024年度.csv",), "2024-04..2024-06"),
        (("b/来店件数_2025年度.csv",), "2025-04..2025-06"),
    ]
    bare = 'catalogue = ["renewals"]\n'
    fresh = added_text(bare, later, settings_of(bare, tmp_path), "ja", guessed=True)
    assert "monthly" in settings_of(fresh, tmp_path).catalog.kpi


def test_another_table_by_month(tmp_path: Path) -> None:
    """One of another title is refused where the settings have a source of the same id."""
    first = settings_text(by_month(tmp_path / "a", "来店件数_2024年度.csv"), "ja")
    other = by_month(tmp_path / "b", "成約件数_2025年度.csv")
    with pytest.raises(SettingsError) as error:
        added_text(first, other, settings_of(first, tmp_path), "ja", guessed=True)
    assert "[source.monthly]" in error.value.message.en
