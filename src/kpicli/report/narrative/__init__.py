"""The words of a report: read, their placeholders filled with figures, made safe for outputs.

file -> parse -> Narrative of model -> placeholders -> passages -> html, safe_markdown
                    |                     |
                    `-> lint              `- nodes <- figure_values <- Summary
"""
