"""The plain frozen values that a run takes and returns: periods, figures, accounting.

word, fiscal year -> periods  -> Period
rows that count   -> measured -> Measured: a number, its numerator and denominator
Period, Measured  -> figures  -> Value, Figure, row accounting -> Summary
what a target asks for -> bounds -> its words

Whatever is shown, frozen, kept or mailed is made of these, and needs nothing else to be read.
"""
