"""Entries of `[exports]`, made of the tables that feed sources.

tables of a source   -> entry    -> Entry: those that one entry can name, and under which headers
their dates, by rows -> coverage -> the months that an entry seems to hold in full
tables of no source  -> own_source -> settings that count their rows all the same
"""
