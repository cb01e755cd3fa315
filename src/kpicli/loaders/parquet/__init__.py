"""Parquet: typed columns, handed on as those of a text file or a sheet.

content -> opened: the footer, or what is wrong with the file
              |
parquet_table: row groups, batch by batch -> typed_cells: distinct values as cells -> RawBlock
"""
