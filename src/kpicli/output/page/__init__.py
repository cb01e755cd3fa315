"""What people read, in raw strings and for no format yet: documents, tables, phrases, safe text.

Summary -> blocks -> page -> Document of document
             |- phrases, words    figures in words; legend: what the states mean, and their tone
             |- trend             a column a period, marked by where its values come from
             |- tidy              a figure a row, for records
             `- grid_tables, row_tables
strings -> grid, folding -> lines within the width of a terminal
strings -> safety -> harmless; templating -> escaped in a page
"""
