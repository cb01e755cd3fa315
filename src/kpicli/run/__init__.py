"""The run: from a request and the rows of the exports to a Summary.

Request, Dataset ──> Run ──> KpiRun of kpi_run, one for each KPI, asked by every step for figures
                       ComposedRun of composed, one for each that is made of others
count    counting      a calculation, split by parts, rules, months, groups     -> Figure
enter    entered       what was entered by hand where the exports have no data
compare  comparisons   the same figures of other periods, frozen, counted or entered
judge    targets       how the KPI's targets stand, those of every member of a register by members
share    shares        what percentage of the total a part is
trend    trend         the same figures in several periods, frozen, counted or entered
remark   remarks       what a reader must know besides the numbers              -> KpiHead
         composed_remarks     which component keeps a figure from being final
         warnings      those of them that every reader must see
joint    joint_targets how targets stand that any of several KPIs reaches
summary  all KPIs, with the accounting of every row                             -> Summary

A step takes the KpiRun, or ComposedRun, and the figures as they have become so far, and returns
them with what it adds; none calls another.
"""
