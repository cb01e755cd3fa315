"""What starts fast: commands that need no data load none of the heavy libraries."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import kpicli
from support.command_line import environment
from support.loaded_modules import HEAVY, loaded
from support.root import ROOT
from support.small_project import Project

MAIL = ("kpicli.mail", "smtplib", "email.headerregistry", "sqlite3", "filelock", "jinja2", "ssl")
"""What mail alone needs."""


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
    assert not {"jinja2", "vl_convert", "markdown_it"} & set(names.split(","))


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


def test_counting_loads_no_masked_arrays() -> None:
    """A run over the sample needs no part of numpy that takes longer to load than it counts."""
    args = ("summarize", "--period", "2025H1", "--no-cache", "-o", "-")
    assert loaded(*args, names=("numpy.ma",)) == (0, "")


def test_a_report_loads_no_parquet(tmp_path: Path) -> None:
    """The records of the sample hold their rows themselves: nothing reads files of rows."""
    args = ("report", "--period", "2025H1", "-o", str(tmp_path / "report.md"))
    assert loaded(*args, names=("pyarrow.parquet", "pyarrow.fs", "pandas")) == (0, "")


def test_a_report_loads_what_it_shows(tmp_path: Path) -> None:
    """Where nothing was frozen, nothing reads records; most sources need none of the rest."""
    args = ("report", "--period", "2025H1", "-o", str(tmp_path / "report.html"))
    rare = ("gathering", "look_ups")
    names = ("kpicli.published.record", *(f"kpicli.loaders.rows.made.{name}" for name in rare))
    assert loaded(*args, names=(*names, "kpicli.loaders.rows.damaged_lines")) == (0, "")


def test_freezing_many_rows_loads_no_pandas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows in a file of their own need pyarrow, but nothing that it loads for others."""
    monkeypatch.setenv("KPICLI_SECRET_FILE", str(tmp_path / "key" / "secret"))
    rows = [f"V{number},2025/4/1,生保,感謝,," for number in range(10_001)]
    (tmp_path / "project").mkdir()
    project = Project(tmp_path / "project").export("voices", rows).config
    args = ("--config", str(project), "freeze", "-p", "2025-04", "--not-final")
    assert loaded(*args, names=("pandas",)) == (0, "")
    assert list(project.parent.glob("published/*.parquet"))


@pytest.mark.parametrize(
    "args", [("init", "nowhere"), ("report", "--period", "2025H1", "--fragment")]
)
def test_typer_reads_nothing_that_needs_no_reading(args: tuple[str, ...]) -> None:
    """Folders and the defaults of choices are taken past typer's own reading of values."""
    assert loaded(*args, names=("typer._adapters",))[1] == ""


def test_init_parses_no_markdown(tmp_path: Path) -> None:
    """`init` writes settings and a draft of the words without what reads words."""
    shutil.copytree(ROOT / "sample_data", tmp_path / "exports")
    args = ("init", "exports", "--yes")
    assert loaded(*args, names=("markdown_it", "jinja2", "pandas"), folder=tmp_path) == (5, "")
    assert [*(tmp_path / "narrative").iterdir()]
