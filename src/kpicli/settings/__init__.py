"""kpicli.toml: finding it, its contents, and the request of a run.

folder -> locate -> path -> toml_files -> settings -> Settings, with the Catalog
include -> included -> its tables in further files
words of a command line, values of Python -> arguments, several_periods -> request -> Request
names of sources -> exported -> those that the settings export, or a refusal
KPIs of a catalogue -> shown -> those that are shown, in their order
[calendar] -> holidays -> the days on which the office is closed

A Request is the one typed question that command line, Python, cache, report and mail ask.
"""
