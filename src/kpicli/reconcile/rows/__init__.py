"""The rows of a period as they are now, in digests and as columns, as a record writes them down.

dataset     -> source_trace   all rows of a source: digests of keys and of cells
calculation -> row_trace      the rows behind a KPI's figures: what they show, and whose they are
"""
