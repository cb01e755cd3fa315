"""kpicli.toml: finding it, its contents, and the request of a run.

folder -> locate -> path -> toml/ -> settings -> Settings, with the Catalog
                                        |-> problems: what the catalogue does not have
[exports], [report] -> tables/ -> their models, and how rows are made where a line is none
tables of the catalogue -> former_words -> what to write in place of words that are no more
models of the settings -> schema/ -> JSON Schema, for editors
include -> included -> its tables in further files
words of a command line, values of Python -> arguments, several_periods -> request -> Request
Request -> requested -> the KPIs that it asks for; a refusal of what there is not, or is personal
guesses -> guesses -> what nobody has confirmed, with its lines, and the KPIs that rest on it
names of sources -> exported -> those that the settings export, or a refusal
KPIs of a catalogue -> shown -> those that are shown, in their order
[calendar] -> holidays -> the days on which the office is closed

A Request is the one typed question that command line, Python, cache, report and mail ask.
"""
