"""markdown: the document as headings, lists and pipe tables (GitHub's Markdown)."""

from kpicli.output.interface import Answer, Format, Options


def render(answer: Answer, options: Options) -> str:
    """Return the document as Markdown; text from files is shown to the letter, never as markup."""
    from kpicli.output.layout.markdown_lines import markdown_lines

    title = answer.title.in_language(options.language)
    return "".join(f"{line}\n" for line in markdown_lines(answer.document(options), title))


FORMAT = Format("markdown", "text/markdown", render, (".md",), holds_remarks=True)
