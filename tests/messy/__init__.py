"""Random messy exports of all sources: the same seed gives the same bytes."""
