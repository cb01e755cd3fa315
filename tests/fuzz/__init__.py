"""Fuzzing of the readers: mutated exports in, never a traceback out, every row accounted for."""
