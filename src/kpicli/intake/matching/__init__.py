"""Which source a table feeds, and which of its columns is which.

packs -> known -> the sources that exports can be, and the words of their code tables
column x declared column -> fit: by header, by cells -> assign: each column once -> sources: a Feed
                             ticks: boxes that are one code column together -----------^
                     base_date: which of several dates counts -----------------^
feed: Match and Feed, their columns, how sure these are, what else they may be
doubles: tables of two systems that hold the same cases
months: numbers by month, which no source is made for -> a source of their own -> a Feed
"""
