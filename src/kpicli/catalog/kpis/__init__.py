"""The declaration of KPIs, as data: what they count, and how they are split and shown.

date, top, rows of another source -> rows  -> Datings, Top, OtherRows
parts, of parts, by filters       -> parts -> Parts
these, source, filters, targets   -> kpi   -> Kpi: the interface of kinds in measures/
title, unit, scale, targets       -> kpi   -> Shown; EnteredKpi, which no export holds
"""
