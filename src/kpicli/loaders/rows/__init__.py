"""The rows of all files of a source: joined, de-duplicated, handed on with their faults.

FileParts -> joining -> Joined
               |- shared_keys  which rows share a key number
               |- same_key     which of them are the same to the letter
               |- resolution   which one counts, and which rows are kept
               `- restarts     where numbers begin again, and none does
             deduplicate -> a state for every row
               |            row_faults, misdated, slipped, spelled_ids, damaged_lines -> Faults
               |
             dataset: Dataset, whose coded_columns are joined when they are asked for
                      |- row_days: days, held as the codes of a column
                      |- derived: with the columns that are made of others
                      `- look_ups: with those that another source has
"""
