"""The half-year report: the words of a narrative beside the figures of one run, by principle.

narrative/ + Summary -> build -> Report -> outline -> page (HTML) or markdown
                                   |          |
                                   |          `- appendix, charts/
                                   `-> workbook/ (xlsx)
"""
