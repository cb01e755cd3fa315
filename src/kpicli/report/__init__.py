"""The half-year report: the words of a narrative beside the figures of one run, by principle."""
