"""The plain frozen values that a run takes and returns: periods, figures, accounting.

word, fiscal year       -> periods    -> Period
rows that count         -> measured   -> Measured: a number, its numerator and denominator
Measured, doubtful rows -> value      -> Value: with its status and origin, and what it changed by
what a target asks for  -> bounds     -> its words; a Value beside it -> judgements: how it stands
Value, Period, targets  -> figures    -> Figure
where every row went    -> accounting -> that of a source, that of a KPI
figures, accounting     -> summary    -> Summary

Whatever is shown, frozen, kept or mailed is made of these, and needs nothing else to be read.
"""
