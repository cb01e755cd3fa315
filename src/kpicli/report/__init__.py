"""The half-year report: the words of a narrative beside the figures of one run, by principle.

narrative/  + Summary  -> build -> Report -> outline -> page (HTML), markdown
|         |
|      appendix, charts/
+-> workbook/ (xlsx)
"""
