"""The answer of `summarize`: a Summary as records, as a document and as an object.

Summary -> answer.py: page/tidy.py (records) | page/page.py (document) | content.py (json)
Summary -> front.py: the sheet that people read | table.py: the table for pivots, with
           names.py of cells | wide_sheets.py: groups or periods as columns |
           sheets.py: row accounting -> a workbook
Summary -> cross.py: groups side by side, for pages, terminals and a sheet
           wide.py: groups or periods side by side as records, for csv and frames
Summary -> notebook.py: a table that a notebook shows; the accounting as records
Summary -> verdict.py: one line on targets and doubts
"""
