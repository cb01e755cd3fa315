"""The words of a report: read, their placeholders filled with figures, and set as HTML.

file -> parse -> Narrative -> placeholders -> Markdown text -> html
|             |
lint      nodes <- figure_values <- Summary
"""
