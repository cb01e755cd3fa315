"""What the labels of a table promise: the ways to read each line that others make.

lines -> entries: which belong together -> claims, each with its readings, the likeliest first
                   |- totals (bounds: where their parts begin and end), parents, periods
                   |- differences, and growth between the same two
                   |- rates: shares, rates of two counts, means over a count
                   `- means of a list, steps from number to number
"""
