"""TOML files of the user's own: their tables, and where in them something is wrong.

bytes -> reading -> tables, or what cannot be read
                      |
                    slips: the usual slips of TOML, of which corrected_lines are tried
tables -> problems of their contents (InvalidSettings) -> corrections: lines, corrected ones tried
                      |                                        |
                    positions: where each key and value stands -+
"""
