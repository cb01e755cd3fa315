"""The way back from a figure to its rows, and how it came about.

RowsRequest -> evidence -> rows -> recount: counted again, or an error -> rows_answer
KPI, period -> explanation: definition, files, both sums of the accounting -> explanation_answer
"""
