"""csv: the records with a header, for spreadsheets and programs."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> str:
    """Return the records as CSV."""
    from kpicli.output.data.delimited import delimited

    return delimited(answer.records(options), ",")


FORMAT = Format("csv", "text/csv", render, (".csv",), byte_order_mark=True)
