"""`kpicli summarize` answered from its cache: the same to the last byte, sooner."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import kpicli.run.summary
from kpicli.output.formats import FORMATS
from support.command_line import (
    HEADER,
    PROJECT,
    SETTINGS,
    Outcome,
    Run,
    environment,
    process,
    voices,
)
from support.root import ROOT

HALF = ("summarize", "--period", "2025H1")
VOICES = (*HALF, "--kpi", "voices")
FAULTY: Mapping[str, str | bytes] = {
    "kpicli.toml": SETTINGS + 'meetings = { files = "m.csv", covers = "2025-04..2025-09" }\n',
    "voices.csv": voices(
        "V1,2025/9/31,損保,感謝,損保-1課,S001,",
        "V2,2025/5/2,生保,苦情,,S002,",
        "V3,2025/5/3,生保,不満,\x1b[31m課,S002,2025/6/1",
        "V3,2025/5/3,生保,要望,,S002,2025/6/1",
        ",2025/5/4,生保,不満,,S002,",
    ),
    "m.csv": "会議番号,開催日,会議名\nM1,2025/4/1,コンプライアンス会議\n",
}
"""A project with rows in doubt and a missed target."""


def forbid_counting(patch: pytest.MonkeyPatch) -> None:
    """Let any run fail that counts instead of taking what is kept."""

    def counted(*_: object) -> None:
        raise AssertionError("it was counted again")

    patch.setattr(kpicli.run.summary, "summarize", counted)


@pytest.fixture
def answered_again(
    run_kpicli: Run, cache_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Run:
    """Return a runner that runs without the cache, counting, and from the cache.

    It asserts that all three say the same, in files too, and returns the outcome.
    """

    def run(files: Mapping[str, str | bytes] | None, *args: str) -> Outcome:
        written = tmp_path / "written.out"
        outcomes: list[tuple[Outcome, bytes | None]] = []
        for turn, extra in enumerate((("--no-cache",), (), ())):
            written.unlink(missing_ok=True)
            with monkeypatch.context() as patch:
                if turn == 2:
                    forbid_counting(patch)
                # the files are written once: what is written anew has another time
                outcome = run_kpicli(files if turn == 0 or files is None else {}, *args, *extra)
            outcomes.append((outcome, written.read_bytes() if written.exists() else None))
            assert len(list(cache_folder.glob("*"))) == min(turn, 1)
        assert outcomes[0] == outcomes[1] == outcomes[2]
        return outcomes[0][0]

    return run


@pytest.mark.parametrize("form", FORMATS)
def test_every_format(form: str, answered_again: Run) -> None:
    """Output, messages and exit code of every format are the same, with rows in doubt as well."""
    target = ("-o", "written.out") if form == "xlsx" else ()
    outcome = answered_again(FAULTY, *HALF, "--compare", "previous", "-f", form, *target)
    assert outcome.code == 5
    assert "D101" in outcome.err


@pytest.mark.parametrize(
    "args",
    [
        ("--by", "month"),
        ("--by", "line", "--compare", "previous,year-ago"),
        ("--kpi", "voices,complaint_improvements", "--as-of", "2025-09-01"),
        ("--kpi", "compliance_meetings", "--fail-on", "target"),
        ("-o", "written.out", "-f", "csv"),
        ("--encoding", "cp932"),
    ],
    ids=" ".join,
)
def test_every_option(args: tuple[str, ...], answered_again: Run) -> None:
    """So are they with every option of the command."""
    files = {**FAULTY, "voices.csv": voices("V1,2025/4/1,損保,感謝,損保-1課,S001,")}
    outcome = answered_again(files, *HALF, *args)
    assert outcome.code == (6 if "target" in args else 0)


def test_the_sample(answered_again: Run) -> None:
    """The sample project with all its exports is answered to the letter, too."""
    outcome = answered_again(None, *HALF, "--compare", "previous,year-ago", "-f", "json")
    assert outcome.code == 0


def test_another_format_of_the_same(
    run_kpicli: Run, cache_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What one format counted serves the others."""
    first = run_kpicli(PROJECT, *HALF, "-f", "json")
    forbid_counting(monkeypatch)
    assert run_kpicli({}, *HALF, "-f", "text").code == 0
    assert run_kpicli({}, *HALF, "-f", "json").out == first.out
    assert len(list(cache_folder.iterdir())) == 1


def test_another_language_of_the_same(cache_folder: Path) -> None:
    """What was counted in Japanese serves in English, as if it had been counted so."""
    args = (*HALF, "--compare", "previous", "-f", "text")
    english = process("--lang", "en", *args, "--no-cache")
    assert process(*args).text.startswith("2025年度上期")
    assert process("--lang", "en", *args) == english
    assert len(list(cache_folder.iterdir())) == 1


def test_no_cache(run_kpicli: Run, cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--no-cache neither keeps an answer nor takes one."""
    assert run_kpicli(PROJECT, *HALF, "--no-cache").code == 0
    assert not cache_folder.exists()
    assert run_kpicli({}, *HALF).code == 0
    forbid_counting(monkeypatch)
    assert run_kpicli({}, *HALF).code == 0
    with pytest.raises(AssertionError, match="counted again"):
        run_kpicli({}, *HALF, "--no-cache")


def test_persons_are_not_kept(run_kpicli: Run, cache_folder: Path) -> None:
    """A run with --show-personal leaves nothing behind."""
    args = (*VOICES, "--by", "staff", "--show-personal")
    assert b"S002" in run_kpicli(PROJECT, *args).out
    assert run_kpicli({}, *HALF, "--show-personal").code == 0
    assert not cache_folder.exists()


def test_cells_are_not_kept(run_kpicli: Run, cache_folder: Path) -> None:
    """With --show-values the cells are shown, counted anew; no entry holds one."""
    assert "9/31" not in run_kpicli(FAULTY, *VOICES).err
    for _ in range(2):
        assert "2025/9/31" in run_kpicli({}, *VOICES, "--show-values").err
    kept = [file.read_bytes() for file in cache_folder.iterdir()]
    assert len(kept) == 1
    assert b"9/31" not in kept[0]


@pytest.mark.parametrize(
    "args",
    [
        ("check",),
        ("rows", "voices", "--period", "2025H1"),
        ("explain", "voices", "--period", "2025H1"),
        ("kpis",),
    ],
    ids=" ".join,
)
def test_other_commands_keep_nothing(
    args: tuple[str, ...], run_kpicli: Run, cache_folder: Path
) -> None:
    """Only summarize keeps answers."""
    assert run_kpicli(PROJECT, *args).code == 0
    assert not cache_folder.exists()


def test_refusals_are_not_kept(run_kpicli: Run, cache_folder: Path) -> None:
    """What cannot be answered leaves nothing behind."""
    assert run_kpicli(PROJECT, *HALF, "--kpi", "nothing").code == 2
    assert run_kpicli({"voices.csv": b"\xff\xff"}, *HALF).code == 4
    assert not cache_folder.exists()


@pytest.mark.usefixtures("cache_folder")
def test_an_input_is_never_written_to(run_kpicli: Run, tmp_path: Path) -> None:
    """An answer from the cache does not go into an export either."""
    assert run_kpicli(PROJECT, *HALF).code == 0
    refused = run_kpicli({}, *HALF, "-o", "voices.csv")
    assert (refused.code, refused.out) == (2, b"")
    assert (tmp_path / "voices.csv").read_text(encoding="utf-8").startswith(HEADER)


@pytest.mark.usefixtures("cache_folder")
def test_a_changed_export_is_counted(run_kpicli: Run) -> None:
    """New rows count at once; so do changed settings."""
    assert b",voices,\xe3\x81\x8a" in run_kpicli(PROJECT, *VOICES).out
    more = voices(*(f"V{number},2025/4/1,損保,感謝,,S001," for number in (1, 2, 3)))
    assert ",,,,,3,件," in run_kpicli({"voices.csv": more}, *VOICES).text
    narrow = SETTINGS.replace("2025-09", "2025-08")
    assert ",partial," in run_kpicli({"kpicli.toml": narrow}, *VOICES).text


@pytest.mark.parametrize("damage", ["cut", "other", "empty", "folder", "pipe"])
def test_a_damaged_entry(
    damage: str, answered_again: Run, run_kpicli: Run, cache_folder: Path
) -> None:
    """A damaged entry changes nothing: the figures are counted, without a word about it."""
    before = answered_again(PROJECT, *HALF)
    (entry,) = cache_folder.iterdir()
    content = entry.read_bytes()
    if damage in ("folder", "pipe"):
        entry.unlink()
        entry.mkdir() if damage == "folder" else os.mkfifo(entry)
    else:
        entry.write_bytes({"cut": content[:-9], "other": b"x" + content, "empty": b""}[damage])
    assert run_kpicli({}, *HALF) == before


@pytest.mark.parametrize("place", ["file", "read-only", "relative", "no-home"])
def test_nowhere_to_keep_it(place: str, tmp_path: Path) -> None:
    """A home that is read-only, missing or no folder costs not even a warning."""
    project = tmp_path / "project"
    project.mkdir()
    for name, content in PROJECT.items():
        (project / name).write_text(content, encoding="utf-8")
    (tmp_path / "file").touch()
    (tmp_path / "read-only").mkdir(mode=0o500)
    changes: dict[str, dict[str, str | None]] = {
        "file": {"XDG_CACHE_HOME": str(tmp_path / "file")},
        "read-only": {"XDG_CACHE_HOME": None, "HOME": str(tmp_path / "read-only")},
        "relative": {"XDG_CACHE_HOME": "somewhere"},
        "no-home": {"XDG_CACHE_HOME": None, "HOME": "/proc/nowhere"},
    }
    for _ in range(2):
        outcome = process(*VOICES, folder=project, **changes[place])
        assert (outcome.code, outcome.err) == (0, "")
    assert sorted(file.name for file in project.iterdir()) == ["kpicli.toml", "voices.csv"]


@pytest.mark.parametrize("place", ["above", "folder", "entry"])
@pytest.mark.parametrize("danger", ["others may write", "group may write", "another user's"])
def test_what_others_could_have_changed(
    place: str,
    danger: str,
    run_kpicli: Run,
    cache_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An entry that others could have made is not believed: counted, told once, left alone.

    The entry is made to say another number, so that it shows whether it was taken.
    """
    before = run_kpicli(PROJECT, *VOICES)
    (entry,) = cache_folder.iterdir()
    forged(entry, b",[2,null,null", b",[7,null,null")
    assert b",7," in run_kpicli({}, *VOICES).out  # the forgery would be believed
    target = {"above": cache_folder.parent, "folder": cache_folder, "entry": entry}[place]
    if danger == "another user's" and os.geteuid() == 0:
        os.chown(target, 54321, -1)
    elif danger == "another user's":  # who is not root cannot give files away
        target = cache_folder.parent
        monkeypatch.setattr(os, "geteuid", lambda: 54321)
    else:
        target.chmod(target.stat().st_mode | (0o002 if danger == "others may write" else 0o020))
    content = entry.read_bytes()
    outcome = run_kpicli({}, *VOICES)
    assert (outcome.code, outcome.out) == (before.code, before.out)
    assert outcome.err.count("\n") == 1
    assert outcome.err.startswith(f"注意 {target} は他の利用者のものか、他の利用者が書き換えられる")
    assert entry.read_bytes() == content
    assert [path.name for path in cache_folder.iterdir()] == [entry.name]
    assert run_kpicli({}, *VOICES, "-q").err == ""


def forged(entry: Path, old: bytes, new: bytes) -> None:
    """Change what an entry says, and its own digest with it."""
    _, _, content = entry.read_bytes().partition(b"\n")
    assert old in content
    content = content.replace(old, new)
    head = b"kpicli-summary " + hashlib.sha256(content).hexdigest().encode()
    entry.write_bytes(head + b"\n" + content)


def test_many_runs_at_once(cache_folder: Path, tmp_path: Path) -> None:
    """Runs that start together all answer, and leave one whole entry."""
    for name, content in PROJECT.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    children = [
        subprocess.Popen(
            [sys.executable, "-m", "kpicli", *VOICES],
            cwd=tmp_path,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for _ in range(4)
    ]
    outcomes = {(*child.communicate(timeout=120), child.returncode) for child in children}
    assert len(outcomes) == 1
    assert next(iter(outcomes))[1:] == (b"", 0)
    assert [file.suffix for file in cache_folder.iterdir()] == [".summary"]


@pytest.mark.usefixtures("cache_folder")
@pytest.mark.parametrize("form", ["csv", "json", "table", "text", "markdown"])
def test_little_is_loaded(form: str) -> None:
    """An answer from the cache loads nothing that reads, counts or validates."""
    names = (
        "pandas",
        "numpy",
        "pyarrow",
        "openpyxl",
        "pydantic",
        "kpicli.settings.settings",
        "rich.console",
    )
    watch = (
        "import sys\nfrom kpicli.cli import main\ntry:\n    main()\nfinally:\n"
        f"    sys.stderr.write(','.join(name for name in {names!r} if name in sys.modules))\n"
    )
    told: list[bytes] = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", watch, *HALF, "--kpi", "voices", "-f", form],
            cwd=ROOT,
            env=environment(),
            capture_output=True,
            check=True,
        )
        told.append(done.stderr)
    assert b"pydantic" in told[0]
    assert told[1] == b""
