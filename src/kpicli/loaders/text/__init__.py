"""Text files: encoding, layout, spans, and the fast and the exact reader.

Content -> encoding -> layout -> delimited -> OpenText, or the whole file by exact_reader
   |          |           |- row_width: rows of another width than the header
   |          |           `- structure_errors: the line where quoting breaks
   |          `- transcoding, cp932; encoding_errors: the first bad byte
   v
 spans (by outlines) -> text_block: each in UTF-8 or cp932; structure (our pass) and pyarrow must
                        agree -> RawBlock, record_index
                                                                        |
                                                                    text_table -> its rows

Where a span is not simple, the exact reader takes the file, and says what is wrong with it.
"""
