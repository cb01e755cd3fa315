"""Random projects whose figures are known before kpicli reads them.

catalogue    sources and what a KPI may say, as Python values; settings_toml writes them
random_kpis  KPIs drawn word by word
records      what happened: the true rows of every source
draft        a project to be written: things, the worlds in which each may stand, lines of exports
exports      shares the things out to exports that overlap
faults       the kinds of faults, and which worlds each leaves open
spelling     cells as people and systems write them
writing      the files, messy, in all encodings and as workbooks
spans        periods, their months and halves
outcomes     what becomes of one row under a KPI
truth        the figures of a world by plain Python, and which of them no world changes
judge        compares a Summary with the truth
generate     a project for a seed

Nothing here but `judge` knows kpicli: the truth is counted by another road.
"""
