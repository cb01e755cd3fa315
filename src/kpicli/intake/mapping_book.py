"""The questions of a folder as a workbook: to be filled by people, then read back."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct
from openpyxl import Workbook
from openpyxl.styles import Alignment

from kpicli.base.errors import InputError
from kpicli.base.wording import Language, Text
from kpicli.intake.asking.columns import with_column
from kpicli.intake.asking.question import NEITHER, Choice, Question
from kpicli.intake.asking.questions import answered
from kpicli.intake.offering import consequences, weighed
from kpicli.intake.profiling.tables import Table
from kpicli.intake.proposal import Proposal
from kpicli.intake.showing import evidence, is_private
from kpicli.loaders.cells.raw_table import text_of
from kpicli.loaders.files.content import open_content, read_all
from kpicli.loaders.workbook.container import kind_of
from kpicli.loaders.workbook.parts import read_package
from kpicli.loaders.workbook.sheet.read_cells import read_cells
from kpicli.output.data.spreadsheet import NO_DAY, append, saved, stamp, widen
from kpicli.output.page.safety import plain
from kpicli.values.folding import fold

_QUESTIONS, _COLUMNS = Text("質問", "Questions"), Text("列", "Columns")
_QUESTION_HEADS = (
    Text("質問", "question"),
    Text("選択肢", "answers"),
    Text("空欄のままなら", "if left blank"),
    Text("答え(番号)", "answer (number)"),
    Text("キー", "key"),
)
_COLUMN_HEADS = (
    Text("ファイル", "file"),
    Text("見出し", "header"),
    Text("内容", "holds"),
    Text("元データ", "source"),
    Text("列(直せます)", "column (may be corrected)"),
)
_GUESSED = Text("推測のまま: {answer}", "stays a guess: {answer}")
_OPEN = Text("未定のまま: {answer}", "stays open: {answer}")
_NONE = "-"


class Filled(Struct, frozen=True):
    """What people wrote: answers by the key of their question, columns by table and header.

    An answer that is blank is none.
    """

    answers: Mapping[str, str] = {}
    columns: Mapping[tuple[str, str], str] = {}


def mapping_book(proposal: Proposal, home: Path, language: Language) -> bytes:
    """Return the workbook of a proposal: a sheet of questions, and one of all columns.

    Beside each question stands what is taken where its answer is left blank.
    """
    weigh = partial(weighed, home=home)
    _, asked = answered(proposal, lambda question: question.choices[0], weigh)
    book = Workbook()
    questions, listed = book.worksheets[0], book.create_sheet(_COLUMNS.in_language(language))
    questions.title = _QUESTIONS.in_language(language)
    append(questions, (head.in_language(language) for head in _QUESTION_HEADS), bold=True)
    for question in asked:
        append(questions, _question_row(question, language))
    append(listed, (head.in_language(language) for head in _COLUMN_HEADS), bold=True)
    for row in _column_rows(proposal, language):
        append(listed, row)
    for sheet in (questions, listed):
        sheet.freeze_panes = "A2"
    for place, cells in enumerate(questions.iter_rows(min_row=2)):
        cells[1].value = "\n".join(map(plain, _answers(asked[place], home, language)))
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    for sheet in (questions, listed):
        widen(sheet)
    stamp(book, NO_DAY)
    return saved(book)


def _question_row(question: Question, language: Language) -> tuple[str, ...]:
    first = question.choices[0]
    taken = _OPEN if first.key == NEITHER else _GUESSED
    blank = taken.filled(answer=first.words.in_language(language)).in_language(language)
    return question.words.in_language(language), "", blank, "", question.id


def _answers(question: Question, home: Path, language: Language) -> Iterator[str]:
    """Yield each answer by its number, with the figures that it leads to: a line for each."""
    figures = consequences(question, home, language).rows
    for number, choice in enumerate(question.choices, 1):
        words = f"{number}) {choice.words.in_language(language)}"
        yield "  ".join((words, *(f"{title}: {own[number - 1]}" for title, own in figures)))


def _column_rows(proposal: Proposal, language: Language) -> Iterator[tuple[str, ...]]:
    fed = {(feed.table.file, feed.table.sheet): feed for feed in proposal.exported}
    for table in proposal.tables:
        feed = fed.get((table.file, table.sheet))
        taken = {} if feed is None else {m.column.place: m.name for m in feed.matches}
        for column in table.columns:
            yield (
                table.label,
                column.header,
                evidence(column, language, private=is_private(feed, column)),
                _NONE if feed is None else feed.source.id,
                taken.get(column.place, _NONE),
            )


def read_mapping(file: Path) -> Filled:
    """Return what people wrote into the workbook of a proposal.

    Raises `InputError` for a file that is none.
    """
    content = read_all(open_content(file, str(file)))
    if kind_of(content, str(file)) != "workbook":
        raise _no_mapping(file)
    package = read_package(content, str(file))
    sheets = [read_cells(package, part) for part in package.sheets]
    if len(sheets) < 2:
        raise _no_mapping(file)
    questions, listed = (
        [
            [text_of(sheet.row(row).get(column)).strip() for column in range(1, 6)]
            for row in range(2, sheet.last_row() + 1)
        ]
        for sheet in sheets[:2]
    )
    return Filled(
        {row[4]: fold(row[3]) for row in questions if row[4]},
        {(row[0], row[1]): row[4] for row in listed if row[0]},
    )


def with_filled(proposal: Proposal, filled: Filled, home: Path) -> Proposal:
    """Return what is proposed once a workbook's corrections and answers are taken over.

    What is blank there stays open.

    Raises `InputError` for a column that the source does not have, and for an answer that is no
    number of one, naming the question.
    """
    for feed in proposal.exported:
        for column in feed.table.columns:
            wanted = filled.columns.get((feed.table.label, column.header))
            match = next((m for m in feed.matches if m.column.place == column.place), None)
            now = _NONE if match is None else match.name
            if wanted is None or wanted == now:
                continue
            if wanted not in (*feed.source.columns, _NONE):
                raise _no_column(feed.table, column.header, wanted, list(feed.source.columns))
            name = now if wanted == _NONE else wanted
            proposal = with_column(proposal, feed, name, None if wanted == _NONE else column)

    def answer(question: Question) -> Choice | None:
        given = filled.answers.get(question.id)
        if not given:
            return None
        if not given.isdecimal() or not 1 <= int(given) <= len(question.choices):
            raise _no_answer(question, given)
        return question.choices[int(given) - 1]

    return answered(proposal, answer, partial(weighed, home=home))[0]


def _no_mapping(file: Path) -> InputError:
    return InputError(
        Text(f"{file} は質問のブックではありません", f"{file} is no workbook of questions"),
        Text(
            "kpicli init FOLDER -o mapping.xlsx で作ってください",
            "make it with kpicli init FOLDER -o mapping.xlsx",
        ),
    )


def _no_column(table: Table, header: str, wanted: str, known: Sequence[str]) -> InputError:
    return InputError(
        Text(
            f"{table.label}: 「{header}」の列の名前「{wanted}」はありません",
            f"{table.label}: there is no column {wanted!r}, as written for {header!r}",
        ),
        Text(f"使えるもの: {', '.join(known)}, -", f"there are: {', '.join(known)}, -"),
    )


def _no_answer(question: Question, given: str) -> InputError:
    return InputError(
        Text(
            f"「{question.words.ja}」の答え「{given}」は番号ではありません",
            f"{question.words.en} The answer {given!r} is no number of one",
        ),
        Text(
            f"1 から {len(question.choices)} の番号を書いてください",
            f"write a number from 1 to {len(question.choices)}",
        ),
    )
