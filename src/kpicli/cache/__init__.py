"""Summaries of earlier runs: a question asked again over the same files is not counted again.

question -> answers -> key -> entries -> kept bytes -> codec -> Summary
               |
            inputs       are the files still those that were read?
Summary -> last_shown    is it what was shown last? (`--only-if changed`)

Nothing here loads what reads or counts files, and nothing here ever fails a run.
"""
