"""What starts fast: commands that need no data load none of the heavy libraries."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kpicli
from support.command_line import PROJECT, environment, process
from support.root import ROOT

HEAVY = (
    *("pandas", "pyarrow", "openpyxl", "numpy", "dask", "distributed", "fsspec"),
    *("jinja2", "altair", "vl_convert", "markdown_it"),
)
MAIL = ("kpicli.mail", "smtplib", "email.headerregistry", "sqlite3", "filelock", "jinja2", "ssl")
"""What mail alone needs."""
WATCH = """
import sys
sys.argv = ["kpicli", *sys.argv[1:]]
from kpicli.cli import main
try:
    main()
finally:
    loaded = [name for name in {heavy!r} if name in sys.modules]
    sys.stderr.write("\\nloaded: " + ",".join(loaded))
"""


def loaded(*args: str, names: tuple[str, ...] = HEAVY, **changes: str | None) -> tuple[int, str]:
    """Return the exit code of a run and which of the named modules it loaded."""
    done = subprocess.run(
        [sys.executable, "-c", WATCH.format(heavy=names), *args],
        cwd=ROOT,
        env=environment(**changes),
        capture_output=True,
        check=False,
    )
    return done.returncode, done.stderr.decode().rpartition("\nloaded: ")[2]


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("--help",), 0),
        (("--version",), 0),
        (("kpis",), 0),
        (("sources",), 0),
        (("sumarize",), 2),
        (("summarize",), 2),
        (("summarize", "--period", "上期"), 2),
        (("summarize", "--period", "2025H1", "--kpi", "voice"), 2),
        (("summarize", "--period", "2025H1", "--by", "colour"), 2),
        (("summarize", "--period", "2025H1", "--by", "staff", "--kpi", "voices"), 2),
        (("summarize", "--period", "2025H1", "--compare", "next"), 2),
        (("summarize", "--period", "2025H1", "--format", "pdf"), 2),
        (("summarize", "--period", "2025H1", "--engine", "spark"), 2),
        (("summarize", "--period", "2025H1", "--scheduler", "tcp://127.0.0.1:8786"), 2),
        (("report", "--period", "上期"), 2),
        (("report", "--period", "2025H1", "--format", "csv"), 2),
        (("report", "--period", "2025H1", "--fragment", "-o", "report.md"), 2),
        (("--config", "nowhere.toml", "summarize", "--period", "2025H1"), 3),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_light_commands(args: tuple[str, ...], code: int) -> None:
    """Help, version, lists and refusals load neither pandas nor what reads files."""
    assert loaded(*args) == (code, "")


@pytest.mark.parametrize("args", [("--help",), ("summarize", "--help"), ("--version",)])
def test_help_needs_little(args: tuple[str, ...]) -> None:
    """Help and version load no pydantic, no catalogue, no rich console and no metadata either."""
    names = (
        "pydantic",
        "kpicli.settings.settings",
        "rich.console",
        "importlib.metadata",
        "tempfile",
    )
    assert loaded(*args, names=names) == (0, "")


def test_a_run_loads_what_it_reads_with_and_no_more() -> None:
    """Counting needs pyarrow and numpy, neither pandas nor openpyxl, also where it reads xlsx."""
    for kpi in ("voices", "elderly_cases_group"):
        code, names = loaded("summarize", "--period", "2025-08", "--kpi", kpi)
        assert (code, set(names.split(","))) == (0, {"pyarrow", "numpy"})


def test_figures_need_nothing_of_a_report() -> None:
    """What fills words and draws charts is loaded by a report alone."""
    _, names = loaded("summarize", "--period", "2025-08", "--kpi", "voices", "--format", "json")
    assert not {"jinja2", "altair", "vl_convert", "markdown_it"} & set(names.split(","))


@pytest.mark.parametrize(
    "args",
    [
        ("--help",),
        ("mail", "--help"),
        ("kpis",),
        ("summarize", "--period", "2025-08", "--kpi", "voices"),
    ],
    ids=" ".join,
)
def test_only_mail_needs_what_mail_needs(args: tuple[str, ...]) -> None:
    """Neither the libraries of mail nor its own modules are loaded unless mail is sent."""
    assert loaded(*args, names=MAIL) == (0, "")


@pytest.mark.parametrize("args", [("mail",), ("mail", "--period", "2025-09")])
def test_mail_is_refused_without_counting(args: tuple[str, ...]) -> None:
    """Without a section `[mail]` nothing that counts is loaded."""
    names = ("pyarrow", "pandas", "openpyxl", "smtplib")
    assert loaded(*args, names=names)[1] == ""


def test_import() -> None:
    """`import kpicli` loads none of them either."""
    script = f"import kpicli, sys; print([n for n in {HEAVY!r} if n in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, check=True
    )
    assert done.stdout == b"[]\n"


def complete(*words: str, config: Path | None = None) -> tuple[list[str], str]:
    """Return what bash is offered after the words, and the heavy libraries that it cost."""
    before = ("kpicli",) if config is None else ("kpicli", "--config", str(config))
    line = (*before, *words)
    changes = {
        "_KPICLI_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(line),
        "COMP_CWORD": str(len(line) - 1),
    }
    script = WATCH.format(heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT if config is None else "/",
        env=environment(**changes),
        capture_output=True,
        check=False,
    )
    err = done.stderr.decode().rpartition("\nloaded: ")
    assert err[0] == ""
    return done.stdout.decode().split(), err[2]


def test_complete_kpi() -> None:
    """The ids of KPIs are offered after --kpi."""
    assert complete("summarize", "--kpi", "voi") == (
        ["voices", "voice_circulations", "voices_nonlife"],
        "",
    )


def test_complete_period() -> None:
    """Halves, months and words are offered after --period."""
    offered, heavy = complete("summarize", "--period", "2025")
    assert heavy == ""
    assert offered[:3] == ["2025H2", "2025H1", "2025-11"]
    assert complete("summarize", "-p", "last-h")[0] == ["last-half"]


def test_complete_commands_and_options() -> None:
    """Commands and options are offered too."""
    assert complete("summ")[0] == ["summarize"]
    assert complete("summarize", "--comp")[0] == ["--compare"]


def test_complete_by_the_named_settings(tmp_path: Path) -> None:
    """KPIs that the named settings add are offered; broken settings offer nothing, in silence."""
    own = '[kpi.own]\ntitle = "x"\nsource = "voices"\ndate = "received_on"\nmeasure = "count"\n'
    config = tmp_path / "own.toml"
    config.write_text(PROJECT["kpicli.toml"] + own + 'unit = "件"\nversion = 1\n', encoding="utf-8")
    assert complete("summarize", "--kpi", "ow", config=config)[0] == ["own"]
    config.write_text("[", encoding="utf-8")
    assert complete("summarize", "--kpi", "", config=config)[0] == []


def test_completion_in_each_shell() -> None:
    """Every shell gets its script."""
    for shell in ("bash", "zsh", "fish"):
        outcome = process(_KPICLI_COMPLETE=f"source_{shell}")
        assert "kpicli" in outcome.text.lower()
        assert outcome.code == 0


def test_out_of_a_zip(tmp_path: Path) -> None:
    """A kpicli that was never unpacked counts like any other."""
    folder = Path(kpicli.__file__).parent
    with zipfile.ZipFile(tmp_path / "kpicli.zip", "w") as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                archive.write(file, file.relative_to(folder.parent))
    program = "import kpicli; from kpicli.cli import main; assert '.zip' in kpicli.__file__; main()"
    half = ("--config", str(ROOT / "kpicli.toml"), "summarize", "--period", "2025H1", "-f", "csv")
    done = subprocess.run(
        [sys.executable, "-c", program, *half],
        env={**environment(), "PYTHONPATH": str(tmp_path / "kpicli.zip")},
        cwd=tmp_path,
        capture_output=True,
        check=True,
    )
    assert b",voices," in done.stdout
