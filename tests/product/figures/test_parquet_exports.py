"""The sample with Parquet in the place of every export gives the published figures."""

import csv
import io
import json
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from support.command_line import Run
from support.parquet_files import sample_as_parquet, write_columns
from support.root import ROOT
from support.shown_figures import expected, from_csv

COMPARED = ("summarize", "--period", "2025H1", "--compare", "previous,year-ago")


@pytest.fixture(scope="module", params=[False, True], ids=["texts", "typed"])
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample with Parquet exports: texts as they stand, or days, numbers and codes."""
    folder = tmp_path_factory.mktemp("parquet") / "sample"
    return sample_as_parquet(folder, typed=request.param, rows=100)


def records(out: bytes, *left: str) -> list[dict[str, str]]:
    """Return the records of a CSV without some columns."""
    read = csv.DictReader(io.StringIO(out.decode()))
    return [{name: cell for name, cell in row.items() if name not in left} for row in read]


def test_every_figure(project: Path, run_in: Run) -> None:
    """All figures, parts and comparisons are those of the text exports, and those published."""
    done, plain = (run_in(folder, *COMPARED, "-f", "csv") for folder in (project, ROOT))
    assert (done.code, done.out) == (0, plain.out)
    shown = from_csv(done.out)
    text = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    published = list(csv.DictReader(io.StringIO(text), delimiter="\t"))
    assert len(published) > 50
    for row in published:
        figure = shown[row["kpi"], row["item"]]
        counts = int(row["numerator"] or 0), int(row["denominator"] or 0)
        wanted = expected(int(row["value"]) if row["value"] else counts)
        assert (figure.value, figure.numerator, figure.denominator) == (
            *(wanted.value, wanted.numerator, wanted.denominator),
        )
        assert not row["previous"] or figure.previous == Decimal(row["previous"])


@pytest.mark.parametrize("kpi", ["voices", "missed_responses", "explaining_staff"])
def test_rows_behind_a_figure(project: Path, run_in: Run, kpi: str) -> None:
    """They are the same rows under the same numbers, and read as the same values."""
    both = []
    for folder in (project, ROOT):
        done = run_in(folder, "rows", kpi, "--period", "2025H1", "-f", "csv", "--show-personal")
        rows = records(done.out, "line", "file")
        both.append([{n: v for n, v in row.items() if f"{n}_read" not in row} for row in rows])
    assert both[0]
    assert both[0] == both[1]


def test_check_and_accounting(project: Path, run_in: Run) -> None:
    """Findings stand at the same rows; files have their digests and no encoding."""
    done, plain = (run_in(folder, "check", "-f", "csv") for folder in (project, ROOT))
    mine, theirs = (records(own.out, "line", "file", "other") for own in (done, plain))
    assert mine == theirs
    summary = json.loads(run_in(project, "summarize", "-p", "2025H1", "-f", "json").out)
    assert {file["encoding"] for file in summary["files"]} == {None}
    assert all(file["path"].endswith(".parquet") for file in summary["files"])


def test_init_and_check_of_files(project: Path, run_in: Run, tmp_path: Path) -> None:
    """A folder of Parquet is understood as one of text is; its files can be checked alone."""
    (tmp_path / "exports").mkdir()
    for path in (project / "sample_data").iterdir():
        (tmp_path / "exports" / path.name).write_bytes(path.read_bytes())
    done = run_in(tmp_path, "init", "exports", "--yes")
    assert done.code == 5, done.err  # some of its settings are guesses, as they are for text
    counted = from_csv(run_in(tmp_path, "summarize", "-p", "2025H1", "-f", "csv").out)
    assert [counted[name, ""].value for name in ("voices", "followups")] == [841, 802]
    file = "exports/お客様の声_2025年4-6月.parquet"
    checked = run_in(tmp_path, "check", file, "-f", "text")
    assert checked.code == 0, checked.err
    assert "429 行を" in checked.text


def test_freeze_and_diff(project: Path, run_in: Run, tmp_path: Path) -> None:
    """What was frozen of Parquet is unchanged, until a row more stands there, which is named."""
    own = tmp_path / "own"
    shutil.copytree(project / "sample_data", own / "sample_data")
    shutil.copy(project / "kpicli.toml", own)
    (own / "published").mkdir()
    assert run_in(own, "freeze", "--period", "2025H1").code == 0
    assert run_in(own, "diff", "2025H1", "--fail-on", "change").code == 0
    path = own / "sample_data" / "会議記録.parquet"
    read = parquet.read_table(path)
    new = {"会議番号": ["M999"], "開催日": ["2025-06-02"], "会議名": ["コンプライアンス会議"]}
    more = pa.table(new)
    kind = read.schema.field("開催日").type
    day = pa.array([date(2025, 6, 2)]) if pa.types.is_date(kind) else more.column("開催日")
    more = more.set_column(1, "開催日", day).cast(read.schema)
    parquet.write_table(pa.concat_tables([read, more]), path)
    moved = run_in(own, "diff", "2025H1", "--fail-on", "change", "-f", "csv")
    assert moved.code == 6
    assert "会議記録.parquet" in moved.text


def test_a_folder_on_the_command_line(run_in: Run, tmp_path: Path) -> None:
    """Broken files are errors of reading, in both languages, and never a traceback."""
    (tmp_path / "kpicli.toml").write_text('[exports]\nvoices = "*.parquet"\n', encoding="utf-8")
    path = write_columns(tmp_path / "v.parquet", {"受付番号": ["V1"]})
    whole = path.read_bytes()
    for content in (b"", b"PAR1", whole[:-5], whole[: len(whole) // 2], b"a,b\n", whole[::-1]):
        path.write_bytes(content)
        for language in ("ja", "en"):
            done = run_in(tmp_path, "--lang", language, "summarize", "-p", "2025H1")
            assert done.code == 4, done.err
            assert "Traceback" not in done.err
            assert done.err.count("v.parquet") == 1
