"""Shapes: rows of tables in which a line of the file is not a row, or a cell not a date.

export file -> lines: the file as it stands, each unpivoted column a column of its own
                 |
    known_lines: which lines are data -> fill: blank cells take the value above, of groups
                 |                   `-> records: or that of the first line of a record
                 v
    reshape: a row per line and filled cell -> HeldTable, as of any file

apart: blocks of a file whose dates stand in columns apart -> blocks with each date as one column

given: any table -> with the columns that its entry says are the same in all rows, or blank

ShapedRows of shaped_rows leads back from a row to the line, and from a cell to the header or line
that it comes from.
over_table: what tables of columns apart and of given ones take over from the one below
"""
