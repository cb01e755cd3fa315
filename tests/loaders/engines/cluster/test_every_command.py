"""Every command that reads exports writes the same bytes, whoever reads them."""

import csv
import io
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from random import Random
from typing import TypeVar

import pytest
import xlsxwriter
from distributed import Client

from kpicli.checks.answer import check_answer
from kpicli.checks.inspection import inspect
from kpicli.loaders.engines.cluster.engine import Dask
from kpicli.loaders.engines.interface import Engine
from kpicli.loaders.engines.local import SingleThread
from kpicli.model.periods import Period
from kpicli.output.formats import Options, render
from kpicli.output.interface import Answer
from kpicli.published.rows import apart
from kpicli.reconcile.answer import diff_answer
from kpicli.reconcile.diff import diff
from kpicli.reconcile.freezing import freeze
from kpicli.settings.request import Request
from kpicli.settings.settings import read_settings
from kpicli.trace.accounted_answer import accounted_answer, find_accounting
from kpicli.trace.evidence import find_evidence
from kpicli.trace.explanation import explain
from kpicli.trace.explanation_answer import explain_answer
from kpicli.trace.rows_answer import rows_answer
from kpicli.trace.rows_request import RowsRequest
from messy.exports import write_exports
from support.cluster_processes import Cluster
from support.command_line import process
from support.messy_export import messy
from support.root import ROOT
from support.small_project import TODAY

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")

PERIOD = Period.parse("2025H1", today=TODAY)


@pytest.fixture(autouse=True)
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the file of the one secret with which all records of a test are frozen."""
    file = tmp_path / "secret"
    monkeypatch.setenv("KPICLI_SECRET_FILE", str(file))
    return file


def answers(folder: Path, engine: Engine, move: Callable[[Path], object]) -> dict[str, bytes]:
    """Return all that the commands write of a project, the frozen record and its rows included.

    `move` changes the exports once they are frozen.
    """
    settings = read_settings(folder / "kpicli.toml")
    voices = RowsRequest(Request(PERIOD, kpis=("voices",)), doubtful=True)
    accounted = find_accounting(settings, voices, TODAY, engine, show_personal=True)
    found = {
        "check.json": _of("json", check_answer(inspect(settings, today=TODAY, engine=engine))),
        "rows.csv": _of("csv", rows_answer(find_evidence(settings, voices, TODAY, engine))),
        "all.parquet": _of("parquet", accounted_answer(accounted)),
        "explain.json": _of(
            "json", explain_answer(explain(settings, voices.request, TODAY, engine))
        ),
    }
    freeze(settings, Request(PERIOD), TODAY, engine=engine, not_final=True)
    found |= {file.name: file.read_bytes() for file in (folder / "published").iterdir()}
    for name, change in (("same", None), ("moved", move)):
        if change is not None:
            change(folder)
        moved = diff(settings, Request(PERIOD), TODAY, engine=engine)
        found[f"{name}.json"] = _of("json", diff_answer([moved]))
    return found


def _of(name: str, answer: Answer) -> bytes:
    made = render(name, answer, Options("ja", show_values=True))
    return made.encode() if isinstance(made, str) else bytes(made)


def same_bytes(folder: Path, engine: Engine, move: Callable[[Path], object]) -> dict[str, bytes]:
    """Return the answers of one thread, which the engine's must be in every byte."""
    copy = folder.with_name(f"{folder.name}-here")
    shutil.copytree(folder, copy)
    here, there = answers(copy, SingleThread(), move), answers(folder, engine, move)
    assert sorted(there) == sorted(here)
    assert [name for name in here if there[name] != here[name]] == []
    assert here["moved.json"] != here["same.json"]
    return here


def sample(folder: Path) -> Path:
    """Return a copy of the sample project without what is frozen there."""
    shutil.copytree(ROOT / "sample_data", folder / "sample_data")
    shutil.copy(ROOT / "kpicli.toml", folder)
    return folder


def without_complaints(folder: Path) -> None:
    """Make thanks of every complaint in an export of voices."""
    file = folder / "sample_data" / "お客様の声_2025年4-6月.csv"
    complaint, thanks = (f",{word},".encode("cp932") for word in ("不満", "感謝"))
    file.write_bytes(file.read_bytes().replace(complaint, thanks))


def random_project(folder: Path, random: Random) -> Path:
    """Write voices in three text files, one of them UTF-16, and in a workbook."""
    folder.mkdir()
    for number, encoding in enumerate((None, "utf-16", None)):
        (folder / f"v{number}.csv").write_bytes(messy(random, encoding))
    lines = list(csv.reader(io.StringIO(messy(random, "utf-8").decode(), newline="")))
    with xlsxwriter.Workbook(folder / "v3.xlsx") as book:
        sheet = book.add_worksheet()
        for place, line in enumerate(lines):
            sheet.write_row(place, 0, line)
    files = '["v0.csv", "v1.csv", "v2.csv", "v3.xlsx"]'
    (folder / "kpicli.toml").write_text(
        f'[exports]\nvoices = {{ files = {files}, covers = "2025-04..2025-09" }}\n', "utf-8"
    )
    return folder


@pytest.mark.slow
def test_the_sample_project(client: Client, tmp_path: Path) -> None:
    """All sources, the workbook among them; so few rows that the record holds them itself."""
    made = same_bytes(sample(tmp_path / "sample"), Dask(client, 20_000), without_complaints)
    assert "2025H1.json" in made
    assert not [name for name in made if name.startswith("2025H1") and name.endswith(".parquet")]


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_sources_in_many_encodings(
    client: Client, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Exports of every source that overlap, one of them UTF-16; the rows are in a file beside."""
    monkeypatch.setattr(apart, "MOST_WHOLE", 100)
    folder = tmp_path / "exports"
    folder.mkdir()
    write_exports(folder, seed)
    made = same_bytes(folder, Dask(client, 10_000), lambda own: write_exports(own, seed + 10))
    (rows,) = (name for name in made if name.startswith("2025H1") and name.endswith(".parquet"))
    assert rows.encode() in made["2025H1.json"]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(200, 204))
def test_random_projects(
    client: Client, seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever stands in text files and in a workbook, in spans of some rows."""
    random = Random(seed)
    monkeypatch.setattr(apart, "MOST_WHOLE", random.choice([10, 10_000]))
    folder = random_project(tmp_path / "p", random)
    made = same_bytes(
        folder,
        Dask(client, random.randrange(400, 4000)),
        lambda own: (own / "v1.csv").write_bytes(messy(Random(seed), "utf-16")),
    )
    files = ("v0.csv", "v1.csv", "v2.csv", "v3.xlsx")
    assert [name for name in files if f"voices,{name},".encode() not in made["rows.csv"]] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "asked",
    [
        ("check", "-f", "json", "--show-values"),
        ("rows", "voices", "-p", "2025H1", "-f", "csv"),
        ("rows", "voices", "-p", "2025H1", "--all", "-f", "parquet"),
        ("explain", "voices", "-p", "2025H1"),
        ("report", "-p", "2025H1"),
    ],
    ids=lambda asked: " ".join(asked),
)
def test_the_command_line(cluster: Cluster, asked: tuple[str, ...]) -> None:
    """Each command takes `--engine` and `--scheduler`: the same bytes, messages and exit code."""
    here = process(*asked)
    assert here.out
    assert process(*asked, "--engine", "dask", "--scheduler", cluster.address) == here


@pytest.mark.slow
def test_freezing_by_the_command_line(cluster: Cluster, tmp_path: Path) -> None:
    """What one freezes the other freezes, and neither finds that anything has moved since."""
    there = ("--engine", "dask", "--scheduler", cluster.address)
    outcomes, records = [], []
    for number, options in enumerate(((), there)):
        folder = sample(tmp_path / str(number))
        frozen = process("freeze", "-p", "2025H1", "--not-final", *options, folder=folder)
        outcomes.append((frozen, process("diff", "2025H1", *options, folder=folder)))
        records.append((folder / "published" / "2025H1.json").read_bytes())
    assert outcomes[0] == outcomes[1]
    assert [own.code for own in outcomes[0]] == [0, 0]
    assert records[0] == records[1]


class Watched(Dask):
    """A cluster's engine that remembers all that is sent to the workers."""

    def __init__(self, client: Client) -> None:
        super().__init__(client, 1000)
        self.sent: list[bytes] = []

    def map(
        self, run: Callable[[_Task], _Result], tasks: Iterable[_Task]
    ) -> Iterator[tuple[_Task, _Result]]:
        """Yield every task with its result; remember both what runs and what it is given."""

        def remembered() -> Iterator[_Task]:
            for task in tasks:
                self.sent.append(pickle.dumps(task))
                yield task

        self.sent.append(pickle.dumps(run))
        return super().map(run, remembered())


def test_the_secret_stays(client: Client, secret: Path, tmp_path: Path) -> None:
    """Digests are made where `freeze` was asked for: no worker is sent the key."""
    folder = random_project(tmp_path / "p", Random(7))
    engine = Watched(client)
    freeze(
        read_settings(folder / "kpicli.toml"), Request(PERIOD), TODAY, engine=engine, not_final=True
    )
    written = secret.read_bytes().strip()
    key = bytes.fromhex(written.decode())
    sent = b"".join(engine.sent)
    assert b"v1.csv" in sent
    assert len(key) == 32
    assert key not in sent
    assert written not in sent


@pytest.mark.parametrize("command", ["check", "freeze", "diff", "rows", "explain", "report"])
def test_a_scheduler_without_dask(command: str) -> None:
    """Each command refuses what does not go together, before anything is read."""
    period = {"check": (), "diff": ("2025H1",), "rows": ("voices", "-p", "2025H1")}
    period["explain"] = period["rows"]
    asked = (command, *period.get(command, ("-p", "2025H1")), "--scheduler", "tcp://x:1")
    refused = process("--lang", "en", *asked)
    assert (refused.code, refused.out) == (2, b"")
    assert "--scheduler needs --engine dask" in refused.err


def test_named_files_need_no_cluster(tmp_path: Path) -> None:
    """`check FILE` reads by itself: an engine is refused there."""
    (tmp_path / "v.csv").write_bytes(messy(Random(1)))
    refused = process("--lang", "en", "check", "v.csv", "--engine", "dask", folder=tmp_path)
    assert (refused.code, refused.out) == (2, b"")
    assert "--engine is not for files that are named" in refused.err
