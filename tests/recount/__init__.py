"""An independent recount of every figure from the raw sample files: the other road to each number.

Standard library alone, nothing of the package: written from the domain's rules, so that the two can
only agree by both being right. `recount.figures.Recount` counts any period.
"""
