"""Where the tables of a sheet stand, and what their labels say.

table -> pieces: rows and columns that may be tables -> headers -> blocks -> lines: Block, Line
                 |- depths    what stands below what        labels, period_labels  what a label
                 |- units     千円, %, and rounding         of a line says
                 `- context   captions and notes
"""
