"""Summaries of earlier runs: a question asked again over the same files is not counted again.

Nothing here loads what reads or counts files, and nothing here ever fails a run.
"""
