"""markdown: the document as headings, lists and pipe tables (GitHub's Markdown)."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> str:
    """Return the document as Markdown; text from files is shown to the letter, never as markup."""
    from kpicli.output.layout.markdown_lines import markdown_lines

    language, document = options.language, answer.document(options)
    lines = markdown_lines(document, answer.title.in_language(language), language)
    return "".join(f"{line}\n" for line in lines)


FORMAT = Format("markdown", "text/markdown", render, (".md",), holds_remarks=True)
