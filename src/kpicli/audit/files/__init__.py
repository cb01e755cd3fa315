"""Tables out of files, whatever they are.

file -> read_tables: told by its bytes -> csv, tsv, parquet: one table
                                       |- xlsx: sheets, a table each
                                       |- html_tables      -> grid: cells that cover others
                                       `- markdown_tables  -> grid
"""
