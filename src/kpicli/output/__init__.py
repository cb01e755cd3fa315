"""How answers are written: every answer in every format, by one kit.

Summary, inspection, evidence, ... -> Answer of interface: records | document | content
Answer -> formats/   a file each, which asks for one of the three
            |- data/     records and objects: csv, json, parquet
            |- layout/   documents: lines, columns, Markdown, a page
            `- workbook/ a sheet to read, a table for pivots, further sheets: xlsx
text or bytes -> cli/ and mail/, which put them where they belong

`page/` makes what documents hold: phrases, tables, widths, safe text. `sentences` says numbers,
changes and days in words. `summary/` is the answer of `summarize`, `catalogue/` those of `kpis` and
`sources`; the other answers stand beside what makes them.
"""
