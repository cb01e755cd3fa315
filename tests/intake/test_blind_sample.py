"""The sample's own exports as other programs would write them: the published figures come out."""

import csv
import io
import random
import shutil
from pathlib import Path

import pytest

from kpicli.catalog.read import read_catalog
from kpicli.intake.guesses import open_questions
from kpicli.intake.offering import settings_of
from kpicli.intake.understanding import understand
from kpicli.intake.writing import settings_text
from kpicli.model.periods import Period
from kpicli.run.summary import summarize
from kpicli.settings.request import Request
from support.dialects import DIALECTS, Export
from support.packs import TODAY
from support.root import ROOT
from support.strange_folders import SAMPLE, SOURCES, encoding_of

PERIOD = Period.parse("2025H1", today=TODAY)


def sample_export(name: str, source: str) -> Export:
    """Return an export of the sample, every cell as it is written there."""
    data = (SAMPLE / name).read_bytes()
    text = data.decode(encoding_of(data))
    sign = "\t" if "\t" in text.partition("\n")[0] else ","
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
    spec = read_catalog().source[source]
    names = {column.headers[0]: key for key, column in spec.columns.items()}
    full = [row for row in rows if len(row) == len(header)]
    columns = {names[own]: [row[n] for row in full] for n, own in enumerate(header)}
    return Export(spec, columns, {names[own]: own for own in header})


@pytest.mark.slow
@pytest.mark.parametrize("dialect", ["renamed", "encoded", "ledger", "zipped", "decoys"])
def test_published_figures(tmp_path: Path, dialect: str) -> None:
    """However its exports are written, the sample gives every published figure after --yes."""
    chance = random.Random(dialect)
    for number, (name, source) in enumerate(SOURCES.items()):
        if name.endswith(".xlsx"):
            shutil.copy(SAMPLE / name, tmp_path / f"e{number:02}.xlsx")
        else:
            export = sample_export(name, source)
            DIALECTS[dialect](export, tmp_path / f"e{number:02}", chance)
    _, proposal = understand([tmp_path], tmp_path)
    remarks = [each.words for each in open_questions(proposal)]
    settings = settings_of(settings_text(proposal, "ja", remarks), tmp_path)
    summary = summarize(settings, Request(PERIOD, compare=("previous", "year_ago")), TODAY)
    counted = {(figure.kpi, figure.item or ""): figure for figure in summary.figures}
    told = (ROOT / "tests/data/figures_2025H1.tsv").read_text(encoding="utf-8")
    expected = list(csv.DictReader(io.StringIO(told), delimiter="\t"))
    assert len(expected) > 40
    for row in expected:
        figure = counted[row["kpi"], row["item"]]
        own: dict[str, object] = {
            "value": figure.value.number,
            "numerator": figure.value.numerator,
            "denominator": figure.value.denominator,
            **{each.kind: each.value.number for each in figure.comparisons},
        }
        for column, shown in own.items():
            assert not row[column] or str(shown) == row[column], (row, column)
