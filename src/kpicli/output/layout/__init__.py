"""A document laid out: in lines of text, in columns for a terminal, as Markdown, as a page.

Document (page/document.py: opening, figures, tables, notes, outlines)
    -> text_lines | table_lines | markdown_lines | html_page
"""
