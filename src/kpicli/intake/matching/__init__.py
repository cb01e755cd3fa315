"""Which source a table feeds, and which of its columns is which.

column x declared column -> fit: by header, by cells -> assign: each column once -> sources: a Feed
                             ticks: boxes that are one code column together -----------^
"""
