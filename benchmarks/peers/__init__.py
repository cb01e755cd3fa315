"""The scripts that somebody who knows the tool would write for the same count.

Each takes the encoding and the files (those of workbooks the files alone), and prints a JSON list
of [line, category, count] for the half from 2025-04-01 to 2025-09-30, each number counted once, as
the last file has it. Files overlap, and dates of text files are written in many ways, as kpicli
reads them from such exports.

`width_duckdb` and `width_pandas` count all KPIs of all packs; what both know of the exports is in
`width_data`. They take a folder, and print a list of [kpi, span, item, number or two numbers].
"""
