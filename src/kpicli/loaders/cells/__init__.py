"""Cells: raw tables, headers, and typed columns of distinct values.

header row -> headers -> which column is which
raw_table: RawBlock -> columns: each distinct cell once, by its reader of readers -> codes
    |                                          |
row_bytes: ids as they stand -> keys -> pieces: Piece (columns, a key per row, no data)
                                           |
                                        parts: FilePart, all pieces of a file
coverage: the days that exports hold in full
"""
