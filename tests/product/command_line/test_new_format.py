"""A format is one file: dropped into `output/formats`, it serves every answer and every list."""

import compileall
import csv
import io
import json
import re
import shutil
from pathlib import Path

import pytest

import kpicli
from support.command_line import HEADER, Outcome, Run, process, terminal

LOUD = '''
"""loud: how much an answer holds."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> bytes:
    """Return the title and the numbers of records, columns, blocks and keys."""
    records, document = answer.records(options), answer.document(options)
    numbers = (len(records.rows), len(records.columns), len(document.blocks))
    words = (answer.title.in_language(options.language), *map(str, numbers))
    return " ".join((*words, *answer.content(options))).upper().encode()


FORMAT = Format("loud", "application/x-loud", render, (".loud", ".ld"), binary=True)
'''
HALF = ("--period", "2025H1")
ANSWERS = {
    "summarize": ("summarize", *HALF, "--kpi", "voices"),
    "rows": ("rows", "voices", *HALF),
    "explain": ("explain", "voices", *HALF),
    "check": ("check", *HALF),
    "audit": ("audit", "shops.csv"),
    "diff": ("diff", "2025H1"),
    "kpis": ("kpis",),
    "sources": ("sources",),
}
BLOCKS = {
    "summarize": 2,  # figures, row accounting
    "explain": 4,  # definition, columns, files, rows
    "audit": 3,  # what is wrong, which cells, what would mend it
    "diff": 1,  # a period in which nothing moved
    "kpis": 1,
    "sources": 1,
}
SETTINGS = """\
[exports]
voices = { files = "voices.csv", covers = "2025-04..2025-09" }
[mail]
sender = "kpi@localhost"
to = ["fd@localhost"]
attach = "loud"
"""


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a kpicli to which one file was added."""
    folder = tmp_path_factory.mktemp("program")
    source = Path(kpicli.__file__).parent
    shutil.copytree(source, folder / "kpicli")
    (folder / "kpicli" / "output" / "formats" / "loud.py").write_text(LOUD, encoding="utf-8")
    compileall.compile_dir(folder, quiet=1)  # else each of its many runs would do it anew
    return folder


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, program: Path) -> Path:
    """Return a project of two voices that is frozen, beside a table whose sums are wrong."""
    folder = tmp_path_factory.mktemp("project")
    rows = (HEADER, "V1,2025/4/1,損保,感謝,損保-1課,S001,", "V2,2025/5/2,生保,不満,,S002,", "")
    (folder / "voices.csv").write_text("\n".join(rows), encoding="utf-8")
    (folder / "shops.csv").write_text("店舗,上期,下期,年度計\nA店,1,2,4\n", encoding="utf-8")
    (folder / "kpicli.toml").write_text(SETTINGS, encoding="utf-8")
    assert run(program, folder, "freeze", *HALF).code == 0
    return folder


def run(program: Path, folder: Path, *args: str) -> Outcome:
    """Run the program with the new format."""
    secret = str(program / "own" / "secret")
    return process(*args, folder=folder, PYTHONPATH=str(program), KPICLI_SECRET_FILE=secret)


@pytest.mark.parametrize("command", ANSWERS)
def test_it_serves_every_answer(
    command: str, program: Path, project: Path, run_in: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its name it holds the records and keys that csv and json of the usual kpicli have."""
    args = ANSWERS[command]
    piped = run(program, project, *args, "--format", "loud")
    monkeypatch.setenv("KPICLI_SECRET_FILE", str(program / "own" / "secret"))
    (project / "usual.toml").write_text(SETTINGS.partition("[mail]")[0], encoding="utf-8")
    usual = ("--config", "usual.toml", *args, "--format")
    rows = list(csv.reader(io.StringIO(run_in(project, *usual, "csv").text)))
    keys = json.loads(run_in(project, *usual, "json").text)
    *_, first, second, blocks = piped.text.split()[: -(len(keys) - 1)]
    assert (int(first), int(second)) == (len(rows) - 1, len(rows[0]))
    assert int(blocks) == BLOCKS.get(command, int(blocks)) > 0
    assert piped.text.split()[-(len(keys) - 1) :] == [key.upper() for key in keys][1:]


def test_its_suffixes_ask_for_it(program: Path, project: Path) -> None:
    """Either of its suffixes, in capitals too."""
    piped = run(program, project, "kpis", "-f", "loud")
    for name in ("answer.loud", "answer.LD"):
        written = run(program, project, "kpis", "-o", name)
        assert (written.code, written.out) == (0, b"")
        assert (project / name).read_bytes() == piped.out


@pytest.mark.parametrize("command", ANSWERS)
def test_help_lists_it(command: str, program: Path, project: Path) -> None:
    """The help of every command lists it with the others."""
    told = " ".join(
        run(program, project, "--lang", "en", ANSWERS[command][0], "--help").text.split()
    )
    assert re.search(r"\btable, text, .*\bloud, .*\bxlsx\b", told)


def test_it_is_binary(program: Path, project: Path) -> None:
    """A terminal does not get it."""
    outcome = terminal("kpis", "-f", "loud", folder=project, talk=True, PYTHONPATH=str(program))
    assert outcome.code == 2
    assert "-o kpi.loud" in outcome.text


def test_mail_attaches_it(program: Path, project: Path) -> None:
    """The settings can attach it, by its media type and suffix."""
    mail = run(program, project, "mail", *HALF, "--dry-run")
    assert mail.code == 0
    assert "Content-Type: application/x-loud" in mail.text
    assert 'filename="kpi_2025H1.loud"' in mail.text


def test_a_report_refuses_it(program: Path, project: Path) -> None:
    """What it makes no sense for says which formats do."""
    outcome = run(program, project, "report", *HALF, "-f", "loud")
    assert (outcome.code, outcome.out) == (2, b"")
    assert "html, markdown, xlsx" in outcome.err
