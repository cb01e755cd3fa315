"""The kinds of faults, each a function that damages a draft and says what it leaves open.

planting  which things to hit, and the worlds that remain
of_cells  errors, dates that are none, slipped years, values that nobody lists
of_files  what exports have in common, lack, or say of themselves
"""
