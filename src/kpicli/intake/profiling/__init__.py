"""What an unknown file holds, whatever it is for.

file -> loaders: encoding, records or sheets -> tables: header row -> columns: kinds, with evidence
                                                  `- writers: the program that wrote it
words: what headers are made of
"""
