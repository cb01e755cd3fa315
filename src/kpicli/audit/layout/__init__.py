"""Where the tables of a sheet stand, and what their labels say.

pieces of a sheet → blocks of rows and columns, each with labels, depth, unit → meanings of labels
"""
