"""The way back from a figure to its rows, and how it came about.

rows_request -> evidence, or composed_evidence of components -> figure_rows
             -> recount: counted again, or an error -> rows_answer
KPI, period -> accounted_rows: every row, with what accounted_amounts says that it adds, as
               accounted_columns -> accounted_answer
KPI, period -> explanation: definition, files, both sums of the accounting -> explanation_answer,
               with the rows as explanation_steps
"""
