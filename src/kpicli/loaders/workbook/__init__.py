"""Workbooks: their parts, sheets, cells and header rows.

bytes -> container (what it really is) -> zip -> manifest -> parts
                                                               |  xml_bounds: how much at most
         read_workbook: which sheet? <- header_rows <- sheet_cells <- sheet/
               |                                                    <- number_formats, shared_texts
         sheet_table -> one RawBlock
"""
