"""From a folder of unknown exports to settings that run.

folders -> understanding: every file found
             |- profiling/   its tables: layout, and what every column holds, by its cells
             |- matching/    which source a table feeds, and which column is which
             |- exports/     tables that stand in one entry, and the months that it covers
             `- trial        whether the loaders make its rows, where a line is none
former, profiles: what earlier settings say of such exports, and what has drifted
           proposal: exports, packs, KPIs
             |- asking/      what only people can know, and what each answer changes
             |- guesses      what nobody has answered, and what is taken for it
             |- unused       the files that feed nothing, each with the reason
             |- showing      lines that people read
             |- writing      a commented kpicli.toml
             |- offering     the figures that it gives now, by the pipeline of every run
             |- mapping_book the questions as a workbook, and back
             `- adding       further exports at the end of settings that are there
a file alone -> checking/    what it holds and what is wrong with it, without any settings
"""
