"""Shapes: rows of tables in which a line of the file is not a row.

export file -> lines: the file as it stands, each unpivoted column a column of its own
                 |
    reshape: which lines are no data (cells.row_kinds) -> fill: blank cells take the value above
                 |                                                |
                 `-> a row per line and filled cell <-------------'   -> HeldTable, as of any file

ShapedRows leads back from a row to the line, and from a cell to the header or line it comes from.
"""
