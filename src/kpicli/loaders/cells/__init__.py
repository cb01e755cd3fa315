"""Cells: raw tables, headers, and typed columns of distinct values.

header row -> headers -> which column is which -> column_positions: one place of each, or advice
raw_table: RawBlock -> columns: each distinct cell once, by its reader of readers -> column_codes
    |                                          |
row_bytes: ids as they stand -> keys -> pieces: Piece (columns, a key per row)
    |                                      |
row_kinds: which rows are no data       parts: FilePart, all pieces of a file; serials: which of
                                        its five digits are dates, else it is read once more
day_counts: the dates of a file, of which its body counts; coverage: the days held in full
"""
