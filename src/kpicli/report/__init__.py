"""The half-year report: the words of a narrative beside the figures of one run, by principle.

narrative/ + Summary -> build -> Report of model -> outline -> page (HTML) or markdown
                                   |                  |
                                   |                  `- appendix, charts/, labels
                                   `-> workbook/ (xlsx)
values of narrative/ + an office's own form -> office/ -> that form with figures in it
placing: where figures stand   editions: what the public edition leaves out
principles: which of them are answered, and where
frame: who publishes it, its logo and template   formats: which of the three is asked for
"""
