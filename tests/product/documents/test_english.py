"""With `--lang en` no Japanese is left in any output, but for the words of the data themselves."""

import io
import re
from collections.abc import Iterable, Iterator
from datetime import date

import openpyxl
import pyarrow.parquet as parquet
import pytest

import kpicli
from kpicli.checks.answer import check_answer
from kpicli.checks.inspection import inspect
from kpicli.mail.settings import MailSettings
from kpicli.mail.writing.concerns import concerns
from kpicli.mail.writing.draft import draft, warning_draft
from kpicli.model.periods import Period
from kpicli.model.summary import Summary
from kpicli.output.catalogue.kpis import kpis_answer
from kpicli.output.catalogue.sources import sources_answer
from kpicli.output.formats import FORMATS
from kpicli.output.interface import Answer, Options
from kpicli.output.summary.answer import summary_answer
from kpicli.settings.request import Request
from kpicli.settings.settings import Settings, read_settings
from kpicli.trace.evidence import find_evidence
from kpicli.trace.explanation import explain
from kpicli.trace.explanation_answer import explain_answer
from kpicli.trace.rows_answer import rows_answer
from kpicli.trace.rows_request import RowsRequest
from kpicli.values.fiscal import HALVES
from support.root import ROOT

JAPANESE = re.compile("[\u3000-\u303f\u3041-\u30ff\u3400-\u9fff\uff00-\uffef]+")
TODAY = date(2025, 11, 1)
HALF = Period.parse("2025H1", today=TODAY)
MAIL = {"sender": "kpi@example.co.jp", "to": ["fd@example.co.jp"]}
ENGLISH = Options(language="en")


@pytest.fixture(scope="module")
def settings() -> Settings:
    """Return the settings of the sample project."""
    return read_settings(ROOT / "kpicli.toml")


@pytest.fixture(scope="module")
def summary() -> Summary:
    """Return the sample's half year with both comparisons."""
    compare = ("previous", "year-ago")
    return kpicli.summarize("2025H1", compare=compare, config=ROOT / "kpicli.toml", today=TODAY)


def shown(name: str, answer: Answer) -> str:
    """Return all text that an answer shows in a format, that of cells and sheets too."""
    rendered = FORMATS[name].render(answer, ENGLISH)
    if isinstance(rendered, str):
        return rendered
    if name == "parquet":
        return str(parquet.read_table(io.BytesIO(rendered)).to_pylist())
    book = openpyxl.load_workbook(io.BytesIO(rendered))
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value]
    return "\n".join([*book.sheetnames, *cells])


def left(text: str, data: Iterable[str]) -> list[str]:
    """Return the Japanese in a text that is no part of the words of the data."""
    known = "\n".join(data)
    return [words for words in JAPANESE.findall(text) if words not in known]


def files(summary: Summary) -> Iterator[str]:
    """Yield the names of files and sheets, and what entered values were taken from."""
    for file in summary.files:
        yield f"{file.path} {file.sheet}"
    for figure in summary.figures:
        yield figure.origin.source
        yield from (comparison.origin.source for comparison in figure.comparisons)


def headers(settings: Settings) -> Iterator[str]:
    """Yield the headers of exports and the patterns of their files."""
    for source in settings.catalog.source.values():
        for column in source.known.values():
            yield from column.headers
    yield from settings.patterns


def written(settings: Settings) -> Iterator[str]:
    """Yield what stands in exports: headers, patterns, and the words for values of codes."""
    yield from headers(settings)
    for table in settings.catalog.codes.values():
        for value, synonyms in table.values.items():
            yield from (value, *synonyms)


@pytest.mark.parametrize("name", FORMATS)
def test_summarize(name: str, summary: Summary, settings: Settings) -> None:
    """Titles, units, parts, rules, targets, remarks, accounting: all is English.

    Findings, which json lists, have the headers of their places; it has the names of halves, too.
    """
    data = (*files(summary), *((*headers(settings), *HALVES) if name == "json" else ()))
    assert left(shown(name, summary_answer(summary)), data) == []


@pytest.mark.parametrize("by", ["month", "line", "category"])
def test_groups(by: str) -> None:
    """Groups go by the English of their code table."""
    made = kpicli.summarize("2025H1", by=by, config=ROOT / "kpicli.toml", today=TODAY)
    assert left(shown("text", summary_answer(made)), files(made)) == []
    assert left(shown("csv", summary_answer(made)), ()) == []


@pytest.mark.parametrize("name", ["csv", "json", "text", "markdown"])
def test_check(name: str, settings: Settings, summary: Summary) -> None:
    """What is found is said in English; places are files and headers, values are the data's."""
    inspection = inspect(settings, (), HALF, TODAY)
    names = [fault.detail for fault in inspection.faults if isinstance(fault.detail, str)]
    example = ("コンプライアンス会議", "コンプラ会議")  # cells, in the advice on other spellings
    data = (*files(summary), *headers(settings), *names, *example)
    assert left(shown(name, check_answer(inspection)), data) == []


def test_lists(settings: Settings) -> None:
    """KPIs have no Japanese at all, sources their headers, patterns and words for codes."""
    assert left(shown("json", kpis_answer(settings, everything=True)), ()) == []
    assert left(shown("table", kpis_answer(settings)), ()) == []
    assert left(shown("json", sources_answer(settings)), written(settings)) == []


@pytest.mark.parametrize("kpi", read_settings(None).catalog.kpi)
def test_explain(kpi: str, settings: Settings) -> None:
    """Definition and steps are English; columns are named by their headers too."""
    explanation = explain(settings, Request(HALF, (kpi,)), TODAY)
    paths = [f"{file.path} {file.sheet}" for file in explanation.files]
    for name in ("text", "csv", "json"):
        text = shown(name, explain_answer(explanation))
        assert left(text, (*paths, *headers(settings))) == []
    definition = " ".join(line.en for line in explanation.definition)
    assert left(definition, ()) == []


@pytest.mark.parametrize(
    ("kpi", "item"),
    [("voices", "complaints"), ("missed_responses", None), ("missed_responses", "overdue")],
)
def test_rows(kpi: str, item: str | None, settings: Settings) -> None:
    """Parts and rules go by their English names; the rows are as the exports have them."""
    evidence = find_evidence(settings, RowsRequest(Request(HALF, (kpi,)), item), TODAY)
    data = [row.place.file for row in evidence.rows]
    data += [f"{c.header} {c.raw} {c.read}" for row in evidence.rows for c in row.cells]
    for name in ("text", "csv", "json"):
        assert left(shown(name, rows_answer(evidence)), data) == []


def test_mail(settings: Settings, summary: Summary) -> None:
    """Subject, text and page; the warning that takes its place too."""
    about = concerns(summary, settings.catalog, "en")
    made = draft(summary, about, MailSettings.model_validate(MAIL), (), "en")
    for text in (made.subject, made.text, made.html or ""):
        assert left(text, files(summary)) == []
    withheld = warning_draft(HALF.label("en"), about.gaps, "en")
    assert left(withheld.subject + withheld.text, ()) == []


def test_japanese_would_be_found(summary: Summary) -> None:
    """The same outputs in Japanese are full of it."""
    text = FORMATS["text"].render(summary_answer(summary), Options())
    assert isinstance(text, str)
    assert len(left(text, files(summary))) > 100
