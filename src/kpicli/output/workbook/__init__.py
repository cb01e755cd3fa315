"""Workbooks that an office opens: a sheet to read, a table to calculate with, further sheets.

answer -> book: Front -> front_sheet       what people read, on A4 landscape
                Records -> data_sheet      an Excel table with heads of `heads`, for pivots
                Sheet                      as it is, below each other
Sheets are drawn on a canvas: values with their looks, formulas with results, heights of rows.
figures -> cell_numbers -> what is stored and how it is shown   printing: A4, heads, page numbers
"""
