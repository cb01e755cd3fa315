"""Names that people choose, made to do harm, come out of every answer and format as harmless text.

The names are of KPIs, sources, units, files, headers, cells, notes and labels of printed tables.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timezone, tzinfo
from html.parser import HTMLParser
from inspect import signature
from types import SimpleNamespace
from typing import Self

import openpyxl
import pytest
from markdown_it import MarkdownIt
from pyarrow.parquet import read_table

from kpicli.base.wording import Language
from kpicli.cli.app import app
from kpicli.output.data.spreadsheet import NO_DAY
from kpicli.output.formats import FORMATS, Options, render
from kpicli.output.interface import Answer, Rendered
from support.hostile_project import COMMANDS, MARKUP, SIGNS, hostile_answers, hostile_folder

BINARY = [name for name, form in FORMATS.items() if form.binary]
TEXTS = [name for name in FORMATS if name not in BINARY]
STARTS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?\d[\d,.]*")
LANGUAGES: tuple[Language, ...] = ("ja", "en")

Answers = Mapping[str, Answer]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Answers]:
    """Return every answer by its command."""
    with pytest.MonkeyPatch.context() as patch:
        secret = tmp_path_factory.mktemp("secret") / "own" / "secret"
        patch.setenv("KPICLI_SECRET_FILE", str(secret))
        yield hostile_answers(hostile_folder(tmp_path_factory.mktemp("hostile")))


def text(answers: Answers, command: str, name: str, language: Language = "ja") -> str:
    """Return an answer in a text format, cells shown."""
    shown = render(name, answers[command], Options(language, show_values=True))
    assert isinstance(shown, str)
    return shown


def content(answers: Answers, command: str, name: str, language: Language = "ja") -> bytes:
    """Return an answer in a binary format, cells shown."""
    shown = render(name, answers[command], Options(language, show_values=True))
    assert isinstance(shown, bytes)
    return shown


def harmful(shown: str) -> set[str]:
    """Return the characters that move a cursor, hide or reorder text, or are none."""
    return {sign for sign in shown if sign in SIGNS.replace("[31m", "").replace("2J", "")}


def test_every_answer_is_walked(answers: Answers) -> None:
    """The answers are those of every command that has formats, the report aside."""
    assert tuple(answers) == COMMANDS
    commands = (info.callback() for info in app.registered_commands if info.callback is not None)
    with_formats = {
        each.__name__ for each in commands if "format_name" in signature(each).parameters
    }
    assert with_formats == {*(command.split()[0] for command in COMMANDS), "report"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_is_printed_that_controls_or_hides(
    answers: Answers, command: str, name: str, language: Language
) -> None:
    """No control sequence, bidi mark, line separator or tag is printed; their escapes are seen."""
    shown = text(answers, command, name, language)
    assert harmful(shown) == set()
    allowed = {"\n", "\t"} if name == "tsv" else {"\n"}
    assert {sign for sign in shown if not sign.isprintable() and sign != "\u3000"} <= allowed
    assert re.search(r"\\+x1b|\\u001b", shown), "the name itself is still shown"


@pytest.mark.parametrize("command", COMMANDS)
def test_json_reads_back_to_the_letter(answers: Answers, command: str) -> None:
    """What json escapes is what was typed."""
    found = list(strings(json.loads(text(answers, command, "json"))))
    assert [each for each in found if SIGNS.partition("[")[0] in each] != []
    assert [each for each in found if "\\x1b" in each or "\\u202e" in each] == []


def strings(value: object) -> Iterator[str]:
    """Yield every string in a JSON value."""
    if isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize(("name", "sign"), [("csv", ","), ("tsv", "\t")])
@pytest.mark.parametrize("command", COMMANDS)
def test_no_cell_begins_a_formula(answers: Answers, command: str, name: str, sign: str) -> None:
    """Texts that a spreadsheet would calculate are led by an apostrophe; numbers are not."""
    rows = list(csv.reader(io.StringIO(text(answers, command, name), newline=""), delimiter=sign))
    cells = [cell for row in rows for cell in row]
    assert [c for c in cells if c.startswith(STARTS) and not NUMBER.fullmatch(c)] == []
    assert {c for c in cells if c.startswith("'") and NUMBER.fullmatch(c[1:])} <= {"'-1"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_no_cell_of_a_workbook_is_a_formula(
    answers: Answers, command: str, language: Language
) -> None:
    """Texts are texts, those like formulas marked as Excel marks them, no apostrophe typed in."""
    book = openpyxl.load_workbook(io.BytesIO(content(answers, command, "xlsx", language)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert harmful("".join(str(cell.value) for cell in texts)) == set()
    assert {cell.data_type for cell in texts} == {"s"}
    led = [cell for cell in texts if str(cell.value).startswith((*STARTS, "'"))]
    assert [cell.value for cell in led if not cell.quotePrefix] == []
    assert [cell.value for cell in led if str(cell.value).startswith("'")] == []


@pytest.mark.parametrize("command", COMMANDS)
def test_parquet_holds_nothing_harmful(answers: Answers, command: str) -> None:
    """Its texts are those of csv, without an apostrophe."""
    table = read_table(io.BytesIO(content(answers, command, "parquet")))
    header, *rows = csv.reader(io.StringIO(text(answers, command, "csv"), newline=""))
    assert table.column_names == header
    for name, place in zip(header, range(len(header)), strict=True):
        if str(table.schema.field(name).type) == "string":
            texts = ["" if cell is None else cell for cell in table[name].to_pylist()]
            assert harmful("".join(texts)) == set()
            assert texts == [row[place].removeprefix("'") for row in rows]


class Tags(HTMLParser):
    """Collects the tags of a page, the names of their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: set[str] = set()
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag, and what its attributes are called."""
        self.tags |= {tag, *(name for name, _ in attrs)}

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


@pytest.mark.parametrize("command", COMMANDS)
def test_markup_stays_text(answers: Answers, command: str) -> None:
    """Tags, code marks, bars and entities in a name are text on a page and in Markdown."""
    page = Tags(text(answers, command, "html"))
    assert "script" not in page.tags
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    written = Tags(reader.render(text(answers, command, "markdown")))
    assert not {"script", "code", "em", "blockquote"} & written.tags
    if MARKUP in page.text:
        assert MARKUP in written.text


class Later(datetime):
    """A day that is far away."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        """Return it."""
        return cls(2033, 3, 3, tzinfo=tz)


@pytest.mark.parametrize("command", COMMANDS)
def test_a_workbook_does_not_know_the_clock(
    answers: Answers, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same answer gives the same bytes at any time; its author is kpicli."""
    first = content(answers, command, "xlsx")
    clock = SimpleNamespace(datetime=Later, timezone=timezone)
    monkeypatch.setattr("openpyxl.packaging.core.datetime", clock)
    monkeypatch.setattr("time.localtime", lambda _=None: Later.now().timetuple())
    assert content(answers, command, "xlsx") == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        core = archive.read("docProps/core.xml").decode()
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert re.search(r"<dc:creator[^>]*>kpicli [0-9.]+</dc:creator>", core)
    day = answers[command].day or NO_DAY
    assert set(re.findall(r">(\d{4}-\d\d-\d\d)T", core)) == {day.isoformat()}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("command", COMMANDS)
def test_english_has_its_own_word_for_blank_cells(
    answers: Answers, command: str, name: str
) -> None:
    """未記入 is said in Japanese alone, whatever the answer and the format."""
    english = everything(render(name, answers[command], Options("en")))
    japanese = everything(render(name, answers[command], Options("ja")))
    assert "未記入" not in english
    assert ("(blank)" in english) >= ("未記入" in japanese)
    assert command not in {"summarize", "diff"} or "未記入" in japanese


def everything(shown: Rendered) -> str:
    """Return all the texts of an answer as written."""
    if isinstance(shown, str):
        return shown
    if shown.startswith(b"PAR1"):
        return str(read_table(io.BytesIO(shown)).to_pydict())
    book = openpyxl.load_workbook(io.BytesIO(shown))
    return str([list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets])
