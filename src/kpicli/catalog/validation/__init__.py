"""What is wrong with declared data, in words of our own.

ValidationError, the data as written -> problems -> Problem: key path as written, and the cause
                                          |
                                        words: a sentence in both languages for each type of error
Catalog -> parts, targets -> Problem: what KPIs are split by, and what they are held to
"""
