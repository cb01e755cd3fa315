"""tsv: the records separated by tabs, by the same rules as csv."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> str:
    """Return the records as TSV."""
    from kpicli.output.data.delimited import delimited

    return delimited(answer.records(options), "\t")


FORMAT = Format("tsv", "text/tab-separated-values", render, (".tsv",), byte_order_mark=True)
