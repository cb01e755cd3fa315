"""json: the whole answer as one object, for programs and for reconciliation."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> str:
    r"""Return the answer as JSON, keys in a fixed order, two spaces deep, ending with a newline.

    Counts are integers; percentages, means and sums are decimal strings; what is not there is
    null. Japanese stands as it is, while characters that control a terminal or hide are `\u`
    escapes, so that the text reads back unchanged.
    """
    from kpicli.output.data.json_parts import dumped

    return dumped({"schema_version": answer.schema_version, **answer.content(options)})


FORMAT = Format("json", "application/json", render, (".json",), holds_remarks=True)
