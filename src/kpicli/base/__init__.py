"""The ground that every part stands on: errors, faults, wording, files, the clock.

wording      Text(ja, en), the only shape of words for people; a name that does not exist -> the
             nearest that do
problems     Problem: what is wrong with a key of declared data, and what was meant
   |
errors       KpicliError: message and hint, the exit codes
faults       FaultKind, Fault, Place: what is wrong in a row or a file; texts in faults.json
   |
folders      the user's own folders -> a path, or the words why there is none
storage      path and bytes -> a whole file, or an error in words; windows_names refuses those
             that no file can have on Windows
clock        time zone -> the current day
toml_values  texts -> values of TOML

Nothing here knows what kpicli counts.
"""
