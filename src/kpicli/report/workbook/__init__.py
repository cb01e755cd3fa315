"""The report as an Excel workbook.

Report -> workbook -> report_sheet    <- figure_rows, prose
                      kpi_sheet       <- kpi_rows <- kpi_table; sheet_charts
                      appendix_sheets
All write through a canvas: values, formulas with their results, links, heights of rows.
figures -> cell_numbers -> what is stored and how it is shown; titles -> sheet_names, each once
"""
