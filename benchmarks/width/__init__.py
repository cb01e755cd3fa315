"""Exports of every source of every built-in pack, and what all KPIs of them answer.

`columns` draws and spells cells of one kind, `tables` says which columns each source has, `write`
makes the files, and `answers` compares what the programs say of them, value by value.
"""
