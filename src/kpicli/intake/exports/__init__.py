"""Entries of `[exports]`, made of the tables that feed sources.

tables of a source   -> entry    -> Entry: those that one entry can name, and under which headers
their dates, by rows -> coverage -> the months that an entry seems to hold in full
values of KPIs       -> held     -> those that no row has: 0, or not in these exports
tables of no source  -> own_source -> settings that count their rows all the same
"""
