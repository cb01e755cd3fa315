"""What an unknown file holds, whatever it is for.

file -> grids: encoding, records or sheets -> tables -> columns: kinds, with evidence <- dates
         |- header_row: what names the      |          `- disclosure: which values may be shown
         |  columns, and is no row of data  |- records: lines that continue records
         `- groups: names that stand once   |- day_order: which dates are never after others
            for several rows                |- months: numbers by month
                                            |   `- month_headers: which months
                                            `- writers: the program that wrote it
words: what headers are made of; phrases: how a table and its columns are told to people
"""
