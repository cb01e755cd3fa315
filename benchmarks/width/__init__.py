"""Exports of every source of every built-in pack, and what all KPIs of them answer.

`columns` draws and spells cells of one kind, `tables` says which columns each source has, and `write`
makes the files. `answers` compares what the programs say of them, value by value.
"""
