"""What is made of rows that were read: columns of columns, of other sources, rows of rows.

datasets as read -> gathering (a source `of` another) -> derived (columns made of others)
                                                           `-> look_ups, gathering: their cells
"""
