from datetime import date
from pathlib import Path

import pytest

import kpicli
from kpicli.base.errors import SettingsError
from kpicli.settings.locate import find_settings
from kpicli.settings.settings import read_settings
from support.small_project import Project


def settings_error(folder: Path, text: str | bytes) -> str:
    """Return the message of the settings error that a kpicli.toml ends in."""
    file = folder / "kpicli.toml"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SettingsError) as error:
        read_settings(file)
    assert error.value.exit_code == 3
    assert str(file) in str(error.value)
    assert str(file) in error.value.message.ja
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("expots = {}", "no key 'expots' (did you mean 'exports'?)"),
        (
            "[kpis.own]\ntitle = 'x'",
            "kpis: ids and patterns of KPIs; a KPI of one's own is a table [kpi.<id>]",
        ),
        ("timezone = 'Asia/Tokio'", "timezone: no time zone 'Asia/Tokio'"),
        ("timezone = ''", "timezone: no time zone ''"),
        ("timezone = '../passwd'", "timezone: no time zone '../passwd'"),
        ("timezone = 9", "timezone: a text is wanted, in quotes"),
        ("fiscal_year = { starts = 13 }", "fiscal_year.starts: "),
        ("fiscal_year = { starts = 0 }", "fiscal_year.starts: "),
        ("fiscal_year = { start = 4 }", "fiscal_year: no key 'start' (did you mean 'starts'?)"),
        (
            "fiscal_year = { named_by = 'lst' }",
            "fiscal_year.named_by: no value 'lst' (did you mean 'last'?)",
        ),
        ("fiscal_year = 4", "fiscal_year: "),
        ("reach_back_months = -1", "reach_back_months: "),
        ("[exports]\nvoicez = 'a.csv'", "exports.voicez: no such source (did you mean 'voices'?)"),
        ("[exports]\nvoices = 3", "exports.voices: "),
        ("[exports]\nvoices = {}", "exports.voices.files: the key is missing"),
        ("[exports]\nvoices = { files = [] }", "exports.voices.files: "),
        (
            "[exports]\nvoices = { files = 'a', cover = '2025' }",
            "exports.voices: no key 'cover' (did you mean 'covers'?)",
        ),
        ("[exports]\nvoices = { files = 'a', covers = '上期' }", "exports.voices.covers: "),
        ("[exports]\nvoices = { files = 'a', covers = '2025-13' }", "exports.voices.covers: "),
        (
            "[exports]\nvoices = { files = 'a', covers = '2025-09..2025-04' }",
            "exports.voices.covers: ",
        ),
        (
            "[exports]\nvoices = { files = 'a', headers = { categry = 'x' } }",
            "exports.voices.headers: voices has no column 'categry' (did you mean 'category'?)",
        ),
        (
            "[exports]\nvoices = { files = 'a', synonyms = { category = { '不万' = '苦情' } } }",
            "exports.voices.synonyms.category: no value '不万' (did you mean '不満'?)",
        ),
        (
            "[exports]\nvoices = { files = 'a', synonyms = { staff = { 'A' = 'B' } } }",
            "exports.voices.synonyms.staff: no code column",
        ),
        ("[exports]\nvoices = { files = 'a', blanks = 9 }", "exports.voices.blanks: "),
        (
            "[exports]\nvoices = { files = 'a', serials = 1900.5 }",
            "exports.voices.serials: no value",
        ),
        (
            "[exports]\nvoices = { files = 'a', serials = 1905 }",
            "exports.voices.serials: no value",
        ),
        ("blanks = 9", "blanks: "),
        (
            "[source.voices]\nextends = true\ncolumns = { line = { blanks = ['－', '生命保険'] } }",
            "source.voices.columns.line.blanks: '生命保険' is a value of the code table 'line'",
        ),
        ("exports = 3", "exports: "),
        ("a = = 3", "is not TOML"),
        ("a = " + "[" * 5000 + "]" * 5000, "has brackets nested too deeply"),
        ("a = " + "9" * 5000, "or a number of too many digits"),
        ('published = "a\\u0000b"', "published: it holds a NUL character"),
        ('[mail]\nto = ["a\\u0000b"]', "mail.to.0: it holds a NUL character"),
        (
            "[kpi.x]\ntitle = 'x'\nsource = 'voices'\nmeasure = 'distinct'\nof = []",
            "kpi.x.of: ",
        ),
        (b"timezone = '\x8c\xbe'", "is not UTF-8 (byte 12, line 1); it was saved as Shift_JIS"),
    ],
)
def test_wrong_settings_are_named_with_file_and_key(
    text: str | bytes, said: str, tmp_path: Path
) -> None:
    """Whatever is wrong in kpicli.toml ends the run before a file is read."""
    assert said in settings_error(tmp_path, text)


def test_a_settings_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    """A file that was named has to exist; a folder is none."""
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(SettingsError):
            read_settings(path)


def test_a_byte_order_mark_is_no_key(tmp_path: Path) -> None:
    """A kpicli.toml saved by an editor of Windows is read like any other."""
    file = tmp_path / "kpicli.toml"
    file.write_bytes(b"\xef\xbb\xbf" + b"reach_back_months = 3\r\n")
    assert read_settings(file).values.reach_back_months == 3


def test_the_nearest_settings_upward_are_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the current folder upward, the first kpicli.toml is in force."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    outer = tmp_path / "kpicli.toml"
    outer.write_text("reach_back_months = 9", encoding="utf-8")
    assert find_settings(inner) == outer
    monkeypatch.chdir(inner)
    assert read_settings(None).values.reach_back_months == 9
    (tmp_path / "a" / "kpicli.toml").write_text("", encoding="utf-8")
    assert read_settings(None).values.reach_back_months == 6


def test_paths_are_relative_to_the_settings_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run from another folder, as by cron, finds the same exports."""
    project = Project(tmp_path).export("voices", ["V1,2025/4/1,生保,感謝,,"])
    config = project.config
    monkeypatch.chdir("/")
    summary = kpicli.summarize("2025H1", kpis=["voices"], config=config, today=date(2025, 11, 1))
    assert summary.figures[0].value.number == 1


@pytest.mark.parametrize(
    ("setting", "start", "end"),
    [
        ("", "2025-04-01", "2025-09-30"),
        ("fiscal_year = { starts = 10 }", "2025-10-01", "2026-03-31"),
        ('fiscal_year = { starts = 10, named_by = "last" }', "2024-10-01", "2025-03-31"),
        ("fiscal_year = { starts = 12 }", "2025-12-01", "2026-05-31"),
    ],
)
def test_the_fiscal_year_decides_what_a_half_is(
    setting: str, start: str, end: str, tmp_path: Path
) -> None:
    """2025H1 follows the month in which the agency's year starts, and how it is named."""
    project = Project(tmp_path).export("voices", []).toml(setting)
    summary = project.summarize("voices").summary
    assert summary.period.dates == f"{start}..{end}"


def test_days_are_cut_in_the_settings_time_zone(tmp_path: Path) -> None:
    """A stamp at 15:00 UTC is the next day in Tokyo and the same in London."""
    project = Project(tmp_path).export("voices", ["V1,2025-03-31T15:00:00Z,生保,感謝,,"])
    assert project.summarize("voices").number() == 1
    assert project.toml('timezone = "Europe/London"').summarize("voices").number() == 0


def test_without_settings_there_are_no_exports(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a kpicli.toml the built-in catalogue and the defaults are in force."""
    monkeypatch.chdir(tmp_path)
    assert find_settings(tmp_path) is None
    settings = read_settings(None)
    assert (settings.file, settings.values.exports) == (None, {})
    assert "voices" in settings.catalog.kpi


def test_a_chart_of_no_kpi_is_refused(tmp_path: Path) -> None:
    """A misspelt KPI under [report] is named with the nearest."""
    config = tmp_path / "kpicli.toml"
    config.write_text('[report]\ncharts = ["voice"]\n', encoding="utf-8")
    with pytest.raises(SettingsError, match=r"report\.charts: no KPI 'voice'.*'voices'"):
        read_settings(config)
