"""The answer of `summarize`: a Summary as records, as a document and as an object.

Summary -> answer.py: page/tidy.py (records) | page/page.py (document) | content.py (json)
           sheets.py: the row accounting, beside the records in a workbook
Summary -> notebook.py: a table that a notebook shows; the accounting as records
Summary -> verdict.py: one line on targets and doubts
"""
