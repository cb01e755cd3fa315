"""A file as it stands, without settings: what it holds, and what is wrong with it.

file -> profiling: grids -> tables -> check: each grid, its faults in order -> answer
                     |                  |- rows: the header, the width and the kinds of rows
                     |                  |- cells: of each column, read as what it holds
                     `------------------`- ids: that repeat, or are spelled otherwise
"""
