"""Summaries of earlier runs: a request asked again over the same files is not counted again.

request -> summaries -> key -> entries -> kept bytes -> codec -> Summary
              |
           inputs           are the files still those that were read?
Summary -> last_figures     are they those that were written last? (`--only-if changed`)

Nothing here loads what reads or counts files, and nothing here ever fails a run.
"""
