"""The cells of one sheet, in bulk where it is large and its XML plain, else one by one.

read_cells -> read_in_bulk -> stored_parts: distinct cells, made on demand
    |              |               |
    |              |  around rows  |  odd cells
    v              v               v
    each_cell: the meaning of a stored cell <- xml_rows <- bytes
"""
