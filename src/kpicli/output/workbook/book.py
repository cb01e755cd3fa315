"""The workbook of an answer: its front, its records as a table, and its further sheets."""

from openpyxl import Workbook

from kpicli.output.data.front import Front
from kpicli.output.data.spreadsheet import NO_DAY, saved, stamp, write_sheet
from kpicli.output.interface import Answer, Options
from kpicli.output.page.words import DATA_SHEET
from kpicli.output.workbook.canvas import Canvas
from kpicli.output.workbook.data_sheet import write_data
from kpicli.output.workbook.front_sheet import write_front
from kpicli.output.workbook.printing import print_on_a4


def workbook_of(answer: Answer, options: Options) -> bytes:
    """Return a workbook: what people read where the answer has it, the table, further sheets.

    Equal answers give equal bytes. Raises `OutputError` for more rows than a sheet can hold.
    """
    book, language = Workbook(), options.language
    book.remove(book.worksheets[0])
    title = answer.title.in_language(language)
    owner = ""
    if answer.front is not None:
        front = answer.front(options)
        owner = front.owner
        write_front(Canvas(book.create_sheet(front.sheet), language), front)
        title = DATA_SHEET.in_language(language)
    records = (answer.table or answer.records)(options)
    data = book.create_sheet(title)
    write_data(data, records, language)
    print_on_a4(data, answer.title.in_language(language), owner, 1, one_page=False)
    for content in answer.sheets(options):
        if isinstance(content, Front):
            write_front(Canvas(book.create_sheet(content.sheet), language), content)
            continue
        sheet = book.create_sheet(content.title)
        write_sheet(sheet, content)
        print_on_a4(sheet, answer.title.in_language(language), owner, None, one_page=False)
    stamp(book, answer.day or NO_DAY, owner=owner)
    return saved(book)
