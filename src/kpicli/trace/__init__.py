"""The way back from a figure to its rows, and how it came about."""
