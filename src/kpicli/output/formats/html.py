"""html: the document as one self-contained page, without script and without any request."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> str:
    """Return the document as an HTML page, a heading and a table for each of its sections."""
    from kpicli.output.layout.html_page import html_page

    language = options.language
    return html_page(answer.document(options), answer.title.in_language(language), language)


FORMAT = Format("html", "text/html", render, (".html", ".htm"), holds_remarks=True)
