"""The words of a report: read, their placeholders filled with figures, made safe for outputs.

files -> parse -> Narrative of model -> placeholders -> passages -> html, safe_markdown
                    |                     |
                    |- headings           `- nodes <- figure_values <- Summary
                    `-> lint
an earlier narrative, or the catalogue -> draft -> a file to begin with
"""
