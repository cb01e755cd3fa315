"""What the labels of a table promise: the ways to read each total, difference, rate and mean.

lines of one side → entries that belong together → claims, each with all its readings
"""
