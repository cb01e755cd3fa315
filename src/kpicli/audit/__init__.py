"""The arithmetic of a published table: what its labels promise, held against its cells.

    files/     csv, xlsx … → tables of texts
    layout/    table → blocks of rows and columns, with what their labels say
    readings/  labels → all the ways to read each total, difference, rate and mean
    judging/   readings and cells → the reading that the table bears out → relations
    relations that fail → cells of which some are wrong → corrections of one cell

A relation is called wrong only where labels or the rest of the table leave no other reading. What
no reading fits is left alone, and so is what no label and no numbers speak of.
"""
