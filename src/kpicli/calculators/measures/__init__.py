"""The calculations of the kinds of measure: a file for each kind in `catalog.measures`.

Kpi, datasets, Scope -> <kind>: selection, and how any rows of it are measured -> Calculation

A kind is found by its name; there is no list of them.
"""
