"""xlsx: what people read, a table with real numbers and dates, and the answer's further sheets."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> bytes:
    """Return a workbook of the records and the answer's sheets.

    A string stays a string even if it begins with `=`. Equal answers give equal bytes; the
    workbook's own dates are the answer's day.
    """
    from kpicli.output.workbook.book import workbook_of

    return workbook_of(answer, options)


FORMAT = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    render,
    (".xlsx",),
    binary=True,
)
