"""Which reading of a table its numbers bear out, and which numbers no such reading leaves room for.

claims → readings put to the cells (side) → weighed by where they hold → relations, right and wrong
"""
