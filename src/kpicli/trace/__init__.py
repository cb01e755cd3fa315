"""The way back from a figure to its rows, and how it came about.

rows_request -> evidence, or composed_evidence of components -> figure_rows
             -> recount: counted again, or an error -> rows_answer
KPI, period -> explanation: definition, files, both sums of the accounting -> explanation_answer
"""
