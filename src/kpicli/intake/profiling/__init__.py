"""What an unknown file holds, whatever it is for.

file -> grids: encoding, records or sheets, header row -> tables -> columns: kinds, with evidence
         `- groups: names that stand once                  |- records: lines that continue records
                    for several rows                      |- months: numbers by month
                                                          |   `- month_headers: which months
                                                          `- writers: the program that wrote it
words: what headers are made of; phrases: how a table and its columns are told to people
"""
