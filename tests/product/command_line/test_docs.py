"""The documents say what the program does."""

import json
import re
import shlex
import shutil
from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from kpicli.base.errors import ExitCode
from kpicli.catalog import checks
from kpicli.catalog.composed import COMPOSED
from kpicli.catalog.conditions import DATE_OPERATORS, NUMBER_OPERATORS, SCOPE_REFERENCES
from kpicli.catalog.derivations import MODULES, declared_by
from kpicli.catalog.kpis.kpi import EnteredKpi
from kpicli.catalog.kpis.parts import Parts
from kpicli.catalog.measures import KINDS
from kpicli.catalog.measures.ratio import Elsewhere
from kpicli.catalog.measures.rules import Rule
from kpicli.catalog.read import SECTIONS, SEED, pack_names
from kpicli.catalog.sources.code_tables import CodeTable, NumeralTable
from kpicli.catalog.sources.columns import Column, ColumnType
from kpicli.catalog.sources.source import Source
from kpicli.catalog.sources.tables import Calendar
from kpicli.catalog.targets import JointTarget, Target
from kpicli.mail.journal import State
from kpicli.mail.settings import MailSettings, SmtpSettings, read_mail_settings
from kpicli.mail.writing.templates import NAMES
from kpicli.model.judgements import TargetStatus
from kpicli.model.periods import SPAN_KINDS, Period
from kpicli.model.value import Status
from kpicli.output.formats import FORMATS, SUFFIXES
from kpicli.output.page.tidy import COLUMNS
from kpicli.settings.settings import FiscalYearSetting, SettingsFile, read_settings
from kpicli.settings.tables.export import Export
from kpicli.settings.tables.report import ReportSetting
from kpicli.values.moments import UNITS
from support.command_line import Run, process
from support.root import ROOT

READMES = ("README.md", "README.ja.md")
REFERENCES = ("docs/reference.md", "docs/ja/reference.md")
DOCUMENTS = ("docs/settings.md", "docs/mail.md")
COMMANDS = (
    *("init", "summarize", "rows", "explain", "check", "audit", "report"),
    *("chart", "site", "fill", "freeze", "diff", "mail", "kpis", "sources", "schema", "docs"),
    "principles",
)


def text(name: str) -> str:
    """Return a document."""
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    """Return the contents of a document's fenced blocks in a language."""
    return re.findall(rf"```{language}\n(.*?)```", text(name), re.DOTALL)


def examples() -> list[str]:
    """Return every kpicli line in the shell blocks of READMEs and formats; each once.

    Comments are left out but for exit codes, and `init`, which docs/first.md and its test run.
    """
    names = (*READMES, "docs/formats.md")
    lines = [line for name in names for block in blocks(name, "sh") for line in block.split("\n")]
    kept = [re.sub(r"(# exit \d+).*", r"\1", line) for line in lines if line.startswith("kpicli ")]
    kept = [line for line in kept if not line.startswith("kpicli init ")]
    return list(dict.fromkeys(kept))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample project."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copy(ROOT / "kpicli.toml", folder)
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    process("summarize", "--period", "2025H1", "-o", "kpi.csv", folder=folder)  # to be audited
    shutil.copytree(ROOT / "narrative", folder / "narrative")
    return folder


@pytest.mark.parametrize("line", examples())
def test_an_example_of_the_readme_runs(project: Path, run_in: Run, line: str) -> None:
    """Every kpicli line exits as its comment says, else with 0, with nothing on stderr."""
    command, _, exit_code = line.partition("# exit ")
    done = run_in(project, *shlex.split(command.partition(" > ")[0])[1:])
    assert (done.code, done.err) == (int(exit_code or 0), "")


def timed() -> list[str]:
    """Return the arguments of every line that cron, a timer or Task Scheduler runs, each once."""
    program = r"(?:/srv/fd/venv/bin/kpicli|C:\\fd\\venv\\Scripts\\kpicli\.exe) "
    lines = re.findall(rf"{program}(.*)", "".join(blocks("docs/cron.md", "text")))
    assert len(lines) == 5
    ends = [re.sub(r'"$| \| .*', "", line) for line in lines]
    return list(dict.fromkeys(re.sub(r"\S+kpicli\.toml", "kpicli.toml", line) for line in ends))


@pytest.mark.parametrize("line", timed())
def test_a_line_for_cron_runs(
    project: Path, tmp_path: Path, run_in: Run, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    """Each prints figures in Japanese or a message, with nothing on stderr, and exits with 0."""
    monkeypatch.setenv("KPICLI_TODAY", "2025-10-03")
    journal = (tmp_path / "journal.sqlite3").as_posix()
    mail = f'[mail]\nsender = "kpi@localhost"\nto = ["fd@localhost"]\njournal = "{journal}"\n'
    own = (project / "kpicli.toml").read_text(encoding="utf-8")
    (project / "mail.toml").write_text(f"{own}\n{mail}", encoding="utf-8")
    words = [word.replace("kpicli.toml", "mail.toml") for word in line.split()]
    sends = "mail" in words and "-o" not in words
    done = run_in(project, *words, *(["--dry-run"] if sends else []))
    assert (done.code, done.err) == (0, "")
    assert ("Subject: " if "mail" in words else "お客様の声") in done.text


@pytest.mark.parametrize("name", READMES)
def test_a_readme_has_the_two_commands(name: str) -> None:
    """The two commands that a new user types are the only lines of a block of their own."""
    assert "pip install . && kpicli summarize --period 2025H1\n" in blocks(name, "sh")
    assert 'pip install ".[test]" && pytest\n' in blocks(name, "sh")


def test_both_readmes_show_the_same() -> None:
    """The two languages have the same commands in the same order, and each fits one screen."""
    english, japanese = ([re.sub("#.*", "", b) for b in blocks(name, "sh")] for name in READMES)
    assert english == japanese
    assert [name for name in READMES if len(text(name).splitlines()) > 75] == []


@pytest.mark.parametrize(
    "block", dict.fromkeys(block for name in DOCUMENTS for block in blocks(name, "toml"))
)
def test_an_example_of_settings_is_valid(tmp_path: Path, block: str) -> None:
    """Every TOML block of the documents is a settings file that kpicli takes."""
    file = tmp_path / "kpicli.toml"
    file.write_text(block, encoding="utf-8")
    settings = read_settings(file)
    if settings.values.mail:
        mail = read_mail_settings(settings)
        assert mail.to or mail.each
    named = set(re.findall(r"^\[kpi\.(\w+)\]|^(\w+) = .*\.(?:csv|xlsx)", block, re.MULTILINE))
    known = {*settings.catalog.ids, *settings.values.exports}
    assert {kpi or export for kpi, export in named} <= known


def test_every_exit_code_is_documented(run_in: Run) -> None:
    """The reference in both languages and --help list every exit code."""
    told = run_in(ROOT, "summarize", "--help").text
    for code in map(int, ExitCode):
        assert [name for name in REFERENCES if f"| {code} |" not in text(name)] == []
        assert re.search(rf"^\s+{code}\s", told, re.MULTILINE)


def test_every_command_is_documented(run_in: Run) -> None:
    """Whatever --help lists as a command is shown in the READMEs and has its own section."""
    listed = run_in(ROOT, "--help").text.partition("コマンド:\n")[2]
    commands = re.findall(r"^  (\w+)\s", listed.partition("\n\n")[0], re.MULTILINE)
    assert commands == list(COMMANDS)
    headings = re.findall(r"^## kpicli (\w+)$", text("docs/command-line.md"), re.MULTILINE)
    assert headings == commands
    for name in READMES:
        assert [command for command in commands if f"kpicli {command}" not in text(name)] == []


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_option_is_documented(run_in: Run, command: str) -> None:
    """A command's section names the options that its --help lists, and no others."""
    told = run_in(ROOT, *command.split(), "--help").text
    options = re.findall(r"^  (?:(-\w), )?(--[\w-]+)", told, re.MULTILINE)
    listed = {name for pair in options for name in pair if name}
    heading = f"## kpicli {command}".strip()
    section = text("docs/command-line.md").partition(f"\n{heading}\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ")[0] for line in section.splitlines() if line.startswith("| `-")]
    assert {name for row in rows for name in re.findall(r"`(--?[\w-]+)`", row)} == listed


def words_for_periods() -> list[str]:
    """Return every word for a period in docs/command-line.md."""
    table = text("docs/command-line.md").partition("## Periods\n")[2].partition("\nFull width")[0]
    rows = [line.split(" | ")[0] for line in table.splitlines()]
    return [word for row in rows for word in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("word", words_for_periods())
def test_a_documented_period_is_understood(word: str) -> None:
    """Every word for a period in docs/command-line.md names one."""
    period = Period.parse(word, today=date(2025, 10, 15))
    assert period.start <= period.end


def keys_of_settings() -> set[str]:
    """Return every key that a settings file or a catalogue may hold."""
    models: list[type[BaseModel]] = [SettingsFile, FiscalYearSetting, Export, ReportSetting]
    models += [MailSettings, SmtpSettings, Source, Column, CodeTable, NumeralTable, Calendar]
    models += [Target, JointTarget, Parts, Rule, Elsewhere, checks.Enrolled, EnteredKpi]
    models += [*KINDS.values(), *COMPOSED.values(), *get_args(checks.Check)]
    models += [*map(declared_by, MODULES)]
    fields = (pair for model in models for pair in model.model_fields.items())
    return {field.alias or name for name, field in fields} - {"id", "derived"}


def test_every_setting_is_documented() -> None:
    """docs/settings.md names every key, section, measure, type, span, check and operator."""
    names = {
        *keys_of_settings(),
        *SECTIONS,
        *KINDS,
        *COMPOSED,
        *get_args(ColumnType),
        *SPAN_KINDS,
        "from",
        "by",
    }
    names |= {
        kind for c in get_args(checks.Check) for kind in get_args(c.model_fields["kind"].annotation)
    }
    names |= {*get_args(Source.model_fields["rhythm"].annotation), "missing", "not"}
    names |= {*DATE_OPERATORS, *NUMBER_OPERATORS, *SCOPE_REFERENCES, *UNITS}
    spans = " ".join(re.findall(r"`[^`\n]+`", text("docs/settings.md")))
    assert [name for name in sorted(names) if not re.search(rf"(?<![\w@]){name}\b", spans)] == []


def test_every_pack_is_documented() -> None:
    """docs/settings.md names every built-in pack."""
    assert [name for name in pack_names() if f"`{name}`" not in text("docs/settings.md")] == [SEED]


def test_every_place_of_a_template_is_documented() -> None:
    """docs/mail.md names whatever a template may name, and every state of the journal."""
    names = (*NAMES, *get_args(State))
    assert [name for name in names if f"`{name}`" not in text("docs/mail.md")] == []


def test_every_format_and_column_is_documented() -> None:
    """docs/formats.md names every tidy column, format, suffix and status."""
    names = [*COLUMNS, *FORMATS, *SUFFIXES, *(s.value for s in (*Status, *TargetStatus))]
    assert [name for name in names if f"`{name}`" not in text("docs/formats.md")] == []


def keys_of(value: object) -> set[str]:
    """Return the keys of a JSON value, at any depth."""
    if isinstance(value, list):
        return {key for item in value for key in keys_of(item)}
    if not isinstance(value, dict):
        return set()
    return {*value, *(key for item in value.values() for key in keys_of(item))}


def test_every_key_of_json_is_documented(project: Path, run_in: Run) -> None:
    """docs/formats.md names every key that the JSON of a full run holds."""
    asked = ("--period", "2025H1", "--compare", "previous", "--by", "line", "--format", "json")
    summary = json.loads(run_in(project, "summarize", *asked).text)
    document = text("docs/formats.md")
    assert sorted(key for key in keys_of(summary) if f"`{key}`" not in document) == []
