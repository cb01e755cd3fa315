"""The rows of a frozen record, as columns.

digests    digests of one size beside each other, and which of them are the same
columns    the rows of a source, and those that a KPI counts <-> lists of JSON
"""
