"""What the catalogue and the settings declare, listed.

Settings -> kpis    -> the KPIs in their order, with what keeps others from being shown
         -> sources -> the sources, their columns, the values of codes, the files
"""
