"""The report as an Excel workbook.

Report -> workbook -> report_sheet    <- figure_rows, prose
                      kpi_sheet       <- kpi_rows <- kpi_table; sheet_charts
                      appendix_sheets
All write through the canvas of output/workbook.   titles -> sheet_names, each once
"""
